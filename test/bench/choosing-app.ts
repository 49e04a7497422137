import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Paper } from "../../src/corpus/paper.ts";
import { parsePartialDate } from "../../src/corpus/partial-date.ts";
import { createBook } from "../../src/digest/book.ts";
import type { Courier } from "../../src/digest/courier.ts";
import { createDigests } from "../../src/digest/digests.ts";
import { addDays, parseLocalDate } from "../../src/schedule/slots/local-date.ts";
import type { Place } from "../../src/schedule/place.ts";
import { DEFAULT_PLAN } from "../../src/digest/subscription.ts";
import { placeKey } from "../../src/schedule/place.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { createWordTable } from "../../src/search/meaning/word-table.ts";
import { guardStore } from "../../src/store/guarded.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { readCorpus } from "./corpus.ts";
import { writeHistory } from "./history.ts";
import { rounded } from "./statistics.ts";
import { seededRandom } from "./questions.ts";

/**
 * How long choosing and claiming takes where many digests are due in the same minute and nothing else takes time:
 * `choosing-app PAPERS SUBSCRIPTIONS`. 200 papers come a day, and nobody has voted; half of the channels have one to three
 * of 40 topics. The first two days are lived through; what the channels had until the thirtieth is put down.
 */
const [size = "20000", count = "10000"] = process.argv.slice(2);
const PAPERS_A_DAY = 200;
const DAYS = 30;
const FIRST = parseLocalDate("2026-03-02")!;
const CREATED = new Date("2026-03-01T12:00:00Z");

const TOPICS = [
  "graph neural networks, reinforcement learning, stream processing, language model, image segmentation",
  "distributed systems, scheduling, convolutional networks, sentiment analysis, machine translation, cryptography",
  "wireless networks, object detection, knowledge graph, approximation algorithm, robot navigation, privacy",
  "recommendation, speech recognition, question answering, adversarial examples, data compression, blockchain",
  "formal verification, program synthesis, parallel computing, optimization, clustering, feature selection",
  "transfer learning, visual tracking, anomaly detection, sensor networks, game theory, logic programming",
  "human robot interaction, software testing, semantic web, edge computing, social networks",
]
  .join(", ")
  .split(", ");

/** The papers, so many of each day up to the last that is measured. */
async function datedPapers(): Promise<Paper[]> {
  const last = addDays(FIRST, DAYS - 1);
  return (await readCorpus(Number(size))).map((paper, i) => {
    const date = parsePartialDate(addDays(last, -Math.floor(i / PAPERS_A_DAY)));
    return { ...paper, ...(date === undefined ? {} : { date }) };
  });
}

function topicsFor(channel: number, random: () => number): string {
  if (channel % 2 === 0) return "";
  const many = 1 + Math.floor(random() * 3);
  const drawn = Array.from({ length: many }, () => TOPICS[Math.floor(random() * TOPICS.length)]);
  return [...new Set(drawn)].join(", ");
}

const placeOf = (channel: number): Place => ({ platform: "bench", server: "1", channel: String(channel) });

const folder = await mkdtemp(path.join(tmpdir(), "paperboy-choosing-"));
const file = path.join(folder, "paperboy.sqlite");
let now = CREATED;
const log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: (message: string, context?: object) => {
    process.stderr.write(`${message} ${JSON.stringify(context)}\n`);
  },
};
const store = guardStore(await openSqliteStore(file, () => now), { name: file, file, log });
const book = createBook(store, () => now);
const papers = await datedPapers();
const index = createEmbeddedIndex(undefined, { table: createWordTable("data/meaning") });
await index.add(papers);
const random = seededRandom(20_261_130);
const plans = Array.from({ length: Number(count) }, (_, channel) => ({
  ...DEFAULT_PLAN,
  days: [1, 2, 3, 4, 5, 6, 7] as const,
  topics: topicsFor(channel, random),
  delivery: "channel" as const,
}));
for (const [channel, plan] of plans.entries())
  await book.put({
    id: `s${channel}`,
    place: placeOf(channel),
    createdBy: "1",
    createdAt: CREATED,
    scheduledSince: CREATED,
    plan,
    state: { kind: "active" },
  });
const digests = createDigests({ store, index, now: () => now, log, newId: () => "bench" });
// The word vectors of all papers are made before anything is measured.
await index.save("bench");
await sleep(Math.max(2000, papers.length / 5));

let posted = 0;
/** Takes all that comes at once. */
const courier: Courier = {
  width: 12,
  async deliver() {
    posted++;
    return { kind: "sent", message: String(posted) };
  },
  find: () => Promise.resolve(undefined),
  tell: () => Promise.resolve(),
};

async function live(day: number): Promise<void> {
  now = new Date(`${addDays(FIRST, day - 1)}T09:00:00Z`);
  posted = 0;
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const [started, used] = [performance.now(), process.cpuUsage()];
  await digests.tick(new Map([["bench", courier]]));
  const { user, system } = process.cpuUsage(used);
  const seconds = (performance.now() - started) / 1000;
  await sleep(50);
  delay.disable();
  process.stdout.write(
    `${JSON.stringify({
      choosing: `day ${day}`,
      subscriptions: plans.length,
      papers: papers.length,
      posted,
      seconds: rounded(seconds),
      cpuSeconds: rounded((user + system) / 1e6),
      eventLoopDelayP99: rounded(delay.percentile(99) / 1e6),
      eventLoopDelayMax: rounded(delay.max / 1e6),
    })}\n`,
  );
}

await live(1);
await live(2);
await writeHistory(file, {
  index,
  random,
  plans,
  first: FIRST,
  days: [3, DAYS - 1],
  papers,
  placeOf: (channel) => placeKey(placeOf(channel)),
});
await live(DAYS);
await store.close();
await rm(folder, { recursive: true });
