import type { Citation } from "../../citation/citations.ts";
import { FORMATS, citations } from "../../citation/citations.ts";
import type { Paper } from "../../corpus/paper.ts";
import { chooseReply } from "../choose-paper.ts";
import type { PaperIndex } from "../../search/paper-index.ts";
import { UserError } from "../../user-error.ts";
import { defineCommand } from "../command.ts";
import type { FoundPaper } from "../find-paper.ts";
import { findPaper, fitAsName } from "../find-paper.ts";
import { choice, requiredText } from "../options.ts";
import type { Block, Card } from "../reply.ts";
import { answer, codeBlock, plain, prose, textCard } from "../reply.ts";

/** What an entry lacks, to be added by hand. */
function unknownNote({ paper, item }: Citation): Block[] {
  const unknown = [
    ...(paper.authors?.kind === "named" ? [] : ["the authors"]),
    ...(item.issued === undefined ? ["the year"] : []),
  ];
  return unknown.length === 0 ? [] : [prose(plain(`Not stated here, please add: ${unknown.join(" and ")}.`))];
}

/** That a paper no longer stands, so that nobody cites it unawares. */
function standingNote({ status }: Paper): Block[] {
  return status === undefined
    ? []
    : [prose(plain(`This paper was ${status.kind}; the entry says so in its note.`))];
}

function entryCard(citation: Citation, number: number): Card {
  const { paper, entry } = citation;
  const run = { command: "show", args: { paper: paper.id } };
  return {
    heading: [plain(paper.title)],
    blocks: [codeBlock(entry), ...standingNote(paper), ...unknownNote(citation)],
    buttons: [{ kind: "run", label: "Details", key: String(number), run }],
  };
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
    format: choice({ description: "What to write: bibtex (the default) or biblatex", choices: FORMATS }),
  },
  fit: (words, { library }) => fitAsName(library.index, words),
  examples: [
    { line: "cite tiny language models", does: "its BibTeX entry" },
    { line: "cite tiny language models; FastDINOv2", does: "the entries of both" },
  ],
  async run({ paper: text, format = "bibtex" }, { library }) {
    const named = await findAll(library.index, text);
    const [first] = named;
    if (named.length === 1 && first !== undefined && first[1].kind !== "found") {
      return chooseReply(text, first[1], ({ id }) => ({ command: "cite", args: { paper: id } }), "Cite");
    }
    const papers = new Map(
      named.flatMap(([, found]) => (found.kind === "found" ? [[found.paper.id, found.paper] as const] : [])),
    );
    const entries = citations([...papers.values()], format);
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
        ...entries.map((citation, i) => entryCard(citation, i + 1)),
        ...(missed.length === 0 ? [] : [textCard(note)]),
      ],
      data: entries.map(({ paper, entry }) => ({
        id: paper.id,
        title: paper.title,
        [format]: entry,
        ...(paper.status === undefined ? {} : { status: paper.status }),
      })),
    });
  },
});
