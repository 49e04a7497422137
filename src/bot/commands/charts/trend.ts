import { allMatching } from "../../../search/matches.ts";
import { countTrend, usualPeriod } from "../../../charts/trend/trend.ts";
import type { Dated, Period, Trend } from "../../../charts/trend/trend.ts";
import { altText, notes, sparkline, table, topicText } from "../../../charts/trend/words.ts";
import type { PaperIndex } from "../../../search/paper-index.ts";
import { parseQuery } from "../../../search/query/parse-query.ts";
import type { SearchQuery } from "../../../search/query/search-query.ts";
import { wordsQuery } from "../../../search/query/search-query.ts";
import { UserError } from "../../../user-error.ts";
import { trendSchema } from "../../cards/record-schemas.ts";
import { defineCommand } from "../../command.ts";
import { choice, requiredText } from "../../options.ts";
import type { Card, DataRecord } from "../../reply.ts";
import { answer, code, codeBlock, plain, prose, strong } from "../../reply.ts";

/** Topics of one picture: more lines cannot be told apart. */
const MOST_TOPICS = 5;
/** Characters of one topic. */
const LONGEST = 100;
/** One hit, where only how many there are is asked. */
const FIRST = { offset: 0, limit: 1 };

/** Cuts `diffusion, "world model", graphs` at the commas that stand in no quotes. */
function readTopics(text: string): readonly string[] {
  const parts = (text.match(/(?:"[^"]*"|“[^”]*”|[^,\n])+/g) ?? []).map((part) => part.trim());
  const topics = [...new Set(parts.filter((part) => part !== ""))];
  const long = topics.find((topic) => topic.length > LONGEST);
  if (long !== undefined)
    throw new UserError(
      `“${long.slice(0, 40)}…” has ${long.length} characters; a topic has at most ${LONGEST}.`,
    );
  if (topics.length === 0) throw new UserError("The trend of what? Name a topic, such as: trend diffusion");
  if (topics.length > MOST_TOPICS)
    throw new UserError(
      `These are ${topics.length} topics; at most ${MOST_TOPICS} are shown at once. Words that belong together stand without a comma between.`,
    );
  return topics;
}

function queryOf(topic: string, now: Date): SearchQuery {
  const parsed = parseQuery(topic, now);
  if (parsed.kind === "search") return parsed.query;
  throw new UserError(
    `“${topic}” names one paper; a trend is of words, such as: trend diffusion, transformers`,
  );
}

/** A topic with the papers that have it, and what to say of words that no paper has. */
interface Found {
  readonly name: string;
  readonly ids: ReadonlySet<string>;
  readonly note?: string;
}

async function findTopic(index: PaperIndex, name: string, now: Date): Promise<Found> {
  const query = queryOf(name, now);
  const { total, corrections, unknown } = await index.search(query, FIRST);
  // A query without a word or a condition would match every paper.
  const words = wordsQuery(query.text);
  const isEmpty = total === 0 && unknown.length === 0 && (await index.search(words, FIRST)).total === 0;
  if (isEmpty)
    throw new UserError(
      `“${name}” has no word to look for. Name a topic, such as: trend curriculum learning`,
    );
  const [wrong] = corrections;
  const lacking = [...corrections.map(({ typed }) => typed), ...unknown];
  if (lacking.length > 0) {
    const meant = wrong === undefined ? "" : ` Did you mean “${wrong.used}”?`;
    return { name, ids: new Set(), note: `No paper has “${lacking.join("”, “")}”.${meant}` };
  }
  return { name, ids: new Set((await allMatching(index, query)).map(({ id }) => id)) };
}

async function datedPapers(index: PaperIndex): Promise<readonly Dated[]> {
  const papers: Dated[] = [];
  for await (const { id, date } of index.records()) papers.push(date === undefined ? { id } : { id, date });
  return papers;
}

const dataOf = ({ spans, topics, period, undated, earlier }: Trend): readonly DataRecord[] =>
  topics.map(({ name, counts, total }) => ({
    topic: name,
    per: period,
    total,
    spans: spans.map((span, i) => ({ ...span, matching: counts[i] ?? 0 })),
    undated,
    earlier,
  }));

function trendCard(trend: Trend, more: readonly string[]): Card {
  const lines = trend.topics.map((topic) =>
    prose(
      code(sparkline(trend, topic)),
      plain(" "),
      strong(topic.name),
      plain(`: ${topicText(trend, topic)}.`),
    ),
  );
  const said = [...more, ...notes(trend)].join(" ");
  return {
    heading: [plain(`Trends per ${trend.period}`)],
    blocks: [...lines, codeBlock(table(trend)), ...(said === "" ? [] : [prose(plain(said))])],
    buttons: trend.topics.map(({ name }, i) => ({
      kind: "run",
      label: trend.topics.length === 1 ? "Papers" : `Papers on ${name}`,
      key: String(i + 1),
      run: { command: "search", args: { query: name } },
    })),
  };
}

const PERIODS: readonly Period[] = ["month", "year"];

/** How often words come up over time. */
export const trend = defineCommand({
  name: "trend",
  description: "Show how often words or topics come up over time, as shares of all papers",
  record: trendSchema,
  namesOptions: true,
  options: {
    words: requiredText({
      description: `Up to ${MOST_TOPICS} topics with commas between, such as: diffusion, "world model"`,
      brief: `Up to ${MOST_TOPICS} topics, commas between`,
      missing:
        "The trend of what? Name a topic, or several with commas between, such as: trend diffusion, transformers",
      maxLength: 600,
      takesLine: true,
    }),
    per: choice({
      description: "The times that are counted; months where the papers lie within three years",
      brief: "The times that are counted",
      choices: PERIODS,
    }),
  },
  examples: [
    { line: "trend diffusion", does: "how often papers have the word, month by month" },
    { line: "trend reinforcement learning, diffusion per:year", does: "two topics, year by year" },
  ],
  notes: [
    "A paper has a topic when it has all its words, as in a search; quotes make them a phrase. Shares are of all papers of that time. Times with few papers are marked, and papers without a date are counted and told.",
  ],
  // “trend analysis” is a topic where papers have these words beside each other.
  async fit(words, { library }) {
    const [first = ""] = words.split(/[\s,]/);
    if (first === "" || /[,"“]/.test(words)) return "fits";
    const query = { ...wordsQuery(`trend ${first}`), phrases: [`trend ${first}`] };
    return (await library.index.search(query, FIRST)).total > 0 ? "topic" : "fits";
  },
  async run({ words, per }, { library, now }) {
    const topics = readTopics(words);
    const at = now();
    const found = await Promise.all(topics.map((topic) => findTopic(library.index, topic, at)));
    const papers = await datedPapers(library.index);
    const counted = countTrend(papers, found, { period: per ?? usualPeriod(papers), now: at });
    if (counted.spans.length === 0)
      throw new UserError("No paper here has a date, so that nothing can be told over time.");
    const more = found.flatMap(({ note }) => (note === undefined ? [] : [note]));
    const named = topics.map((topic) => `“${topic}”`).join(", ");
    return answer({
      summary: `How often ${named} ${topics.length === 1 ? "comes" : "come"} up, per ${counted.period}. ${counted.topics.map((topic) => `“${topic.name}”: ${topicText(counted, topic)}`).join(". ")}`,
      cards: [trendCard(counted, more)],
      data: dataOf(counted),
      picture: { name: "trend", alt: altText(counted), chart: { kind: "trend", trend: counted } },
    });
  },
});
