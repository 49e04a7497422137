import { allMatching } from "../../src/search/matches.ts";
import Database from "libsql";
import type { Paper } from "../../src/corpus/paper.ts";
import type { LocalDate } from "../../src/schedule/slots/local-date.ts";
import { addDays } from "../../src/schedule/slots/local-date.ts";
import { readTopics } from "../../src/search/query/topics.ts";
import type { Plan } from "../../src/digest/subscription.ts";
import type { PaperIndex } from "../../src/search/paper-index.ts";

/** Whose history is put down, of which days (counted from 1), and how chance draws. */
export interface Lived {
  readonly index: PaperIndex;
  readonly random: () => number;
  readonly plans: readonly Plan[];
  readonly first: LocalDate;
  readonly days: readonly [from: number, to: number];
  readonly papers: readonly Paper[];
  /** The key of a channel's place. */
  readonly placeOf: (channel: number) => string;
}

const kept = ({ id }: Paper, date: LocalDate) => ({
  id,
  score: 0.8,
  parts: [
    { kind: "recency", value: 1, ageDays: 0 },
    { kind: "attention", value: 0, votes: 0, comments: 0 },
    { kind: "novelty", value: 0.9, like: `What was read on ${date}` },
  ],
});

/** A digest of four papers as the ledger keeps it. */
function bodyOf(papers: readonly Paper[], date: LocalDate, at: string): string {
  const [paper, ...runnersUp] = papers.map((one) => kept(one, date));
  const content = { kind: "chosen", archive: false, of: 2800, paper, runnersUp };
  return JSON.stringify({ state: { kind: "confirmed", at }, content, message: "1" });
}

/** The papers of each date, of those that match a topic or of all. */
async function byDate({ index, papers }: Lived, topic: string): Promise<Map<string, Paper[]>> {
  const [query] = readTopics(topic, new Date());
  const matching = query === undefined ? undefined : await allMatching(index, query.query);
  const ids = new Set(matching?.map(({ id }) => id));
  const found = matching === undefined ? papers : papers.filter(({ id }) => ids.has(id));
  const dates = new Map<string, Paper[]>();
  for (const paper of found) {
    const day = dates.get(paper.date ?? "") ?? [];
    day.push(paper);
    dates.set(paper.date ?? "", day);
  }
  return dates;
}

/**
 * Writes into the ledger that every channel had a digest of four papers on each of some days: papers of that day about its
 * first topic, drawn for each channel, and others of that day where these do not suffice.
 */
export async function writeHistory(file: string, lived: Lived): Promise<void> {
  const { plans, first, days, random, placeOf } = lived;
  const all = await byDate(lived, "");
  const topics = new Map<string, Map<string, Paper[]>>();
  for (const { topics: text } of plans) {
    const [topic = ""] = text.split(",");
    if (!topics.has(topic)) topics.set(topic, await byDate(lived, topic));
  }
  const db = new Database(file);
  const insert = db.prepare(
    "INSERT INTO slot (subscription, date, place, due_at, written_at, open, body, version) VALUES (?, ?, ?, ?, ?, 0, ?, 3)",
  );
  db.transaction(() => {
    for (const [channel, plan] of plans.entries())
      for (let day = days[0]; day <= days[1]; day++) {
        const date = addDays(first, day - 1);
        const at = `${date}T09:00:00.000Z`;
        const own = topics.get(plan.topics.split(",")[0] ?? "")?.get(date) ?? [];
        const pool = own.length < 4 ? (all.get(date) ?? []) : own;
        const start = Math.floor(random() * pool.length);
        const four = Array.from({ length: 4 }, (_, i) => pool[(start + i) % pool.length]).flatMap(
          (one) => one ?? [],
        );
        insert.run(`s${channel}`, date, placeOf(channel), at, at, bodyOf(four, date, at));
      }
  })();
  db.close();
}
