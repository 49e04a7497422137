import { allMatching } from "../../src/search/matches.ts";
import type { Paper } from "../../src/corpus/paper.ts";
import type { Matched } from "../../src/follow/matching.ts";
import { createMatching } from "../../src/follow/matching.ts";
import type { Wish } from "../../src/follow/wish.ts";
import { queriesOf } from "../../src/follow/wish.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { readCorpus } from "./corpus.ts";
import { rounded } from "./statistics.ts";

const FOLLOWS = 10_000;
const NEW = 500;

/** Single searches that are made and then reckoned up: all of them would take minutes. */
const SEARCHED = 500;

/** A wish such as people have, drawn from a paper: its first author, two or three words of its title, or papers like it. */
function wishOf({ id, title, authors }: Paper, i: number): Wish {
  if (i % 20 === 0) return { kind: "like", paper: id, title };
  const name = authors?.kind === "named" ? authors.names[0] : undefined;
  if (i % 3 === 0 && name !== undefined) return { kind: "author", name };
  if (i % 50 === 1) return { kind: "org", name: "nvidia" };
  const words = title.split(/[^\p{L}]+/u).filter((word) => word.length > 4);
  return { kind: "search", words: words.slice(0, 2 + (i % 2)).join(" ") || title };
}

/** Matches 10,000 follows with 500 new papers of an index, beside a loop over single searches of the same index. */
export async function* measureFollows(count: number): AsyncGenerator<object> {
  const papers = await readCorpus(count);
  const index = createEmbeddedIndex();
  await index.add(papers);
  const createdAt = new Date("2026-11-20T12:00:00Z");
  const step = Math.max(1, Math.floor(papers.length / FOLLOWS));
  const follows: Matched[] = Array.from({ length: FOLLOWS }, (_none, i) => {
    const paper = papers[(i * step) % papers.length];
    if (paper === undefined) throw new Error("there are no papers");
    return { id: `f${i}`, createdAt, plan: { wish: wishOf(paper, i) } };
  });
  const fresh = papers.slice(-NEW);
  const match = createMatching(index);
  const words = follows.filter(({ plan }) => plan.wish.kind !== "like");
  let found = 0;
  /** Seconds on the clock and of the processor that a run takes. */
  const measure = async (some: readonly Matched[]): Promise<readonly [number, number]> => {
    const [began, used] = [performance.now(), process.cpuUsage()];
    found = (await match(some, fresh)).length;
    const { user, system } = process.cpuUsage(used);
    return [rounded((performance.now() - began) / 1000), rounded((user + system) / 1e6)];
  };
  const first = await measure(follows);
  const warm = await measure(follows);
  const matches = found;
  const ofWords = await measure(words);
  const ids = new Set(fresh.map(({ id }) => id));
  const searches = words.slice(0, SEARCHED);
  const began = performance.now();
  let searched = 0;
  for (const { plan } of searches)
    for (const query of queriesOf(plan.wish, createdAt))
      searched += (await allMatching(index, query)).filter(({ id }) => ids.has(id)).length;
  const loop = (((performance.now() - began) / 1000) * FOLLOWS) / searches.length;
  yield {
    follows: FOLLOWS,
    papers: papers.length,
    new: fresh.length,
    matches,
    "first, s and s of the processor": first,
    again: warm,
    "again, without those that are like a paper": ofWords,
    loopOverSearchesSeconds: rounded(loop),
    foundByTheSearchesMade: searched,
  };
}
