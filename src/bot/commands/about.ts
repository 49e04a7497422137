import { formatDate } from "../../corpus/partial-date.ts";
import type { PartialDate } from "../../corpus/partial-date.ts";
import { lastDay } from "../../corpus/partial-date.ts";
import type { LibraryFacts } from "../../library/facts.ts";
import type { Encoding } from "../../search/embedded/meaning/model-vectors.ts";
import type { SourceRecord } from "../../store/store.ts";
import { defineCommand } from "../command.ts";
import { counted } from "../cards/paper-cards.ts";
import type { Fact } from "../reply.ts";
import { answer, plain, prose } from "../reply.ts";

const DAY = 24 * 60 * 60 * 1000;

function age(date: PartialDate, now: Date): string {
  const days = Math.floor((now.getTime() - Date.parse(lastDay(date))) / DAY);
  if (days < 1) return "today";
  return `${counted(days, "day")} ago`;
}

function datesText({ papers, dated, oldest, newest }: LibraryFacts): string {
  if (oldest === undefined || newest === undefined) return "no paper's date is stated";
  const known = dated === papers ? "" : `, known for ${dated} of ${papers}`;
  return `${formatDate(oldest)} to ${formatDate(newest)}${known}`;
}

function ageText({ newest, updatedAt }: LibraryFacts, now: Date): string {
  const parts = [
    newest === undefined
      ? undefined
      : `the newest paper with a date is of ${formatDate(newest)} (${age(newest, now)})`,
    updatedAt === undefined
      ? "the papers are those that came with the program"
      : `papers were last taken in on ${updatedAt.toISOString().slice(0, 10)}`,
  ];
  return parts.filter((part) => part !== undefined).join("; ");
}

/** How far a sentence encoder is, and what that means for answers. */
function encodingText({ encoder, encoded, papers, takesPart, problem }: Encoding): string {
  if (problem !== undefined) return "a sentence encoder is installed, but cannot run; the log says why";
  const name = encoder?.name ?? "a sentence encoder, not open yet,";
  const part = takesPart ? "takes part in searches" : "takes part when it has read nearly all";
  return `${name} has read ${encoded} of ${counted(papers, "paper")}; it ${part}`;
}

const minute = (at: Date): string => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;

function sourceText({ readAt, failedSince }: SourceRecord): string {
  const last = readAt === undefined ? "not read yet" : `last read ${minute(readAt)}`;
  return failedSince === undefined ? last : `${last}; it has failed since ${minute(failedSince)}`;
}

const fact = (label: string, text: string): Fact => ({ label, value: [plain(text)] });

const whereText = ({ engine }: LibraryFacts): string =>
  engine === undefined
    ? "It searches them on this machine, without any other service."
    : `It searches them in ${engine} of whoever runs it, without any other service.`;

/** What the bot knows, and how old it is. */
export const about = defineCommand({
  name: "about",
  description: "Tell what papers there are and how old the data is",
  options: {},
  examples: [{ line: "about", does: "the corpus in figures" }],
  async run(_values, { library, now, sources }) {
    const facts = await library.facts();
    const read = await sources();
    const summary = `Paperboy knows ${counted(facts.papers, "paper")}.`;
    return answer({
      summary,
      cards: [
        {
          heading: [plain("About Paperboy")],
          blocks: [
            prose(plain(`${summary} ${whereText(facts)}`)),
            {
              kind: "facts",
              facts: [
                fact("Papers", String(facts.papers)),
                fact("Dates", datesText(facts)),
                fact("Age of the data", ageText(facts, now())),
                fact("Authors", `names or number known for ${facts.withAuthors}`),
                fact("Organisation", `known for ${facts.withOrganisation}`),
                fact("Comments", `counted for ${facts.withComments}`),
                fact("Read from", facts.sources.join(", ")),
                ...(facts.encoding === undefined ? [] : [fact("Meaning", encodingText(facts.encoding))]),
                ...read.map((source) => fact(source.source, sourceText(source))),
              ],
            },
          ],
          buttons: [],
        },
      ],
      data: [{ ...facts, ...(read.length === 0 ? {} : { live: read }) }],
    });
  },
});
