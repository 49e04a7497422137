import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSettingsFile } from "../../adapters/cli/portable/read-settings.ts";
import { writeSettings } from "../../adapters/cli/portable/write-settings.ts";
import { createBook } from "../../src/digest/book.ts";
import type { Plan, Subscription } from "../../src/digest/subscription.ts";
import { DEFAULT_PLAN } from "../../src/digest/subscription.ts";
import { UserError } from "../../src/user-error.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openTestStore } from "../support/test-store.ts";

const DISCORD = { platform: "discord", server: "100000000000000001", channel: "200000000000000002" } as const;
const NAME = "discord:100000000000000001/200000000000000002";
const createdAt = new Date("2026-01-01T00:00:00Z");
const now = new Date("2026-03-09T06:00:00Z");

const digest = (facts: Partial<Subscription> = {}): Subscription => ({
  id: "aaaa1111",
  place: DISCORD,
  createdBy: "300000000000000003",
  createdAt,
  scheduledSince: createdAt,
  plan: { ...DEFAULT_PLAN, topics: "diffusion models, -survey", zone: "Europe/Berlin", days: [1, 4] },
  state: { kind: "active" },
  ...facts,
});

async function madeState(...digests: readonly Subscription[]): Promise<string> {
  const state = path.join(await temporaryFolder(), "state");
  const store = await openTestStore(path.join(state, "paperboy.sqlite"));
  const book = createBook(store, () => new Date());
  for (const one of digests) await book.put(one);
  await store.preferences.set(`zone:discord:${DISCORD.server}`, "Europe/Berlin");
  return state;
}

const plan: fc.Arbitrary<Plan> = fc.record({
  time: fc.record({ hour: fc.nat(23), minute: fc.nat(59) }),
  zone: fc.constantFrom("UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Kolkata"),
  days: fc.subarray([1, 2, 3, 4, 5, 6, 7] as const, { minLength: 1 }),
  runnersUp: fc.nat(10),
  topics: fc.constantFrom(
    "",
    "diffusion",
    '"a: b", -survey',
    "org:nvidia, # x",
    "2024, true",
    "yes",
    "'it''s'",
    "- a",
  ),
  minimumComments: fc.nat(10_000),
  minimumVotes: fc.nat(100_000),
  delivery: fc.constantFrom("thread" as const, "channel" as const),
});

describe("settings as YAML", () => {
  it("say the same when they are read again", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ plan, paused: fc.boolean() }), { maxLength: 5 }), (made) => {
        const subscriptions = made.map((one, i) =>
          digest({ id: `d${i}`, plan: one.plan, state: { kind: one.paused ? "paused" : "active" } }),
        );
        const text = writeSettings([
          { place: DISCORD, zone: "Asia/Tokyo", digests: subscriptions, follows: [], lists: [] },
        ]);
        const [read] = readSettingsFile("a.yaml", text, now);
        expect(read?.zone).toBe("Asia/Tokyo");
        expect(read?.digests.map(({ at: _line, ...one }) => one)).toEqual(
          made.map((one, i) => ({ id: `d${i}`, ...one })),
        );
      }),
    );
  });

  const wrapped = (line: string): string =>
    `paperboy-settings: 1\nplaces:\n  - place: ${NAME}\n    digests:\n      - ${line}\n`;

  const shared = (key: string, line: string): string =>
    `paperboy-settings: 2\nplaces:\n  - place: ${NAME}\n    ${key}\n      ${line}\n`;

  it.each([
    [wrapped("time: 25:00"), /a\.yaml, line 5, column 15: “25:00” is not a time of day\. Write an hour/],
    [wrapped("zone: Mars"), /line 5, column 15: “Mars” is not a time zone/],
    [wrapped("days: [mon, moonday]"), /line 5, column 15: “moonday” is not a day of the week/],
    [wrapped("runners: 11"), /line 5, column 18: “11” must be a whole number from 0 to 10/],
    [wrapped("runners: 1.5"), /“1\.5” must be a whole number/],
    [wrapped("delivery: mail"), /line 5, column 19: “mail” must be thread or channel/],
    [wrapped("paused: maybe"), /“maybe” must be true or false/],
    [wrapped("topics: sort:new"), /line 5, column 17: “sort:date”|line 5, column 17: .*sort/],
    [wrapped("id: A B"), /“A B” is no id/],
    [wrapped("tpoics: x"), /line 5, column 9: “tpoics” is no key here\. The keys are id, topics/],
    [wrapped("topics: {a: 1}"), /here stands keys with values, where a text is wanted/],
    [wrapped("topics: *x"), /no YAML|a reference/],
    [
      shared("follows:", "- { author: A, org: B }"),
      /line 5, column 9: a follow names one of author, org, search, like; here stand author and org/,
    ],
    [shared("follows:", "- when: daily"), /line 5, column 9: a follow names one of .*; here stands none/],
    [
      shared("follows:", "- { search: x, when: hourly }"),
      /line 5, column 28: “hourly” must be at once or daily or weekly/,
    ],
    [shared("follows:", "- { search: x, when: at once, time: 09:00 }"), /what is told at once has no time/],
    [shared("follows:", "- { search: sort:new }"), /line 5, column 19: .*sort/],
    [
      shared("lists:", "- { name: my list }"),
      /line 5, column 17: “my list” is what your own reading list is called/,
    ],
    [shared("lists:", "- papers: []"), /line 5, column 9: “name” is missing/],
    [shared("lists:", "- { name: A, papers: [{ title: B }] }"), /column 29: “id” is missing/],
    [shared("club:", "days: [mon, tue]"), /line 5, column 13: a journal club meets on one day/],
    [shared("club:", "lead: 7"), /line 5, column 13: “7” must be a whole number from 0 to 6/],
    [
      wrapped("x").replace(NAME, "irc:1"),
      /line 3, column 12: “irc:1” is no place\. Write discord:SERVER\/CHANNEL/,
    ],
    [wrapped("x"), /line 5, column 9: here stands “x”, where keys are wanted/],
    ["paperboy-settings: 3\nplaces: []\n", /line 1, column 20: “3” is no version.* it must be 1 or 2\./],
    [
      "places: 5\n",
      /“paperboy-settings: 2” is missing.* line 1, column 9: here stands “5”, where a list is wanted/,
    ],
    ["a: [\n", /line \d+, column \d+: this is no YAML/],
    ["a: 1\na: 2\n", /line 2, column 1: this is no YAML: Map keys must be unique/],
    ["", /is empty/],
    ["x".repeat(1_000_001), /has 1000001 characters/],
    ["[".repeat(300_000), /this is no YAML/],
    ["a: ".repeat(50_000), /this is no YAML/],
    [`${"- ".repeat(100_000)}x`, /this is no YAML|where keys are wanted/],
  ])("that cannot be used are refused with line, column and what is allowed: %#", (text, message) => {
    expect(() => readSettingsFile("a.yaml", text, now)).toThrow(message);
  });

  it("of any text are read or refused in words", () => {
    const outcome = (text: string): unknown => {
      try {
        return readSettingsFile("a.yaml", text, now);
      } catch (error) {
        return error instanceof UserError ? [] : error;
      }
    };
    const sign = fc.constantFrom(...Array.from("- :\n\t{}[]&*!|>'\"#%@`,?ab1~."));
    fc.assert(
      fc.property(fc.string({ unit: sign }), (text) => {
        expect(outcome(text)).toBeInstanceOf(Array);
      }),
      { numRuns: 500 },
    );
  });
});

describe("paperboy settings", () => {
  it("brings a channel of Discord to Slack: first shown, then done, then the same", async () => {
    const paused = digest({ id: "bbbb2222", plan: { ...DEFAULT_PLAN }, state: { kind: "paused" } });
    const state = await madeState(digest(), paused);
    const run = (args: readonly string[], input = "") => runProgram(args, { PAPERBOY_STATE: state }, input);
    const exported = await run(["settings", "export", "--place", NAME]);
    expect(exported.code).toBe(0);
    expect(exported.stdout).toContain("days: Mondays and Thursdays");
    const toSlack = ["settings", "import", "-", "--to", "slack:T1ABC/C1ABC"];
    const dry = await run([...toSlack, "--dry-run"], exported.stdout);
    expect(dry.stdout).toMatch(
      /^slack:T1ABC\/C1ABC\n- new zone Europe\/Berlin\n- new \w{8}: time 09:00; zone Europe\/Berlin;/,
    );
    expect(dry.stdout).toContain("Nothing was changed");
    expect(JSON.parse((await run(["audit", "--json"])).stdout)).toEqual([]);
    const done = await run(toSlack, exported.stdout);
    expect(done.stdout.split("\n").filter((line) => line.startsWith("- "))).toEqual(
      dry.stdout.split("\n").filter((line) => line.startsWith("- ")),
    );
    const again = await run(toSlack, exported.stdout);
    expect(again.stdout).toMatch(
      /^slack:T1ABC\/C1ABC\n- same zone Europe\/Berlin\n- same \w{8}\n- same \w{8}\n$/,
    );
    const changed = await run(toSlack, exported.stdout.replace("runners: 3", "runners: 5"));
    expect(changed.stdout).toMatch(/- changed \w{8}: runners 3 → 5\n- same/);
    const shown = await run(["digest", "--now", "--dry-run"]);
    expect(shown.stdout).toContain("slack T1ABC C1ABC: digest");
    const told = JSON.parse((await run(["audit", "--json"])).stdout) as { by: string; action: string }[];
    expect(told.map(({ by, action }) => `${by} ${action}`)).toEqual([
      "local operator settings import",
      "local operator settings import",
      "local operator settings import",
      "local operator zone",
    ]);
  }, 60_000);

  it("changes nothing where the file has a mistake, and says how places are named", async () => {
    const state = await madeState(digest());
    const run = (args: readonly string[]) => runProgram(args, { PAPERBOY_STATE: state });
    const file = path.join(path.dirname(state), "a.yaml");
    const { stdout } = await run(["settings", "export"]);
    await writeFile(file, stdout.replace("time: 09:00", "time: soon").replace("runners: 3", "runners: -1"));
    const refused = await run(["settings", "import", file]);
    expect([refused.code, refused.stdout]).toEqual([2, ""]);
    expect(refused.stderr.split("\n")).toEqual([
      expect.stringContaining("column 15: “soon” is not a time of day"),
      expect.stringContaining("“-1” must be a whole number from 0 to 10"),
      "Nothing was changed.",
      "",
    ]);
    expect((await run(["settings", "export"])).stdout).toBe(stdout);
    expect((await run(["settings", "import", file, "--to", "general"])).stderr).toMatch(
      /“general” is no place/,
    );
    expect((await run(["settings"])).stderr).toMatch(/Say paperboy settings export/);
    expect((await run(["settings", "import", `${file}.no`])).stderr).toMatch(/cannot be read: ENOENT/);
    expect(await readFile(file, "utf8")).toContain("soon");
  }, 60_000);
});
