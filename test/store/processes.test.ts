import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";

const compiled = fileURLToPath(new URL("../../dist/src/store/sqlite.js", import.meta.url));
/** Says that it is loaded, opens the database when it is told to, and takes a turn. */
const PROGRAM = `
import { openSqliteStore } from ${JSON.stringify(compiled)};
process.send("ready");
process.once("message", async (file) => {
  const store = await openSqliteStore(file, () => new Date());
  const now = new Date();
  const after = (ms) => new Date(now.getTime() + ms);
  const turn = { key: "arxiv", holder: String(process.pid), now, until: after(60000), ahead: after(60000) };
  const free = await store.turns.take(turn);
  await store.close();
  process.send(free === undefined ? "mine" : "another's");
  process.disconnect();
});`;

describe("processes that start at once on a database that does not exist yet", () => {
  it("all open it, and one of them has the turn", async () => {
    const folder = await temporaryFolder();
    const program = path.join(folder, "open.mjs");
    await writeFile(program, PROGRAM);
    const children = Array.from({ length: 6 }, () =>
      fork(program, { stdio: ["ignore", "ignore", "ignore", "ipc"] }),
    );
    await Promise.all(children.map((child) => once(child, "message")));
    const answers = children.map(async (child) => {
      const answer = Promise.race([once(child, "message"), once(child, "exit")]);
      child.send(path.join(folder, "paperboy.sqlite"));
      return (await answer)[0] as unknown;
    });
    const got = await Promise.all(answers);
    expect(got).toHaveLength(6);
    expect(got.filter((one) => one === "mine")).toHaveLength(1);
    expect(got.filter((one) => one === "another's")).toHaveLength(5);
  });
});
