import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Caller } from "../../src/bot/command.ts";
import { createSeedBot, createTestBot, replyText } from "../support/seed-bot.ts";
import { openTestStore } from "../support/test-store.ts";

const ALL = { offset: 0, limit: 10_000 };

const inChannel = (server: string, channel: string, user: string): Caller => ({
  platform: "slack",
  user,
  place: { platform: "slack", server, channel },
  oversight: () => Promise.resolve({ kind: "may" }),
});

interface Step {
  readonly verb: string;
  readonly time: string;
  readonly digest: string | undefined;
  readonly zone: string | undefined;
  readonly confirm: boolean;
  readonly server: string;
  readonly channel: string;
  readonly user: string;
}

/** One after the other, each of them a change. */
const each: Step[] = ["start", "edit", "pause", "resume", "stop"].map((verb) => ({
  verb,
  time: verb === "edit" ? "8:00" : "9:00",
  digest: undefined,
  zone: verb === "start" ? "UTC" : undefined,
  confirm: true,
  server: "T1",
  channel: "C1",
  user: "U1",
}));

const step: fc.Arbitrary<Step> = fc.record({
  verb: fc.constantFrom("start", "start", "edit", "pause", "resume", "stop"),
  time: fc.constantFrom("8:00", "9:00", "noon", "never"),
  digest: fc.constantFrom(undefined, "1", "1", "7"),
  zone: fc.constantFrom(undefined, "UTC", "Europe/Berlin", "Mars"),
  confirm: fc.constantFrom(true, true, false),
  server: fc.constantFrom("T1", "T1", "T2"),
  channel: fc.constantFrom("C1", "C1", "C2"),
  user: fc.constantFrom("U1", "U2"),
});

describe("the audit", () => {
  it("has one deed of the person who called for each change that a command made, and none where nothing changed", async () => {
    const { library } = await createSeedBot();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        const store = await openTestStore();
        const { bot } = createTestBot(library, store);
        const state = async (): Promise<string[]> => [
          ...(await store.subscriptions.all()).map(({ id, body }) => `${id} ${body}`),
          ...(await Promise.all(["T1", "T2"].map((one) => store.preferences.get(`zone:slack:${one}`)))).map(
            (zone, i) => `${i} ${zone}`,
          ),
        ];
        for (const { verb, server, channel, user, time, digest, zone, confirm } of steps) {
          const before = { state: await state(), total: (await store.audit.page(undefined, ALL)).total };
          const args = {
            ...(verb === "start" || verb === "edit" ? { time, ...(confirm ? { confirm: "yes" } : {}) } : {}),
            ...(zone === undefined || (verb !== "start" && verb !== "edit") ? {} : { zone }),
            ...(digest === undefined || verb === "start" ? {} : { digest }),
          };
          await bot.handle({ command: `digest ${verb}`, args, caller: inChannel(server, channel, user) });
          const after = await state();
          const changed = after.filter((one) => !before.state.includes(one));
          const gone = before.state.filter(
            (one) => !after.some((other) => other.startsWith(`${one.split(" ")[0] ?? ""} `)),
          );
          const { records, total } = await store.audit.page(undefined, ALL);
          expect(total - before.total).toBe(changed.length + gone.length);
          for (const deed of records.slice(0, total - before.total))
            expect(deed).toMatchObject({ platform: "slack", server, channel, by: user });
        }
      }),
      { numRuns: 15, examples: [[each]] },
    );
  }, 120_000);

  it("says how a digest was changed, and shows managers their own server alone, page by page", async () => {
    const store = await openTestStore();
    const { bot } = await createSeedBot(store);
    const ask = (command: string, args: Record<string, string>, caller: Caller) =>
      bot.handle({ command, args, caller });
    const one = inChannel("T1", "C1", "U1");
    await ask("digest start", { zone: "UTC", topics: "diffusion", confirm: "yes" }, one);
    await ask("digest edit", { time: "8:30", topics: "none", confirm: "yes" }, one);
    for (let i = 0; i < 3; i++) for (const verb of ["pause", "resume"]) await ask(`digest ${verb}`, {}, one);
    await ask("digest start", { zone: "UTC", confirm: "yes" }, inChannel("T2", "C9", "U9"));
    const shown = await ask("audit", {}, inChannel("T1", "C2", "U2"));
    expect(shown).toMatchObject({ audience: "caller", data: [] });
    expect(shown.summary).toContain("1–5 of 9");
    expect(replyText(shown)).not.toContain("U9");
    const last = replyText(await ask("audit", { page: "2" }, one));
    expect(last).toMatch(/U1: digest edit d1 in C1: time 09:00 → 08:30; topics “diffusion” → all papers/);
    expect(last).toMatch(/U1: zone in C1: UTC/);
    const operator = { platform: "terminal", user: "local" };
    const all = await ask("audit", { limit: "100" }, operator);
    expect(all.data).toHaveLength(11);
    expect(all.data[0]).toMatchObject({ server: "T2", by: "U9", action: "digest start" });
  });

  it("is not shown to others, nowhere, and never where everybody reads it", async () => {
    const { bot } = await createSeedBot();
    const ask = async (caller: Caller): Promise<string> =>
      (await bot.handle({ command: "audit", args: {}, caller })).summary;
    const member = inChannel("T1", "C1", "U1");
    const { oversight: _none, ...unknown } = member;
    expect(
      await ask({ ...member, oversight: () => Promise.resolve({ kind: "may-not", who: "admins" }) }),
    ).toMatch(/Only admins can see who changed what/);
    expect(await ask(unknown)).toMatch(/Only those who manage the server/);
    expect(await ask({ ...member, overheard: true })).toMatch(/Type \/paper audit/);
    expect(await ask({ platform: "web", user: "visitor" })).toMatch(/There is no server here/);
    const direct = { platform: "slack", server: "T1", channel: "D1", direct: true } as const;
    expect(await ask({ platform: "slack", user: "U1", place: direct })).toBe(
      "Nothing was changed in the last year.",
    );
  });
});
