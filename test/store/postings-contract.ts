import fc from "fast-check";
import { expect, it } from "vitest";
import type { PostingRecord, ReactionRecord } from "../../src/store/kept/postings.ts";
import type { Store } from "../../src/store/store.ts";
import type { OpenStore } from "./open-store.ts";
import { DAY, place } from "./open-store.ts";

const AT = new Date("2026-03-03T12:00:00Z");
const later = (minutes: number): Date => new Date(AT.getTime() + minutes * 60_000);
const channel = (server: string, id: string): string => JSON.stringify(["slack", server, id]);
const who = (user: string): string => JSON.stringify(["slack", "T1", "person", user]);
const paper = (name: string) => ({ paper: `title:${name}`, title: name.toUpperCase() });

const posting = (facts: Partial<PostingRecord> = {}): PostingRecord => ({
  room: channel("T1", "C1"),
  message: "1.1",
  place: channel("T1", "C1"),
  as: "digest",
  postedAt: AT,
  papers: [paper("one"), paper("two")],
  ...facts,
});

const reaction = (facts: Partial<ReactionRecord> = {}): ReactionRecord => ({
  room: channel("T1", "C1"),
  message: "1.1",
  person: who("U1"),
  name: "+1",
  at: AT,
  ...facts,
});

function keepsMessages(open: OpenStore): void {
  it("keeps which messages carried which papers, by channel, the newest first, and one person's reactions as one", async () => {
    const at = await place();
    const [{ postings }, other] = [await open(at), await open(at)];
    const here = channel("T1", "C1");
    const thread = posting({
      room: channel("T1", "C9"),
      message: "1.2",
      thread: "C9",
      link: "https://example.org/m",
      as: "follow",
      postedAt: later(1),
      papers: [paper("three")],
    });
    await postings.put(thread);
    await postings.put(posting());
    // A second card below one message, with a paper that it has and one that it has not.
    await postings.put(posting({ as: "link", papers: [paper("two"), paper("four")], postedAt: later(9) }));
    await postings.put(posting({ room: channel("T2", "C1"), place: channel("T2", "C1") }));
    const first = { ...posting({ papers: ["one", "two", "four"].map(paper) }), reactors: 0 };
    expect(await other.postings.newest(here)).toEqual([{ ...thread, reactors: 0 }, first]);
    expect(await postings.withPapers(here, ["title:two", "title:four"])).toEqual([first]);
    expect(await postings.withPapers(here, [])).toEqual([]);
    for (const facts of [{}, {}, { name: "tada" }, { person: who("U2") }])
      expect(await postings.react(reaction(facts))).toBe(true);
    expect(await postings.react(reaction({ message: "9.9" }))).toBe(false);
    expect((await postings.withPapers(here, ["title:one"]))[0]?.reactors).toBe(2);
    expect(await other.postings.reactionsIn(channel("T2", "C1"))).toEqual([]);
    await postings.unreact(reaction());
    expect(await other.postings.reactionsOf(who("U1"))).toEqual([
      { ...reaction({ name: "tada" }), papers: first.papers },
    ]);
    await postings.unreact({ room: here, message: "1.1", name: "+1" });
    expect((await postings.reactionsIn(here)).map(({ name }) => name)).toEqual(["tada"]);
    await postings.remove(here, "1.1");
    await postings.remove(here, "never");
    expect(await postings.reactionsOf(who("U1"))).toEqual([]);
    expect((await other.postings.newest(here)).map(({ message }) => message)).toEqual(["1.2"]);
  });

  it("forgets what was posted before a time, and puts a paper under its new id wherever it was posted", async () => {
    const { postings, saved } = await open(await place());
    const here = channel("T1", "C1");
    await postings.put(posting({ message: "0.1", postedAt: new Date(AT.getTime() - DAY) }));
    await postings.react(reaction({ message: "0.1" }));
    await postings.put(posting({ papers: [paper("two"), { paper: "arxiv:1", title: "One" }, paper("one")] }));
    await saved.renamePaper("title:one", "arxiv:1");
    expect((await postings.withPapers(here, ["arxiv:1"])).map(({ message }) => message)).toEqual([
      "1.1",
      "0.1",
    ]);
    expect(await postings.withPapers(here, ["title:one"])).toEqual([]);
    await postings.forgetBefore(AT);
    const [left, ...more] = await postings.newest(here);
    expect([left?.papers.map((one) => one.paper), more]).toEqual([["title:two", "arxiv:1"], []]);
    expect(await postings.reactionsOf(who("U1"))).toEqual([]);
  });
}

const SERVERS = ["T1", "T2"] as const;
const server = fc.constantFrom(...SERVERS);
const message = fc.record({ server, channel: fc.constantFrom("C1", "C2"), ts: fc.constantFrom("1", "2") });
const person = fc.constantFrom("U1", "U2", "U3");
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("post"), of: message, paper: fc.constantFrom("one", "two") }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("react"),
      of: message,
      person,
      name: fc.constantFrom("a", "b"),
    }),
  },
  fc.record({ kind: fc.constant("unreact"), of: message, person, name: fc.constantFrom("a", "b") }),
  fc.record({ kind: fc.constant("remove"), of: message }),
  fc.record({ kind: fc.constant("forget person"), server, person }),
  fc.record({ kind: fc.constant("forget server"), server }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What is known of a message, as plain as can be. */
interface Model {
  readonly papers: Set<string>;
  readonly reactions: Set<string>;
}

const keyOf = ({ server: team, channel: id, ts }: { server: string; channel: string; ts: string }): string =>
  JSON.stringify([channel(team, id), ts]);
const personIn = (team: string, user: string): string => JSON.stringify(["slack", team, "person", user]);

/** Does the same to the store and to the model. */
async function take({ postings, people, workspaces }: Store, model: Map<string, Model>, one: Step) {
  if (one.kind === "forget server") {
    await workspaces.forget({ platform: "slack", server: one.server });
    for (const key of model.keys()) if (key.includes(one.server)) model.delete(key);
    return;
  }
  if (one.kind === "forget person") {
    const key = personIn(one.server, one.person);
    await people.forget({ key, platform: "slack", workspace: one.server, user: one.person });
    for (const { reactions } of model.values())
      for (const text of reactions) if (text.startsWith(key)) reactions.delete(text);
    return;
  }
  const { of } = one;
  const room = channel(of.server, of.channel);
  const there = model.get(keyOf(of));
  if (one.kind === "post") {
    await postings.put(posting({ room, place: room, message: of.ts, papers: [paper(one.paper)] }));
    model.set(keyOf(of), there ?? { papers: new Set(), reactions: new Set() });
    model.get(keyOf(of))?.papers.add(`title:${one.paper}`);
  } else if (one.kind === "remove") {
    await postings.remove(room, of.ts);
    model.delete(keyOf(of));
  } else {
    const by = personIn(of.server, one.person);
    const facts = { room, message: of.ts, person: by, name: one.name };
    if (one.kind === "react") {
      const isKept = await postings.react({ ...facts, at: AT });
      if (isKept !== (there !== undefined)) throw new Error("a reaction is kept just where its message is");
      there?.reactions.add(by + one.name);
    } else {
      await postings.unreact(facts);
      there?.reactions.delete(by + one.name);
    }
  }
}

function tellsOfOneChannel(open: OpenStore): void {
  it("tells of a channel exactly what was posted there and not taken away, each person counted once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const store = await open(await place());
        const model = new Map<string, Model>();
        for (const one of steps) await take(store, model, one);
        for (const team of SERVERS)
          for (const id of ["C1", "C2"]) {
            const told = await store.postings.newest(channel(team, id));
            const known = [...model].filter(([key]) => JSON.parse(key)[0] === channel(team, id));
            const expected = known.map(([key, { papers, reactions }]) => ({
              message: JSON.parse(key)[1] as string,
              papers: [...papers],
              reactors: new Set([...reactions].map((text) => text.slice(0, -1))).size,
            }));
            const plain = told.map(({ message: ts, papers, reactors }) => ({
              message: ts,
              papers: papers.map((one) => one.paper),
              reactors,
            }));
            expect(plain).toHaveLength(expected.length);
            expect(plain).toEqual(expect.arrayContaining(expected));
          }
        await store.close();
      }),
      { numRuns: 15 },
    );
  });
}

/** What every store holds of messages and reactions. */
export function keepsPostings(open: OpenStore): void {
  keepsMessages(open);
  tellsOfOneChannel(open);
}
