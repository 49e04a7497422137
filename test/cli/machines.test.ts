import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openDiscord } from "../discord/app.ts";
import { idOf, need } from "../discord/shown.ts";
import { shownText } from "../fakes/discord/index.ts";
import { createTestClock } from "../fakes/sources/clock.ts";
import { chosen } from "../support/long-tests.ts";
import { NEEDS_POSTGRES, newDatabase, POSTGRES } from "../support/postgres.ts";
import type { SimulatedProgram } from "../support/simulated-program.ts";
import { startSimulated } from "../support/simulated-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const ALL_DAYS = ["2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06", "2026-03-07"];
const DAYS = chosen(ALL_DAYS.slice(0, 2), ALL_DAYS);
/** Starting a program takes longer than a day. */
const MACHINES = chosen([1, 2], [1, 2, 3]);

describe.runIf(POSTGRES !== undefined)(
  `programs on several machines with one database${NEEDS_POSTGRES}`,
  () => {
    it("send each digest once, while on every day one of them is killed as it sends", async () => {
      const clock = createTestClock("2026-03-02T08:00:00Z");
      const database = await newDatabase({ empty: true });
      const discord = await openDiscord({ now: () => clock.now().getTime() });
      const states = await Promise.all(MACHINES.map(() => temporaryFolder()));
      const start = async (state: string): Promise<SimulatedProgram> => {
        const program = startSimulated(clock, {
          PAPERBOY_STATE: state,
          PAPERBOY_DATABASE_URL: database,
          SIMULATED_DATABASE: new URL(database).host,
          DISCORD_TOKEN: discord.token,
          DISCORD_API_URL: discord.apiUrl,
        });
        await program.said("to add it to a server open");
        return program;
      };
      const programs = [await start(states[0] ?? "")];
      const ana = discord.user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] });
      const asked = { zone: "UTC", time: "9:00", days: "daily" };
      const offered = need((await ana.command("paper digest start", asked).outcome()).message);
      await ana.click(offered, idOf(offered, "Start this digest")).outcome();
      for (const state of states.slice(1)) programs.push(await start(state));
      for (const [i, day] of DAYS.entries()) {
        for (const program of programs) await program.restUntil(`${day}T08:58:30Z`);
        const victim = i % programs.length;
        const going = programs.map((program) => program.advanceTo(`${day}T09:00:10Z`).catch(() => undefined));
        await sleep(40 + 60 * i);
        await programs[victim]?.kill();
        await Promise.all(going);
        clock.set(`${day}T09:00:10Z`);
        programs[victim] = await start(states[victim] ?? "");
        for (const minute of ["05", "10", "20", "40"])
          for (const program of programs) await program.advanceTo(`${day}T09:${minute}:00Z`);
      }
      const digests = discord
        .messages(discord.general)
        .map((message) => `${new Date(message.sentAt).toISOString().slice(0, 10)} ${shownText(message)}`)
        .filter((text) => text.includes("Paper of the day ·"));
      expect(digests.map((text) => text.slice(0, 10))).toEqual(DAYS);
      expect(new Set(digests.map((text) => /### \[(.+?)\]/.exec(text)?.[1])).size).toBe(DAYS.length);
      expect(await Promise.all(programs.map((program) => program.stop()))).toEqual(states.map(() => 0));
    }, 240_000);
  },
);
