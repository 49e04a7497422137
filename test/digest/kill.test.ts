import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { devNull, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createBook } from "../../src/digest/book.ts";
import { openDiscord } from "../discord/app.ts";
import type { FakeDiscord } from "../fakes/discord/index.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openTestStore } from "../support/test-store.ts";
import { planOf } from "./papers.ts";

const program = fileURLToPath(new URL("../../dist/adapters/cli/main.js", import.meta.url));
const HOUR = 3_600_000;

/** The program, asked to send what is due and end. */
function send(discord: FakeDiscord, state: string): ChildProcess {
  const env = {
    PATH: process.env["PATH"],
    PAPERBOY_ENV_FILE: devNull,
    PAPERBOY_LOG_FORMAT: "text",
    PAPERBOY_STATE: state,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
  };
  return spawn(process.execPath, [program, "digest", "--now"], { env, cwd: tmpdir(), stdio: "ignore" });
}

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
};

describe("two processes on one database", () => {
  it("bring every digest once, however often both are killed", async () => {
    const discord = await openDiscord();
    const state = await temporaryFolder();
    const store = await openTestStore(path.join(state, "paperboy.sqlite"));
    const book = createBook(store, () => new Date());
    const channels = Array.from({ length: 4 }, (_, i) => discord.channel(`papers-${i}`));
    const due = new Date(Date.now() - HOUR);
    const time = { hour: due.getUTCHours(), minute: due.getUTCMinutes() };
    const createdAt = new Date(Date.now() - 3 * HOUR);
    for (const [i, channel] of channels.entries()) {
      await book.put({
        id: `s${i}`,
        place: { platform: "discord", server: discord.home.id, channel: channel.id },
        createdBy: "1",
        createdAt,
        scheduledSince: createdAt,
        plan: planOf({ zone: "UTC", time, runnersUp: i % 2, delivery: "channel" }),
        state: { kind: "active" },
      });
    }
    const posted = (): number => channels.reduce((sum, one) => sum + discord.messages(one).length, 0);
    /** As if so long had gone by that whoever had claimed a digest counts as gone. */
    const letTimePass = async (): Promise<void> => {
      for (const row of await book.openRows()) {
        if (row.state.kind === "claimed")
          await book.write({ ...row, state: { kind: "claimed", until: new Date(Date.now() - 1) } });
      }
    };
    for (let round = 0; round < channels.length; round++) {
      const before = posted();
      const children = [send(discord, state), send(discord, state)];
      const over = Promise.all(children.map(ended));
      for (;;) {
        const done = await Promise.race([over.then(() => true), sleep(1, false)]);
        if (done || posted() > before) break;
      }
      for (const child of children) child.kill("SIGKILL");
      await over;
      await letTimePass();
    }
    const last = [send(discord, state), send(discord, state)];
    await Promise.all(last.map(ended));
    expect(channels.map((one) => discord.messages(one).length)).toEqual([1, 1, 1, 1]);
    expect((await book.openRows()).map(({ state: { kind } }) => kind)).toEqual([]);
  }, 120_000);
});
