import type { Paper } from "../../../corpus/paper.ts";
import type { ReadingList } from "../../../reading/lists.ts";
import { listWords } from "../../../reading/lists.ts";
import { MAX_NOTE } from "../../../reading/notes.ts";
import type { Saved } from "../../../reading/reading.ts";
import { counted } from "../../cards/paper-cards.ts";
import type { Services } from "../../command.ts";
import { defineCommand } from "../../command.ts";
import { chooseReply } from "../../naming/choose-paper.ts";
import { fitAsName, isTopic } from "../../naming/find-paper.ts";
import { findNamedPapers, MAX_NAMED } from "../../naming/named-papers.ts";
import { papersOfNumbers } from "../../naming/numbers.ts";
import { optionalText, requiredText } from "../../options.ts";
import type { Button, Invocation } from "../../reply.ts";
import { answer, textCard } from "../../reply.ts";
import { listOption, openReading } from "./reader.ts";

/** Lists of the channel that are offered below what was saved. */
const OFFERED = 3;

const saving = (papers: readonly Pick<Paper, "id">[], list: string | undefined): Invocation => ({
  command: "save",
  args: { paper: papers.map(({ id }) => id).join("; "), ...(list === undefined ? {} : { list }) },
});

/** What was saved where, in a sentence. */
function savedWords({ added, there }: Saved, list: ReadingList): string {
  const [first] = added;
  const again =
    there.length === 0 ? "" : ` ${there.length === 1 ? "One" : there.length} of them stood there already.`;
  if (first === undefined) {
    const [only, ...others] = there;
    const what =
      only !== undefined && others.length === 0 ? `“${only.title}” stands` : `All ${there.length} stand`;
    return `${what} in ${listWords(list)} already.`;
  }
  const what = added.length === 1 ? `“${first.title}”` : counted(added.length, "paper");
  return `Saved to ${listWords(list)}: ${what}.${again}`;
}

/** Lists to save the same papers into, and the list itself. */
function buttonsBelow(
  papers: readonly Paper[],
  list: ReadingList,
  lists: readonly ReadingList[],
): readonly Button[] {
  const others = lists.filter(({ id, kind }) => kind === "shared" && id !== list.id).slice(0, OFFERED);
  return [
    { kind: "run", label: "Show the list", key: "l", run: { command: "list show", args: { list: list.id } } },
    ...others.map(({ id, name }, i): Button => ({
      kind: "run",
      label: `Also to “${name}”`,
      key: `+${i + 1}`,
      run: saving(papers, id),
    })),
  ];
}

/** Whether words behind a verb name papers to do something with, or are a topic with it: “save the planet”. */
export async function fitAsPapers(
  words: string,
  { library, keys }: Pick<Services, "library" | "keys">,
): Promise<"fits" | "may-fit" | "topic"> {
  if (words === "" || papersOfNumbers(words, keys?.() ?? new Map()) !== undefined) return "fits";
  const fit = await fitAsName(library.index, words);
  return fit === "may-fit" && (await isTopic(library.index, words)) ? "topic" : fit;
}

/** Saves papers into a list. */
export const save = defineCommand({
  name: "save",
  description: "Save papers to your reading list, or to a list of this channel",
  namesOptions: true,
  beside: true,
  options: {
    paper: requiredText({
      description: "Titles, links, DOIs or ids with semicolons between, or numbers of the last list: 1-5",
      brief: "Titles, links, DOIs, ids, or numbers",
      missing: "Save which paper? Give a title, a part of it, a link or an id, such as: save FastDINOv2",
      maxLength: 4000,
      takesLine: true,
      completedBy: "titles",
    }),
    list: listOption,
    note: optionalText({
      description: `A note about it, which you alone read, in at most ${MAX_NOTE} characters`,
      brief: "A note that you alone read",
      maxLength: MAX_NOTE,
      isProse: true,
    }),
  },
  fit: fitAsPapers,
  examples: [
    { line: "save FastDINOv2", does: "to your own reading list, which nobody else sees" },
    { line: "save 1-3 list:thesis", does: "the first three of the last list, to a list of that name" },
  ],
  notes: [
    `Up to ${MAX_NAMED} papers are saved at once. What is saved twice stands once. A list of the channel shows how many saved a paper, and to nobody what stands in your own.`,
  ],
  async run({ paper: text, list: named, note: written }, services) {
    const { reading, reader } = await openReading(services);
    const list = await reading.find(reader, named);
    const found = await findNamedPapers(text, services);
    if (found.kind === "none") {
      const run = (paper: Paper) => saving([paper], named);
      return chooseReply(text, found.found, { run, label: "Save" }, services);
    }
    const { papers, missed } = found;
    const note =
      missed.length === 0
        ? []
        : [`Not saved, since no title or several fit: ${missed.map((name) => `“${name}”`).join(", ")}.`];
    if (papers.length === 0)
      return answer({ summary: note.join(""), tone: "missing", cards: [textCard(...note)] });
    const summary = savedWords(await reading.save(reader, list, papers), list);
    if (written !== undefined)
      for (const paper of papers) await reading.note(reader, paper, { text: written, shared: false });
    const buttons = buttonsBelow(papers, list, await reading.lists(reader));
    return answer({
      summary,
      cards: [{ ...textCard(summary, ...note), buttons }],
      again: saving(papers, named),
    });
  },
});
