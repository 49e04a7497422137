import { arxivIdOf } from "../../corpus/paper-id.ts";
import { paperUrl } from "../../corpus/links.ts";
import { fold } from "../../corpus/fold.ts";
import type { Paper } from "../../corpus/paper.ts";
import { chooseReply } from "../choose-paper.ts";
import type { PaperIndex } from "../../search/paper-index.ts";
import { UserError } from "../../user-error.ts";
import { defineCommand } from "../command.ts";
import type { FoundPaper } from "../find-paper.ts";
import { findPaper, fitAsName } from "../find-paper.ts";
import { requiredText } from "../options.ts";
import type { Block, Card } from "../reply.ts";
import { answer, codeBlock, plain, prose, textCard } from "../reply.ts";

/** A text as a value of BibTeX: its special characters escaped, braces gone so that the entry stays whole. */
function bibtexValue(text: string): string {
  return text
    .replace(/[{}]/g, "")
    .replace(/\\/g, String.raw`\textbackslash{}`)
    .replace(/[&%$#_]/g, String.raw`\$&`)
    .replace(/~/g, String.raw`\textasciitilde{}`)
    .replace(/\^/g, String.raw`\textasciicircum{}`);
}

/** The surname in `Ronit Gross` or `Gross, Ronit`. */
function surname(name: string): string {
  const [family = "", ...given] = name.split(",");
  return given.length > 0 ? family : (name.split(" ").at(-1) ?? "");
}

/** `gross2025tiny`: surname, year and first long word of the title, as far as they are known. */
function citationKey(paper: Paper): string {
  const name = paper.authors?.kind === "named" ? surname(paper.authors.names[0] ?? "") : "";
  const words = fold(paper.title).match(/[a-z]{4,}/g) ?? [];
  const key = fold(name) + (paper.date?.slice(0, 4) ?? "") + (words[0] ?? "paper");
  return key.replace(/[^a-z0-9]/g, "");
}

/** What an entry says of a paper that no longer stands: `Withdrawn: The proof of Lemma 3 is wrong`. */
function noteOf({ status }: Paper): string | undefined {
  if (status === undefined) return undefined;
  const { kind, words } = status;
  const saysSo = words.toLowerCase().includes(kind);
  return bibtexValue(saysSo ? words : `${kind.charAt(0).toUpperCase()}${kind.slice(1)}: ${words}`);
}

/** The BibTeX entry of a paper. Fields that are not known are left out; authors stand in their order. */
function renderBibtex(paper: Paper, key: string): string {
  const arxivId = arxivIdOf(paper.id);
  const fields: [string, string | undefined][] = [
    ["title", `{${bibtexValue(paper.title)}}`],
    [
      "author",
      paper.authors?.kind === "named" ? paper.authors.names.map(bibtexValue).join(" and ") : undefined,
    ],
    ["year", paper.date?.slice(0, 4)],
    ["eprint", arxivId],
    ["archivePrefix", arxivId === undefined ? undefined : "arXiv"],
    ["note", noteOf(paper)],
    ["url", arxivId === undefined ? paper.urls?.[0]?.replace(/[{}]/g, encodeURIComponent) : paperUrl(paper)],
  ];
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = {${value}},`]));
  return [`@misc{${key},`, ...lines, "}"].join("\n");
}

/** What an entry lacks, to be added by hand. */
function unknownNote(paper: Paper): Block[] {
  const unknown = [
    ...(paper.authors?.kind === "named" ? [] : ["the authors"]),
    ...(paper.date === undefined ? ["the year"] : []),
  ];
  return unknown.length === 0 ? [] : [prose(plain(`Not stated here, please add: ${unknown.join(" and ")}.`))];
}

/** That a paper no longer stands, so that nobody cites it unawares. */
function standingNote({ status }: Paper): Block[] {
  return status === undefined
    ? []
    : [prose(plain(`This paper was ${status.kind}; the entry says so in its note.`))];
}

function entryCard(paper: Paper, bibtex: string, number: number): Card {
  const run = { command: "show", args: { paper: paper.id } };
  return {
    heading: [plain(paper.title)],
    blocks: [codeBlock(bibtex), ...standingNote(paper), ...unknownNote(paper)],
    buttons: [{ kind: "run", label: "Details", key: String(number), run }],
  };
}

/** Entries with keys of their own: a second `gross2025tiny` is `gross2025tinya`. */
function renderAll(papers: readonly Paper[]): { readonly paper: Paper; readonly bibtex: string }[] {
  const used = new Map<string, number>();
  return papers.map((paper) => {
    const key = citationKey(paper);
    const before = used.get(key) ?? 0;
    used.set(key, before + 1);
    const suffix = before === 0 ? "" : String.fromCharCode(96 + before);
    return { paper, bibtex: renderBibtex(paper, key + suffix) };
  });
}

/** Papers named with semicolons between; one title may hold a semicolon itself. */
const MAX_CITED = 10;

async function findAll(index: PaperIndex, text: string): Promise<readonly (readonly [string, FoundPaper])[]> {
  const whole = await findPaper(index, text);
  const names = text
    .split(";")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (whole.kind === "found" || names.length < 2) return [[text, whole]];
  if (names.length > MAX_CITED)
    throw new UserError(`${names.length} papers are named; at most ${MAX_CITED} are cited at once.`);
  return Promise.all(names.map(async (name) => [name, await findPaper(index, name)] as const));
}

/** Papers as BibTeX entries. */
export const cite = defineCommand({
  name: "cite",
  description: "Give the BibTeX entry of a paper",
  options: {
    paper: requiredText({
      description: "A title or a part of it, an arXiv, Hugging Face or alphaXiv link, a DOI or an id",
      missing: "Cite which paper? Give a title, a part of it, a link or an id, such as: cite FastDINOv2",
      maxLength: 500,
      takesLine: true,
      completesTitles: true,
    }),
  },
  fit: (words, { library }) => fitAsName(library.index, words),
  examples: [
    { line: "cite tiny language models", does: "its BibTeX entry" },
    { line: "cite tiny language models; FastDINOv2", does: "the entries of both" },
  ],
  async run({ paper: text }, { library }) {
    const named = await findAll(library.index, text);
    const [first] = named;
    if (named.length === 1 && first !== undefined && first[1].kind !== "found") {
      return chooseReply(text, first[1], ({ id }) => ({ command: "cite", args: { paper: id } }), "Cite");
    }
    const papers = new Map(
      named.flatMap(([, found]) => (found.kind === "found" ? [[found.paper.id, found.paper] as const] : [])),
    );
    const entries = renderAll([...papers.values()]);
    const missed = named.flatMap(([name, { kind }]) => (kind === "found" ? [] : [`“${name}”`]));
    const note = `Not cited, since no title or several fit: ${missed.join(", ")}. “show” offers what is near.`;
    const [only] = entries;
    const one =
      entries.length === 1 && only !== undefined ? `“${only.paper.title}”` : `${entries.length} papers`;
    const summary = entries.length === 0 ? note : `BibTeX of ${one}`;
    return answer({
      summary,
      ...(entries.length === 0 ? { tone: "missing" } : {}),
      cards: [
        ...entries.map(({ paper, bibtex }, i) => entryCard(paper, bibtex, i + 1)),
        ...(missed.length === 0 ? [] : [textCard(note)]),
      ],
      data: entries.map(({ paper, bibtex }) => ({
        id: paper.id,
        title: paper.title,
        bibtex,
        ...(paper.status === undefined ? {} : { status: paper.status }),
      })),
    });
  },
});
