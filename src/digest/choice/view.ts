import { allMatching } from "../../search/matches.ts";
import type { Paper, PaperId } from "../../corpus/paper.ts";
import type { PaperIndex } from "../../search/paper-index.ts";
import type { Turns } from "../../turns.ts";
import { createTurns } from "../../turns.ts";
import type { Nearness } from "../ranking/candidate.ts";
import { createDraw } from "../ranking/draw.ts";
import type { Channel } from "../ranking/in-order.ts";
import type { PaperTable } from "../ranking/paper-table.ts";
import { tabulate } from "../ranking/paper-table.ts";
import type { TopicRows } from "../ranking/pool.ts";
import type { Pools } from "../ranking/pools.ts";
import { openPools } from "../ranking/pools.ts";
import { remember } from "../ranking/remember.ts";
import type { Judged, Scored } from "../ranking/score.ts";
import { commentsOn, votesOf } from "../ranking/score.ts";
import type { Day } from "../ranking/standing.ts";
import { standOn } from "../ranking/standing.ts";
import type { LocalDate } from "../../schedule/slots/local-date.ts";
import type { Slot } from "../../schedule/slots/slots.ts";
import type { Place } from "../../schedule/place.ts";
import type { Plan } from "../subscription.ts";
import type { Lesson } from "../../taste/learn.ts";
import { round } from "../../taste/learn.ts";
import type { Pull, TasteReason } from "../../taste/pull.ts";
import { pullOf } from "../../taste/pull.ts";
import type { Had } from "./had.ts";
import { latestPapersOfTheDay } from "./had.ts";
import type { Topic } from "../../search/query/topics.ts";
import { readTopics } from "../../search/query/topics.ts";

/** Only so many neighbours of a paper are like it; what comes after them shares the words of its field and no more. */
const NEIGHBOURS = 20;

/** Rows of topics and of pools that are kept for the next channel: some 30 MB each. */
const KEPT_ROWS = 2_000_000;

/** What a topic, a pool or the topics of a plan weigh besides their rows. */
const WEIGHT = 100;

/** Steps of looking at a row of the table or of a topic, and of all that is done for one channel. */
const ROW_STEPS = 30;
const CHANNEL_STEPS = 100_000;

/** Steps of reading the record of a paper. */
const RECORD_STEPS = 1000;

/** Steps of looking whether a paper is near another. */
const NEAR_STEPS = 100;

/**
 * The papers of one moment as digests see them. What many channels have in common is made ready once: how papers stand on a
 * day, which are about a topic, their order, and which are like one another.
 */
export interface View {
  /** What a digest of a plan could bring. Throws a UserError for topics that cannot be read. */
  readonly pools: (
    plan: Pick<Plan, "topics" | "minimumComments" | "minimumVotes">,
    slot: Slot,
  ) => Promise<Pools>;
  /** A channel that has had some papers, on a day, and what was reacted there as far as it counts then. */
  readonly channel: (
    place: Place,
    date: LocalDate,
    had: readonly Had[],
    lessons: readonly Lesson[],
  ) => Promise<Channel>;
  /** What a channel has had, by the ids that its papers have now: one known by its title may have got an identifier since. */
  readonly current: (had: readonly Had[]) => Promise<readonly Had[]>;
  /** The id that a paper has now. */
  readonly idNow: (paper: PaperId) => Promise<PaperId>;
  /** A scored paper with its texts. Rejects where the papers have changed so much since that it is none of them. */
  readonly whole: (scored: Scored<Judged>) => Promise<Scored>;
  /** Gives way to other work where that is due. */
  readonly pause: () => Promise<void>;
}

/** What a view is made of. */
interface Seen {
  readonly index: PaperIndex;
  readonly table: PaperTable;
  readonly turns: Turns;
}

/** The rows of the papers that match a topic, each with how well it fits. */
type Fitting = Pick<TopicRows, "rows" | "fits">;

async function matchTopic({ index, table, turns }: Seen, { query }: Topic): Promise<Fitting> {
  const matches = await allMatching(index, query);
  turns.spend(matches.length * ROW_STEPS);
  await turns.pause();
  // Scores of one search compare with each other only, so the best paper of the corpus is the measure.
  const best = matches.reduce((most, { score }) => Math.max(most, score), 0);
  const known = matches.flatMap(({ id, score }) => {
    const row = table.rowOf(id);
    return row === undefined ? [] : [{ row, fit: best > 0 ? score / best : 1 }];
  });
  return {
    rows: Uint32Array.from(known, ({ row }) => row),
    fits: Float64Array.from(known, ({ fit }) => fit),
  };
}

/** The papers near one, as rows, the nearest first. */
interface Neighbours {
  readonly paper: Pick<Paper, "id" | "title">;
  readonly rows: Uint32Array;
  readonly similarities: Float64Array;
}

async function findNeighbours({ index, table, turns }: Seen, id: PaperId): Promise<Neighbours | undefined> {
  const paper = await index.get(id);
  if (paper === undefined) return undefined;
  // One answer gives way by itself only where it is long; many in a row would hold up all else.
  turns.spend(table.papers.length * NEAR_STEPS);
  await turns.pause();
  const hits = (await index.nearest(id, NEIGHBOURS)).flatMap(({ id: near, score }) => {
    const row = table.rowOf(near);
    return row === undefined ? [] : [{ row, similarity: Math.min(1, score) }];
  });
  return {
    paper: { id: paper.id, title: paper.title },
    rows: Uint32Array.from(hits, ({ row }) => row),
    similarities: Float64Array.from(hits, ({ similarity }) => similarity),
  };
}

/** For each row that is near one of some papers, the nearest of them; of equally near ones the first. */
function nearestOf(all: readonly (Neighbours | undefined)[]): Map<number, Nearness> {
  const nearest = new Map<number, Nearness>();
  for (const one of all)
    for (const [i, row] of one?.rows.entries() ?? []) {
      const similarity = one?.similarities[i] ?? 0;
      if (one !== undefined && similarity > (nearest.get(row)?.similarity ?? 0))
        nearest.set(row, { paper: one.paper, similarity });
    }
  return nearest;
}

/** A paper that was reacted to, with what is near it. */
interface Taught {
  readonly lesson: Lesson;
  /** Its own row; absent where the papers have it no more. */
  readonly row: number | undefined;
  readonly near: Neighbours | undefined;
}

/** For each row that reactions move, by how much. */
function pullsOf(all: readonly Taught[]): Map<number, Pull> {
  const reasons = new Map<number, TasteReason[]>();
  const add = (row: number, { paper, title, weight }: Lesson, similarity: number): void => {
    const reason = { paper, title, weight, similarity: round(similarity) };
    reasons.set(row, [...(reasons.get(row) ?? []), reason]);
  };
  for (const { lesson, row: own, near } of all) {
    if (own !== undefined) add(own, lesson, 1);
    for (const [i, row] of near?.rows.entries() ?? [])
      if (row !== own) add(row, lesson, near?.similarities[i] ?? 0);
  }
  const pulls = Array.from(reasons, ([row, because]) => [row, pullOf(because)] as const);
  return new Map(pulls.flatMap(([row, pull]) => (pull === undefined ? [] : [[row, pull] as const])));
}

const weigh = ({ rows }: { readonly rows: Uint32Array }): number => WEIGHT + rows.length;

/** Finds the pools of plans; what plans have in common is made once. */
function createPoolFinder(seen: Seen): View["pools"] {
  const { table, turns } = seen;
  const read = remember<Topic[]>(KEPT_ROWS, () => WEIGHT);
  const days = remember<Day>(KEPT_ROWS, () => table.papers.length);
  const topics = remember<Fitting>(KEPT_ROWS, weigh);
  const pools = remember<Pools>(KEPT_ROWS, ({ fresh }) => weigh(fresh));
  const find = async (topic: Topic): Promise<TopicRows> => ({
    text: topic.text,
    ...(await topics.get(JSON.stringify(topic.query), () => matchTopic(seen, topic))),
  });
  return async (plan, { date, dueAt }) => {
    const { minimumComments, minimumVotes } = plan;
    const asked = JSON.stringify([plan.topics, dueAt]);
    const wanted = await read.get(asked, async () => readTopics(plan.topics, dueAt));
    return pools.get(JSON.stringify([asked, date, minimumComments, minimumVotes]), async () => {
      const day = await days.get(date, async () => {
        turns.spend(table.papers.length * ROW_STEPS);
        await turns.pause();
        return standOn(table, date);
      });
      const found: TopicRows[] = [];
      for (const topic of wanted) found.push(await find(topic));
      const rows = found.reduce((sum, one) => sum + one.rows.length, 0);
      turns.spend((table.papers.length + rows) * ROW_STEPS);
      await turns.pause();
      const enough = (row: number): boolean => {
        const paper = table.papers[row];
        return paper !== undefined && commentsOn(paper) >= minimumComments && votesOf(paper) >= minimumVotes;
      };
      return openPools({ table, day, topics: wanted.length === 0 ? undefined : found, enough });
    });
  };
}

/** Looks at the papers of an index as they are now. */
async function look(index: PaperIndex): Promise<View> {
  const turns = createTurns();
  const all: Judged[] = [];
  for await (const { id, date, comments, upvotes, status } of index.records()) {
    all.push({
      id,
      ...(date === undefined ? {} : { date }),
      ...(comments === undefined ? {} : { comments }),
      ...(upvotes === undefined ? {} : { upvotes }),
      ...(status === undefined ? {} : { status }),
    });
    turns.spend(RECORD_STEPS);
    if (turns.due()) await turns.pause();
  }
  const table = await tabulate(all, turns);
  const seen = { index, table, turns };
  const neighbours = remember<Neighbours | undefined>(KEPT_ROWS, (near) => WEIGHT + (near?.rows.length ?? 0));
  const renamed = remember<PaperId>(KEPT_ROWS, () => WEIGHT);
  const currentId = (id: PaperId): Promise<PaperId> =>
    renamed.get(id, async () => (await index.get(id))?.id ?? id);
  const current = async (had: readonly Had[]): Promise<readonly Had[]> => {
    const strange = had.map(({ paper }) => paper).filter((id) => table.rowOf(id) === undefined);
    const ids = new Map(await Promise.all(strange.map(async (id) => [id, await currentId(id)] as const)));
    return had.map((one) => ({ ...one, paper: ids.get(one.paper) ?? one.paper }));
  };
  return {
    current,
    idNow: (id) => (table.rowOf(id) === undefined ? currentId(id) : Promise.resolve(id)),
    pools: createPoolFinder(seen),
    async channel(place, date, before, lessons) {
      const had = await current(before);
      const latest = latestPapersOfTheDay(had);
      const near: (Neighbours | undefined)[] = [];
      for (const id of latest) near.push(await neighbours.get(id, () => findNeighbours(seen, id)));
      const taught: Taught[] = [];
      for (const lesson of lessons) {
        const { paper } = lesson;
        const found = await neighbours.get(paper, () => findNeighbours(seen, paper));
        taught.push({ lesson, row: table.rowOf(paper), near: found });
      }
      turns.spend(CHANNEL_STEPS);
      return {
        had: new Set(had.flatMap(({ paper }) => table.rowOf(paper) ?? [])),
        remembered: latest.length,
        near: nearestOf(near),
        taste: pullsOf(taught),
        draw: createDraw(place, date),
      };
    },
    async whole(scored) {
      const paper = await index.get(scored.paper.id);
      if (paper === undefined) throw new Error(`${scored.paper.id} was chosen and is no more`);
      return { ...scored, paper };
    },
    pause: turns.pause,
  };
}

/** The view of an index as it is now; the same one as long as the index does not change. */
export function createViews(index: PaperIndex): () => Promise<View> {
  let latest: { readonly version: number; readonly view: Promise<View> } | undefined;
  return () => {
    const version = index.version();
    if (latest?.version === version) return latest.view;
    const view = look(index);
    latest = { version, view };
    view.catch(() => (latest = undefined));
    return view;
  };
}
