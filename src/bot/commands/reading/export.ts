import type { Citations } from "../../../citation/citations.ts";
import { FILE_ENDINGS, FORMATS, FORMAT_NAMES } from "../../../citation/formats.ts";
import type { Format } from "../../../citation/formats.ts";
import { titlePaperId } from "../../../corpus/identifiers/paper-id.ts";
import type { Entry } from "../../../reading/entries.ts";
import type { ReadingList } from "../../../reading/lists.ts";
import { listWords } from "../../../reading/lists.ts";
import { UserError } from "../../../user-error.ts";
import { pageButtons, pageOptions, pageRange, pageWindow } from "../../cards/pages.ts";
import { counted } from "../../cards/paper-cards.ts";
import type { Services } from "../../command.ts";
import { defineCommand } from "../../command.ts";
import { isTopic } from "../../naming/find-paper.ts";
import { choice } from "../../options.ts";
import type { Card } from "../../reply.ts";
import { answer, textCard } from "../../reply.ts";
import { listOption, mustBeAlone, openReading } from "./reader.ts";

/** The name of the file of a list: `thesis.bib`. */
function fileName({ name }: ReadingList, format: Format): string {
  const slug = name === "" ? "reading-list" : titlePaperId(name).slice("title:".length);
  return `${slug}.${FILE_ENDINGS[format]}`;
}

/** The titles of papers that cannot be cited any more, in a sentence. */
function leftOut(entries: readonly Entry[]): readonly string[] {
  const gone = entries.filter(({ paper }) => paper === undefined).map(({ title }) => `“${title}”`);
  return gone.length === 0
    ? []
    : [`Left out, since this corpus no longer has ${gone.length === 1 ? "it" : "them"}: ${gone.join(", ")}.`];
}

/** The entries of the papers of a list, in the order in which they were saved. */
async function cited(entries: readonly Entry[], format: Format, { library }: Services): Promise<Citations> {
  const papers = entries.flatMap(({ paper }) => (paper === undefined ? [] : [paper]));
  const { citePapers } = await import("../../../citation/citations.ts");
  const { namesakesOf } = await import("../../naming/namesakes.ts");
  return citePapers(papers, {
    format,
    style: { kind: "named", name: "apa" },
    withAbstracts: false,
    namesakes: await namesakesOf(papers, library.index),
  });
}

/** A list as a file. */
export const exportList = defineCommand({
  name: "export",
  description: "Give a list as a file: BibTeX, biblatex, RIS, CSL-JSON, Markdown or text",
  namesOptions: true,
  options: {
    list: { ...listOption, takesLine: true },
    format: choice({ description: "What to write; bibtex is the default", choices: FORMATS }),
    ...pageOptions,
  },
  examples: [
    { line: "export", does: "your reading list as BibTeX" },
    { line: "export thesis format:ris", does: "the list of that name, for a reference manager" },
  ],
  notes: [
    "Papers stand in the order in which they were saved. Where no file can be brought, as in Slack without the scope files:write, the entries come in pages. On the command line they alone are printed: paperboy export --format ris > papers.ris.",
  ],
  // “export controls” is a topic where papers have the words.
  fit: async (words, { library }) =>
    words !== "" && (await isTopic(library.index, `export ${words}`)) ? "topic" : "fits",
  async run({ list: named, format = "bibtex", ...page }, services) {
    const { reading, reader } = await openReading(services);
    const list = await reading.find(reader, named);
    if (list.kind === "own") mustBeAlone(services.caller, "export");
    const entries = await reading.entries(reader, list);
    if (entries.every(({ paper }) => paper === undefined))
      throw new UserError(`Nothing stands in ${listWords(list)} that could be exported.`);
    const all = await cited(entries, format, services);
    const { offset, limit } = pageWindow(page);
    const inPages = services.caller.withoutFiles === true && all.entries.length > limit;
    const shown = inPages ? { ...all, entries: all.entries.slice(offset, offset + limit) } : all;
    const { citationCards } = await import("../../cards/citation-cards.ts");
    const { cards } = citationCards(shown, format, leftOut(entries));
    const { document } = citationCards(all, format, leftOut(entries));
    const words = counted(all.entries.length, "paper");
    const summary = `${FORMAT_NAMES[format]} of ${listWords(list)}: ${inPages ? pageRange(page, shown.entries.length, all.entries.length) : words}`;
    const run = { command: "export", args: { list: list.id, format } };
    const pager: Card = { blocks: [], buttons: pageButtons(run, page, all.entries.length) };
    return answer({
      summary,
      cards: [textCard(summary), ...cards, ...(inPages ? [pager] : [])],
      ...(inPages ? {} : { document: { ...document, name: fileName(list, format), asFile: true } }),
      data: reader.acts.platform === "terminal" ? all.entries.map(({ item }) => ({ ...item })) : [],
    });
  },
});
