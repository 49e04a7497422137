import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PaperId } from "../../src/corpus/paper.ts";
import { placeKey } from "../../src/schedule/place.ts";
import type { Store } from "../../src/store/store.ts";
import { parseEmoji } from "../../src/taste/emoji.ts";
import type { Lesson } from "../../src/taste/learn.ts";
import { pointsOf, pullOf } from "../../src/taste/pull.ts";
import { createTastes } from "../../src/taste/tastes.ts";
import { place } from "../digest/papers.ts";
import { openTestStore } from "../support/test-store.ts";

const NOW = new Date("2026-11-30T12:00:00Z");
const idNow = (id: PaperId): Promise<PaperId> => Promise.resolve(id);
const room = placeKey(place);

/** Messages of the bot by what they carry: one has a paper alone, one has three. */
const MESSAGES: Readonly<Record<string, readonly string[]>> = {
  m1: ["a"],
  m2: ["a", "b", "c"],
  m3: ["b", "d"],
  m4: ["d"],
};

interface Act {
  readonly message: string;
  readonly person: string;
  readonly name: string;
}

const anyAct: fc.Arbitrary<Act> = fc.record({
  message: fc.constantFrom(...Object.keys(MESSAGES)),
  person: fc.constantFrom("ana", "ben", "eve", "joe", "zoe"),
  name: fc.constantFrom("👍", "👎", "+1", "thumbsdown", "👍🏽", "🎉", "eyes"),
});

async function openChannel(): Promise<Store> {
  const store = await openTestStore(":memory:", () => NOW);
  for (const [message, papers] of Object.entries(MESSAGES)) {
    const carried = papers.map((paper) => ({ paper, title: paper.toUpperCase() }));
    await store.postings.put({ room, message, place: room, as: "digest", postedAt: NOW, papers: carried });
  }
  return store;
}

const react = (store: Store, act: Act, at = NOW): Promise<boolean> =>
  store.postings.react({ room, ...act, at });

const lessonsIn = async (store: Store, now = NOW): Promise<readonly Lesson[]> => {
  const { lessons } = await createTastes({ store, now: () => now }).of(place, idNow);
  return lessons.toSorted((a, b) => (a.paper < b.paper ? -1 : 1));
};

const weights = (lessons: readonly Lesson[]): Readonly<Record<string, number>> =>
  Object.fromEntries(lessons.map(({ paper, weight }) => [paper, weight]));

describe("what reactions say of papers", () => {
  it("is the same whatever the order in which they came", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyAct, { maxLength: 14 }), fc.func(fc.integer()), async (acts, order) => {
        const [one, other] = [await openChannel(), await openChannel()];
        for (const act of acts) await react(one, act);
        for (const act of acts.toSorted((a, b) => order(a) - order(b))) await react(other, act);
        expect(await lessonsIn(other)).toEqual(await lessonsIn(one));
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it("has no trace of one that was taken back", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyAct, { maxLength: 8 }), fc.array(anyAct), async (acts, backs) => {
        const [without, taken] = [await openChannel(), await openChannel()];
        const keyOf = ({ message, person, name }: Act): string => `${message} ${person} ${name}`;
        const kept = new Set(acts.map(keyOf));
        const others = backs.filter((act) => !kept.has(keyOf(act)));
        for (const act of acts) await react(without, act);
        for (const act of [...others, ...acts]) await react(taken, act);
        for (const act of others) await taken.postings.unreact({ room, ...act });
        expect(await lessonsIn(taken)).toEqual(await lessonsIn(without));
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it("counts one person once for a paper, whatever that person puts below how many messages", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyAct, { minLength: 1, maxLength: 20 }), async (acts) => {
        const store = await openChannel();
        for (const act of acts) await react(store, { ...act, person: "ana" });
        for (const { ups, downs, weight } of await lessonsIn(store)) {
          expect(ups + downs).toBeLessThanOrEqual(1);
          expect(Math.abs(weight)).toBeLessThanOrEqual(0.333);
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it("is a third for each person, less where a message has several papers, and nothing of somebody who says both", async () => {
    const store = await openChannel();
    await react(store, { message: "m2", person: "ana", name: "👍" });
    expect(weights(await lessonsIn(store))).toEqual({ a: 0.111, b: 0.111, c: 0.111 });
    // The message with the paper alone is what she means.
    await react(store, { message: "m1", person: "ana", name: "thumbsdown" });
    await react(store, { message: "m1", person: "ben", name: "👎🏿" });
    expect(weights(await lessonsIn(store))).toEqual({ a: -0.667, b: 0.111, c: 0.111 });
    await react(store, { message: "m1", person: "ana", name: "+1" });
    expect(weights(await lessonsIn(store))).toEqual({ a: -0.333, b: 0.111, c: 0.111 });
    for (const person of ["1", "2", "3", "4", "5"]) await react(store, { message: "m4", person, name: "👎" });
    expect(weights(await lessonsIn(store))).toMatchObject({ d: -1 });
  });

  it("ends after half a year, with the reset of the channel, or with what is forgotten of one paper", async () => {
    const store = await openChannel();
    const tastes = createTastes({ store, now: () => NOW });
    const back = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);
    await react(store, { message: "m1", person: "ana", name: "👍" }, back(180));
    await react(store, { message: "m4", person: "ana", name: "👍" }, back(179));
    expect(weights(await lessonsIn(store))).toEqual({ d: 0.333 });
    const deed = { by: "ana", action: "taste forget", detail: "" };
    await react(store, { message: "m1", person: "ben", name: "👍" }, back(3));
    await tastes.change(place, {
      ...deed,
      change: (before) => ({ ...before, forgotten: new Map([["d", back(1)]]) }),
    });
    expect(weights(await lessonsIn(store))).toEqual({ a: 0.333 });
    await react(store, { message: "m4", person: "ben", name: "👎" });
    expect(weights(await lessonsIn(store))).toEqual({ a: 0.333, d: -0.333 });
    await tastes.change(place, { ...deed, change: (before) => ({ ...before, since: back(1) }) });
    expect(weights(await lessonsIn(store))).toEqual({ d: -0.333 });
    await tastes.change(place, { ...deed, change: (before) => ({ ...before, off: true }) });
    expect(await tastes.lessons(place, idNow)).toEqual([]);
    await tastes.change(place, {
      ...deed,
      change: (before) => ({ ...before, off: false, up: ["🎉"], down: [] }),
    });
    expect(await tastes.lessons(place, idNow)).toEqual([]);
    expect(await lessonsIn(store)).toEqual([]);
  });

  it("goes on with a paper that got another id, and is kept of one channel for that one", async () => {
    const store = await openChannel();
    const tastes = createTastes({ store, now: () => NOW });
    await react(store, { message: "m1", person: "ana", name: "👍" });
    await react(store, { message: "m4", person: "ana", name: "👎" });
    await react(store, { message: "m4", person: "ben", name: "👎" });
    const renamed = (id: PaperId): Promise<PaperId> => idNow((id === "d" ? "a" : id) as PaperId);
    expect(weights((await tastes.of(place, renamed)).lessons)).toEqual({ a: -0.333 });
    expect((await tastes.of({ ...place, channel: "other" }, idNow)).lessons).toEqual([]);
  });

  it("counts nothing where what is kept about the taste cannot be read, and a change mends that", async () => {
    const store = await openChannel();
    const tastes = createTastes({ store, now: () => NOW });
    await react(store, { message: "m1", person: "ana", name: "👍" });
    const deed = { platform: "discord", by: "ana", action: "x", subject: "", detail: "" };
    await store.tastes.update(room, () => '{"off":"perhaps"}', deed);
    expect(await tastes.lessons(place, idNow)).toEqual([]);
    expect((await tastes.of(place, idNow)).problem).toContain("off is");
    await tastes.change(place, { by: "ana", action: "taste on", detail: "", change: (before) => before });
    expect(await tastes.lessons(place, idNow)).toHaveLength(1);
  });
});

describe("what is alike", () => {
  const reason = fc.record({
    paper: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h") as fc.Arbitrary<PaperId>,
    title: fc.constant("x"),
    weight: fc.integer({ min: -1000, max: 1000 }).map((n) => n / 1000),
    similarity: fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000),
  });
  const reasons = fc.uniqueArray(reason, { selector: ({ paper }) => paper });
  const valueOf = (all: Parameters<typeof pullOf>[0]): number => pullOf(all)?.value ?? 0;

  it("moves by a fifth at most, and never down because somebody likes more of it", () => {
    fc.assert(
      fc.property(reasons, fc.nat(7), fc.integer({ min: 0, max: 1000 }), (all, nth, more) => {
        const before = valueOf(all);
        expect(Math.abs(pointsOf(before))).toBeLessThanOrEqual(200);
        const liked = all.map((one, i) =>
          i === nth ? { ...one, weight: Math.min(1, one.weight + more / 1000) } : one,
        );
        // What moves by less than a thousandth of the score moves nothing.
        expect(pointsOf(valueOf(liked))).toBeGreaterThanOrEqual(pointsOf(before));
      }),
      { numRuns: 2000 },
    );
  });

  it("is moved by the five strongest reasons, as they stand there to be added up by hand", () => {
    fc.assert(
      fc.property(reasons, (all) => {
        const pull = pullOf(all);
        if (pull === undefined) return;
        const sum = pull.because.reduce((total, { weight, similarity }) => total + weight * similarity, 0);
        expect(pull.value).toBeCloseTo(Math.max(-1, Math.min(1, sum)), 3);
        expect(pull.because.length).toBeLessThanOrEqual(5);
      }),
    );
  });
});

describe("an emoji", () => {
  it("is the same with a tone of skin, with colons, and by the short names of the thumbs", () => {
    for (const text of ["👍", "👍🏿", " :+1: ", "+1", "thumbsup", ":thumbsup::skin-tone-4:", "+1::skin-tone-2"])
      expect([text, parseEmoji(text)]).toEqual([text, "👍"]);
    expect([":tada:", "<:parrot:123>", "<a:parrot:123>", "❤️", "e-mail"].map(parseEmoji)).toEqual([
      "tada",
      "parrot",
      "parrot",
      "❤",
      "e-mail",
    ]);
    for (const text of ["", "  ", "two words", "<@123>", "x".repeat(61), ":", "a", "👍🎉", "é"])
      expect([text, parseEmoji(text)]).toEqual([text, undefined]);
  });
});
