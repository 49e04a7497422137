import { fold } from "../../corpus/fold.ts";
import type { Paper, PaperId } from "../../corpus/paper.ts";
import type { Posted, PostedAs, PostedPaper } from "../../store/kept/postings.ts";
import { daySpan, knownWords, reactionsWords } from "../cards/here/known-here.ts";
import { pageButtons, pageOptions, pageRange, pageWindow } from "../cards/pages.ts";
import { counted, listedCard, paperRecord } from "../cards/paper-cards.ts";
import type { Services } from "../command.ts";
import { defineCommand } from "../command.ts";
import { optionalText } from "../options.ts";
import type { Block, Card, Reply } from "../reply.ts";
import { answer, plain, prose, textCard } from "../reply.ts";

/** How a message came to be, behind its day. */
const AS: Readonly<Record<PostedAs, string>> = {
  answer: "in an answer",
  share: "shared by somebody",
  link: "below a link",
  digest: "in a digest",
  follow: "as something followed",
  club: "by the journal club",
};

/** A paper that a channel had: the messages that carried it, the newest first. */
interface Seen extends PostedPaper {
  readonly messages: readonly Posted[];
  /** Absent where it was removed from the corpus. */
  readonly known?: Paper;
}

/** Each paper once, under the id that it has by now, by its newest message. */
async function papersOf(messages: readonly Posted[], { library }: Services): Promise<readonly Seen[]> {
  const ids = [...new Set(messages.flatMap(({ papers }) => papers.map(({ paper }) => paper)))];
  const known = new Map<string, Paper>();
  for (const id of ids) {
    const paper = await library.index.get(id as PaperId);
    if (paper !== undefined) known.set(id, paper);
  }
  const seen = new Map<string, Seen>();
  for (const message of messages)
    for (const posted of message.papers) {
      const paper = known.get(posted.paper);
      const id = paper?.id ?? posted.paper;
      const before = seen.get(id);
      // A message that had a paper under two ids counts once.
      const among =
        before?.messages.includes(message) === true
          ? before.messages
          : [...(before?.messages ?? []), message];
      const title = paper?.title ?? posted.title;
      seen.set(id, { paper: id, title, messages: among, ...(paper === undefined ? {} : { known: paper }) });
    }
  return [...seen.values()];
}

/** What a filter asks for: words, and phrases in quotes. */
function partsOf(words: string): readonly string[] {
  const parts = words.matchAll(/["“”„«»]([^"“”„«»]+)["“”„«»]|[^\s"“”„«»]+/g);
  return Array.from(parts, ([whole, phrase]) => fold(phrase ?? whole).trim()).filter((part) => part !== "");
}

/** Whether all parts stand in the title, or in the names of authors and the organisation. */
function has({ title, known }: Seen, parts: readonly string[]): boolean {
  const names = known?.authors?.kind === "named" ? known.authors.names : [];
  const text = fold([title, ...names, known?.organisation?.name ?? ""].join("\n"));
  return parts.every((part) => text.includes(part));
}

async function seenCard(seen: Seen, number: number, services: Services): Promise<Card> {
  const { messages, known, title } = seen;
  const [last, ...before] = messages;
  if (last === undefined) return textCard(title);
  const words = [
    AS[last.as],
    ...(before.length === 0 ? [] : [`${counted(before.length, "time")} before`]),
    ...[reactionsWords(messages)].filter((one) => one !== ""),
    ...(known === undefined ? ["no longer in this corpus"] : await knownWords(services, known)),
  ];
  const line: Block = prose(plain("Posted on "), daySpan(last), plain(` ${words.join(" · ")}`));
  if (known === undefined) return { heading: [plain(`${number}. ${title}`)], blocks: [line], buttons: [] };
  return listedCard({ number, paper: known, lines: [line] });
}

/** What is said where there is nothing to show. */
const wordsAlone = (summary: string): Reply => answer({ summary, cards: [textCard(summary)] });

/** What a channel had, the newest first. */
export const seen = defineCommand({
  name: "seen",
  description: "Show the papers that were posted in this channel, the newest first",
  options: {
    words: optionalText({
      description: "Words of the title, an author or the organisation",
      brief: "Words of the title or an author",
      takesLine: true,
    }),
    ...pageOptions,
  },
  examples: [
    { line: "seen", does: "what I posted in this channel: answers, digests, cards below links" },
    { line: "seen curriculum", does: "those with the word in the title, or of an author of that name" },
    { line: 'seen "language models"', does: "those with the phrase" },
  ],
  notes: [
    "Each paper stands once, with the way to its last message, how many reacted, who saved it here and how many notes are shared. Private answers and direct messages are never among them, and other channels neither. A message is remembered for three years.",
  ],
  // “seen and unseen classes” is a topic; “seen curriculum” asks for what was posted, though papers have both words.
  fit: (words) =>
    Promise.resolve(/^(and|or|vs|versus|by|in|during|classes|categories)\b/i.test(words) ? "topic" : "fits"),
  async run({ words, ...page }, services) {
    const { caller, memory } = services;
    if (caller.place === undefined || memory === undefined)
      return wordsAlone(
        "Nothing is posted here. In a channel of Discord or Slack, /paper seen shows what I posted there.",
      );
    if (caller.place.direct === true)
      return wordsAlone(
        "What we two talk about is not kept. In a channel, /paper seen shows what I posted there.",
      );
    const all = await papersOf(await (await memory()).newest(caller.place), services);
    const parts = partsOf(words ?? "");
    const papers = all.filter((one) => has(one, parts));
    const about = parts.length === 0 ? "" : ` with ${parts.map((part) => `“${part}”`).join(" and ")}`;
    const { offset, limit } = pageWindow(page);
    const shown = papers.slice(offset, offset + limit);
    if (shown.length === 0)
      return wordsAlone(
        papers.length > 0
          ? `Posted in this channel${about}: ${counted(papers.length, "paper")}, and no page ${page.page}.`
          : all.length === 0
            ? "I have posted no paper in this channel yet."
            : `None of the ${counted(all.length, "paper")} posted in this channel is one${about}.`,
      );
    const summary = `Posted in this channel${about}: ${pageRange(page, shown.length, papers.length)}, the newest first.`;
    const run = { command: "seen", args: words === undefined ? {} : { words } };
    const cards = await Promise.all(shown.map((one, i) => seenCard(one, offset + i + 1, services)));
    return answer({
      summary,
      list: { ...page, total: papers.length },
      retells: true,
      cards: [textCard(summary), ...cards, { blocks: [], buttons: pageButtons(run, page, papers.length) }],
      data: shown.map(({ paper, title, known, messages }) => ({
        ...(known === undefined ? { id: paper, title, removed: true } : paperRecord(known)),
        postedAt: messages[0]?.postedAt.toISOString(),
        messages: messages.length,
        ...(messages[0]?.link === undefined ? {} : { message: messages[0].link }),
      })),
    });
  },
});
