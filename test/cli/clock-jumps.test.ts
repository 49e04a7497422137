import { describe, expect, it } from "vitest";
import { openDiscord } from "../discord/app.ts";
import { idOf, need } from "../discord/shown.ts";
import type { FakeDiscord } from "../fakes/discord/index.ts";
import { shownText } from "../fakes/discord/index.ts";
import type { TestClock } from "../fakes/sources/clock.ts";
import { createTestClock } from "../fakes/sources/clock.ts";
import { startHuggingFace } from "../fakes/sources/hugging-face.ts";
import { createWorld } from "../fakes/sources/world.ts";
import { startSimulated } from "../support/simulated-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const START = Date.parse("2026-03-02T08:00:00.000Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const iso = (ms: number): string => new Date(ms).toISOString();

/** A machine whose clock can be set, among services that go by the right time. */
function createMachine() {
  const clock = createTestClock(iso(START));
  let ahead = 0;
  const right: TestClock = { ...clock, now: () => new Date(clock.now().getTime() - ahead) };
  return {
    right,
    start(settings: Record<string, string>) {
      const program = startSimulated(clock, settings);
      return {
        program,
        /** Lets time pass until so many milliseconds after the start; the process is at rest, or works. */
        rest: (until: number): Promise<void> => program.restUntil(iso(START + until + ahead)),
        pass: (until: number): Promise<void> => program.advanceTo(iso(START + until + ahead)),
        /** Sets the clock so far ahead of the right time. */
        setAhead: async (ms: number): Promise<void> => {
          const now = right.now().getTime();
          ahead = ms;
          await program.setClock(iso(now + ms));
        },
      };
    },
  };
}

async function startServing(sources: (right: TestClock) => Promise<Record<string, string>>) {
  const machine = createMachine();
  const discord = await openDiscord({ now: () => machine.right.now().getTime() });
  const served = machine.start({
    PAPERBOY_STATE: await temporaryFolder(),
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    ...(await sources(machine.right)),
  });
  await served.program.said("to add it to a server open");
  return { ...served, discord };
}

async function startDigest(discord: FakeDiscord): Promise<void> {
  const ana = discord.user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] });
  const values = { zone: "UTC", time: "9:00", days: "daily", runners: 0 };
  const offered = need((await ana.command("paper digest start", values).outcome()).message);
  await ana.click(offered, idOf(offered, "Start this digest")).outcome();
}

/** When digests came. */
const digestsOf = (discord: FakeDiscord): string[] =>
  discord
    .messages(discord.general)
    .filter((message) => shownText(message).includes("Paper of the day ·"))
    .map(({ sentAt }) => iso(sentAt).slice(0, 16));

describe("a clock that jumps", () => {
  it.each([
    ["30 days", 30 * DAY],
    ["3652 days", 3652 * DAY],
    ["90 minutes", 90 * MINUTE],
  ])("ahead by %s for two minutes is told once, and once more when it is right again", async (span, jump) => {
    const { program, pass, setAhead } = await startServing(async () => ({}));
    await pass(10 * MINUTE);
    await setAhead(jump);
    await pass(12 * MINUTE);
    await setAhead(0);
    await pass(30 * MINUTE);
    expect(await program.stop()).toBe(0);
    const told = program.log().flatMap((line) => /The clock of this machine .*?[:.]/.exec(line)?.[0] ?? []);
    expect(told).toEqual([
      `The clock of this machine went ahead by ${span}:`,
      `The clock of this machine went back by ${span}.`,
    ]);
  });

  it.each([
    ["30 days", 30 * DAY],
    ["10 years", 3652 * DAY],
  ])(
    "ahead by %s for two minutes costs no digest and no look at a source",
    async (_span, jump) => {
      let requests: readonly { readonly at: number }[] = [];
      const { discord, program, pass, setAhead } = await startServing(async (right) => {
        const hub = await startHuggingFace({ clock: right, papers: createWorld() });
        ({ requests } = hub);
        return {
          PAPERBOY_SOURCES: "huggingface",
          PAPERBOY_CONTACT: "mailto:me@example.org",
          PAPERBOY_HUGGINGFACE_URL: hub.url,
        };
      });
      await startDigest(discord);
      // Over the time at which the sources are read.
      await pass(49 * MINUTE);
      await setAhead(jump);
      await pass(51 * MINUTE);
      await setAhead(0);
      await pass(DAY + 3 * HOUR);
      expect(await program.stop()).toBe(0);
      expect(digestsOf(discord)).toEqual(["2026-03-02T09:00", "2026-03-03T09:00"]);
      const hours = new Set(requests.map(({ at }) => iso(at).slice(0, 13)));
      expect(hours.size).toBe(27);
      expect(requests.length).toBeLessThan(1000);
    },
    180_000,
  );

  it("costs nothing when the process rests over a minute, as a stopped or busy one does", async () => {
    const { discord, program, pass, rest } = await startServing(async () => ({}));
    await startDigest(discord);
    await pass(10 * MINUTE - 2000);
    await rest(10 * MINUTE + 7000);
    await pass(2 * HOUR);
    expect(await program.stop()).toBe(0);
    expect(digestsOf(discord)).toEqual(["2026-03-02T09:00"]);
  });
});
