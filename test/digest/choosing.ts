import type { Choice } from "../../src/digest/choice/choose.ts";
import { choosePapers, rankPapers } from "../../src/digest/choice/choose.ts";
import type { Nearness } from "../../src/digest/ranking/candidate.ts";
import { createDraw } from "../../src/digest/ranking/draw.ts";
import type { Channel } from "../../src/digest/ranking/in-order.ts";
import { scoreAt } from "../../src/digest/ranking/in-order.ts";
import { tabulate } from "../../src/digest/ranking/paper-table.ts";
import type { TopicRows } from "../../src/digest/ranking/pool.ts";
import type { Pools } from "../../src/digest/ranking/pools.ts";
import { openPools } from "../../src/digest/ranking/pools.ts";
import type { Scored } from "../../src/digest/ranking/score.ts";
import { commentsOn, votesOf } from "../../src/digest/ranking/score.ts";
import { standOn } from "../../src/digest/ranking/standing.ts";
import { createTurns } from "../../src/turns.ts";
import { paper } from "./papers.ts";
import type { Choosing, PlainRanking } from "./plain-rule.ts";

/** The candidates of a choice as the program has them. One paper that is about nothing stands for the rest of a corpus. */
async function open({ candidates, place, plan, date, had }: Choosing): Promise<[Pools, Channel]> {
  const { corpus, list, remembered } = candidates;
  const rest = corpus > list.length ? [paper("About nothing")] : [];
  const table = await tabulate([...list.map((one) => one.paper), ...rest], createTurns());
  const rowOf = (id: Parameters<typeof table.rowOf>[0]): number => table.rowOf(id) ?? -1;
  const fits = list.filter(({ fit }) => fit !== undefined);
  const hasTopics = fits.length > 0 || rest.length > 0;
  const topics = [...new Set(fits.map(({ fit }) => fit?.topic ?? ""))].map((text): TopicRows => {
    const about = fits.filter(({ fit }) => fit?.topic === text);
    return {
      text,
      rows: Uint32Array.from(about, (one) => rowOf(one.paper.id)),
      fits: Float64Array.from(about, ({ fit }) => fit?.value ?? 0),
    };
  });
  const enough = (row: number): boolean => {
    const one = table.papers[row];
    return one !== undefined && commentsOn(one) >= plan.minimumComments && votesOf(one) >= plan.minimumVotes;
  };
  const pools = openPools({
    table,
    day: standOn(table, date),
    topics: hasTopics ? topics : undefined,
    enough,
  });
  const near = list.flatMap(({ paper: { id }, nearest }): [number, Nearness][] =>
    nearest === undefined ? [] : [[rowOf(id), nearest]],
  );
  const channel = {
    had: new Set(had.map((one) => rowOf(one.paper)).filter((row) => row >= 0)),
    remembered,
    near: new Map(near),
    taste: new Map(
      list.flatMap(({ paper: { id }, taste }) => (taste === undefined ? [] : [[rowOf(id), taste]])),
    ),
    draw: createDraw(place, date),
  };
  return [pools, channel];
}

/** What the program chooses among some candidates. */
export async function choose(choosing: Choosing): Promise<Choice> {
  // The rows are the papers themselves here.
  return choosePapers(...(await open(choosing)), choosing.plan.runnersUp) as Choice;
}

/** How the program ranks all of some candidates. */
export async function rank(choosing: Choosing): Promise<PlainRanking> {
  const [pools, channel] = await open(choosing);
  const ranking = rankPapers(pools, channel);
  if (ranking.kind === "nothing") return ranking;
  const papers = Array.from(ranking.positions, (position) => scoreAt(ranking.pool, channel, position));
  return { kind: "ranked", archive: ranking.archive, papers: papers as Scored[] };
}
