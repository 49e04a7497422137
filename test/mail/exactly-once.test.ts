import fc from "fast-check";
import { expect, it } from "vitest";
import { couriersOf } from "../../adapters/cli/serving/digests.ts";
import { createMailApp } from "../../adapters/mail/mail.ts";
import { createBook } from "../../src/digest/book.ts";
import { createDigests } from "../../src/digest/digests.ts";
import { mailPlace } from "../../src/mailing/mailbox.ts";
import { createMailing } from "../../src/mailing/mailing.ts";
import { deedIn, placeKey } from "../../src/schedule/place.ts";
import type { PaperIndex } from "../../src/search/paper-index.ts";
import type { Store } from "../../src/store/store.ts";
import { openSmallIndex, planOf } from "../digest/papers.ts";
import { mortal } from "../digest/stage.ts";
import type { FakeSmtp } from "../fakes/smtp/index.ts";
import { openSmtp } from "../fakes/smtp/index.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { openTestStore } from "../support/test-store.ts";

const HOUR = 3_600_000;
const START = Date.parse("2026-03-20T12:00:00Z");
const PLACE = mailPlace("box");

/** What goes wrong at the mail server, and where. */
const MOODS = [
  undefined,
  undefined,
  ["to", "451 4.7.1 greylisted"],
  ["text", "452 4.3.1 full"],
  ["text", "554 5.7.1 spam"],
  ["to", "drop"],
  ["text", "drop"],
  ["text", "lost"],
] as const;

const step = fc.record({
  hours: fc.constantFrom(0.02, 0.1, 1, 5, 11, 13, 30),
  lives: fc.oneof(fc.constant(1e9), fc.integer({ min: 1, max: 30 })),
  processes: fc.constantFrom(1, 2),
  mood: fc.constantFrom(...MOODS),
});

interface World {
  readonly store: Store;
  readonly index: PaperIndex;
  readonly smtp: FakeSmtp;
  now: number;
}

/** A mailbox with a digest, every day at 9:00. */
async function openWorld(index: PaperIndex, smtp: FakeSmtp): Promise<World> {
  const world: World = {
    store: await openTestStore(":memory:", () => new Date(world.now)),
    index,
    smtp,
    now: START,
  };
  const facts = {
    owner: "ana",
    address: "ana@example.org",
    body: JSON.stringify({ person: { platform: "discord", user: "ana" } }),
  };
  const at = new Date(START);
  const subscription = {
    id: "s1",
    place: PLACE,
    createdBy: "ana",
    createdAt: at,
    scheduledSince: at,
    plan: planOf({ zone: "UTC", delivery: "channel", runnersUp: 1, days: [1, 2, 3, 4, 5, 6, 7] }),
    state: { kind: "active" },
  };
  await world.store.mail.ask(
    { token: "t", inbox: "i", until: new Date(START + HOUR), ...facts },
    { within: HOUR, perInbox: 1, perOwner: 1 },
  );
  await world.store.mail.confirm(
    "t",
    { id: "box", place: placeKey(PLACE), leave: "l", ...facts },
    {
      subscription: { id: "s1", place: placeKey(PLACE), body: JSON.stringify(subscription) },
      deed: deedIn(PLACE, { by: "ana", action: "digest mail", subject: "s1", detail: "" }),
    },
  );
  return world;
}

/** One look of a process that is killed once its database was asked so often. */
async function lookOnce({ store, index, smtp, now: at }: World, lives: number): Promise<void> {
  const fuse = { lives };
  const { log } = collectingLog();
  const now = (): Date => new Date(at);
  const own = mortal(store, fuse);
  const digests = createDigests({ store: own, index, now, log, newId: () => "unused" });
  const never = () => Promise.reject(new Error("no letters here"));
  const mailing = createMailing({
    store: own,
    digests: () => Promise.resolve(digests),
    letters: { askToConfirm: never },
    url: "https://papers.example.org",
    now,
    newId: () => "unused",
    newSecret: () => "unused",
  });
  const settings = {
    smtp: { host: "127.0.0.1", port: smtp.port, secure: false },
    from: { name: "Paperboy", address: "p@example.org" },
    url: "https://papers.example.org",
  };
  const app = createMailApp(settings, { mailing, log, now, pageOf: () => undefined, tellOwner: never });
  await app.start();
  await digests.tick(couriersOf([app]));
  await app.stop();
}

/** What was taken of one world, by the ids and subjects of the mails. */
function takenSince({ smtp }: World, before: number) {
  const all = smtp.raw.slice(before).map((raw) => raw.toString());
  const of = (pattern: RegExp): string[] => all.map((raw) => pattern.exec(raw)?.[1] ?? "");
  const papers = of(/^Subject: (.*)$/m).filter((subject) => subject.startsWith("Paper of"));
  return { ids: of(/^Message-ID: (.*)$/m), papers };
}

/** Lets days pass without trouble, and checks that nothing was taken twice, and that the ledger says what was. */
async function settleAndCheck(world: World, before: number): Promise<readonly string[]> {
  for (const hours of [0.2, 13, 24]) {
    world.now += hours * HOUR;
    await lookOnce(world, 1e9);
  }
  const { ids, papers } = takenSince(world, before);
  expect(ids).toEqual([...new Set(ids)]);
  expect(papers).toEqual([...new Set(papers)]);
  const book = createBook(world.store, () => new Date(world.now));
  expect(await book.openRows()).toEqual([]);
  const rows = await book.latest("s1", 100);
  const idsOf = (kinds: readonly string[]): string[] =>
    rows
      .filter(({ state }) => kinds.includes(state.kind === "skipped" ? state.reason.kind : state.kind))
      .map(({ date }) => `<s1.${date}@example.org>`);
  // What the ledger calls sent was taken; what was taken is called sent, or not known to be, or said that there is nothing.
  expect(idsOf(["confirmed"]).filter((id) => !ids.includes(id))).toEqual([]);
  const known = new Set(idsOf(["confirmed", "unconfirmed", "nothing"]));
  expect(ids.filter((id) => !known.has(id))).toEqual([]);
  return rows.map(
    ({ date, state }) => `${date} ${state.kind === "skipped" ? state.reason.kind : state.kind}`,
  );
}

it("a mail is taken once or not known to be, after whichever of its steps a process is killed", async () => {
  const smtp = await openSmtp();
  const index = await openSmallIndex(60);
  const fates = new Set<string>();
  for (let lives = 1; lives <= 18; lives++) {
    const world = await openWorld(index, smtp);
    const before = smtp.raw.length;
    world.now = Date.parse("2026-03-21T09:00:00Z");
    await lookOnce(world, lives);
    fates.add((await settleAndCheck(world, before)).find((row) => row.startsWith("2026-03-21")) ?? "");
  }
  expect([...fates].toSorted()).toEqual(["2026-03-21 confirmed", "2026-03-21 unconfirmed"]);
});

it("no mail is taken twice and no paper comes twice, whatever the server does and whenever processes are killed, and each day ends sent or skipped", async () => {
  const smtp = await openSmtp();
  const index = await openSmallIndex(60);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 14 }), async (steps) => {
      const world = await openWorld(index, smtp);
      const before = smtp.raw.length;
      for (const { hours, lives, processes, mood } of steps) {
        world.now += hours * HOUR;
        if (mood !== undefined) smtp.set(mood[0], mood[1]);
        await Promise.all(Array.from({ length: processes }, () => lookOnce(world, lives)));
        if (mood !== undefined) smtp.set(mood[0], undefined);
      }
      await settleAndCheck(world, before);
    }),
    { numRuns: 5 },
  );
});
