import type { Citation } from "../../citation/citations.ts";
import type { Format } from "../../citation/formats.ts";
import { FORMATS, FORMAT_NAMES } from "../../citation/formats.ts";
import type { StyleChoice, StyleName } from "../../citation/style.ts";
import { STYLES } from "../../citation/style.ts";
import type { Paper } from "../../corpus/paper.ts";
import { UserError } from "../../user-error.ts";
import { chooseReply } from "../naming/choose-paper.ts";
import { defineCommand } from "../command.ts";
import { fitAsName } from "../naming/find-paper.ts";
import { MAX_NAMED, findNamedPapers } from "../naming/named-papers.ts";
import { papersOfNumbers } from "../naming/numbers.ts";
import { citationSchema } from "../cards/record-schemas.ts";
import { choice, optionalText, requiredText } from "../options.ts";
import type { DataRecord, Invocation } from "../reply.ts";
import { answer, textCard } from "../reply.ts";

/** What was asked for beside the papers. */
interface Asked {
  readonly format: Format | undefined;
  readonly style: StyleName | undefined;
  readonly csl: string | undefined;
  readonly with: string | undefined;
}

/** The format that is meant: a style alone asks for text. */
function formatOf({ format, style, csl }: Asked): Format {
  const styled = style !== undefined || csl !== undefined;
  if (styled && format !== undefined && format !== "text" && format !== "markdown")
    throw new UserError(
      `${FORMAT_NAMES[format]} has no styles: programs that read it have them. Leave the style out, or choose the format text or markdown.`,
    );
  return format ?? (styled ? "text" : "bibtex");
}

function styleOf({ style, csl }: Asked): StyleChoice {
  if (csl !== undefined) return { kind: "file", name: "The style’s file", xml: csl };
  return { kind: "named", name: style ?? "apa" };
}

/** What gives the same entries again, whatever the numbers of lists stand for by then. */
function againOf(
  papers: readonly { readonly id: string }[],
  { format, style, with: more }: Asked,
): Invocation {
  const args = { paper: papers.map(({ id }) => id).join("; "), format, style, with: more };
  const given = Object.entries(args).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { command: "cite", args: Object.fromEntries(given) };
}

const recordOf = ({ paper, item, entry }: Citation, format: Format): DataRecord => ({
  id: paper.id,
  title: paper.title,
  key: item.id,
  [format]: format === "csl-json" ? item : entry,
  ...(paper.status === undefined ? {} : { status: paper.status }),
});

/** Papers as entries of a list of references. */
export const cite = defineCommand({
  name: "cite",
  description: "Cite papers: BibTeX, biblatex, RIS, CSL-JSON, Markdown or text in a style",
  record: citationSchema,
  options: {
    paper: requiredText({
      description: "Titles, links, DOIs or ids with semicolons between, or numbers of the last list: 1-5",
      brief: "Titles, links, DOIs, ids, or numbers",
      missing: "Cite which paper? Give a title, a part of it, a link or an id, such as: cite FastDINOv2",
      maxLength: 4000,
      takesLine: true,
      completedBy: "titles",
    }),
    format: choice({ description: "What to write; bibtex is the default", choices: FORMATS }),
    style: choice({
      description: "How text and Markdown look; apa is the default",
      brief: "How text looks; apa is the default",
      choices: STYLES,
    }),
    with: choice({ description: "What entries have besides", choices: ["abstract"] }),
    csl: optionalText({ description: "What the file of a style says", maxLength: 2_000_000, internal: true }),
  },
  namesOptions: true,
  async fit(words, { library, keys }) {
    if (papersOfNumbers(words, keys?.() ?? new Map()) !== undefined) return "fits";
    return fitAsName(library.index, words);
  },
  examples: [
    { line: "cite tiny language models", does: "its BibTeX entry" },
    { line: "cite tiny language models; FastDINOv2 format:ris", does: "the entries of both, as RIS" },
    { line: "cite 1-3 style:ieee", does: "the first three of the last list, in IEEE’s style" },
  ],
  notes: [
    `Up to ${MAX_NAMED} papers are cited at once. On the command line, the entries alone are printed: paperboy cite FastDINOv2 --format ris > papers.ris. There, --style also takes the file of a style: --style journal.csl.`,
    // CPAL 1.0 asks for these words where the program shows what it is made of.
    "Citations by CSL (citeproc-js), http://citationstyles.org/",
  ],
  async run({ paper: text, ...asked }, services) {
    const format = formatOf(asked);
    const named = await findNamedPapers(text, services);
    if (named.kind === "none") {
      const run = ({ id }: Paper) => againOf([{ id }], asked);
      return chooseReply(text, named.found, { run, label: "Cite" }, services);
    }
    const { papers, missed, byNumbers } = named;
    const names = missed.map((name) => `“${name}”`).join(", ");
    const note = `Not cited, since no title or several fit: ${names}. “show” offers what is near.`;
    const [first] = papers;
    if (first === undefined) return answer({ summary: note, tone: "missing", cards: [textCard(note)] });
    // What writes citations is loaded when one is asked for.
    const { citePapers } = await import("../../citation/citations.ts");
    const { namesakesOf } = await import("../naming/namesakes.ts");
    const { citationCards } = await import("../cards/citation-cards.ts");
    const cited = await citePapers(papers, {
      format,
      style: styleOf(asked),
      withAbstracts: asked.with === "abstract",
      namesakes: await namesakesOf(papers, services.library.index),
    });
    const { document, cards } = citationCards(cited, format, missed.length === 0 ? [] : [note]);
    const what = papers.length === 1 ? `“${first.title}”` : `${papers.length} papers`;
    return answer({
      summary: `${FORMAT_NAMES[format]} of ${what}`,
      cards,
      document,
      data: cited.entries.map((citation) => recordOf(citation, format)),
      ...(byNumbers ? { again: againOf(papers, asked) } : {}),
    });
  },
});
