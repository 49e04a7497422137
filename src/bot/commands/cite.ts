import { arxivIdOf } from "../../corpus/paper-id.ts";
import { paperUrl } from "../../corpus/links.ts";
import { fold } from "../../corpus/fold.ts";
import type { Paper } from "../../corpus/paper.ts";
import { chooseReply } from "../choose-paper.ts";
import { defineCommand } from "../command.ts";
import { findPaper } from "../find-paper.ts";
import { requiredText } from "../options.ts";
import { answer, codeBlock, plain, prose } from "../reply.ts";

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

/** The BibTeX entry of a paper. Fields that are not known are left out; authors stand in their order. */
function renderBibtex(paper: Paper): string {
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
    ["url", arxivId === undefined ? paper.urls?.[0]?.replace(/[{}]/g, encodeURIComponent) : paperUrl(paper)],
  ];
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = {${value}},`]));
  return [`@misc{${citationKey(paper)},`, ...lines, "}"].join("\n");
}

/** A paper as a BibTeX entry. */
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
  examples: [{ line: "cite tiny language models", does: "its BibTeX entry" }],
  async run({ paper: text }, { library }) {
    const found = await findPaper(library.index, text);
    if (found.kind !== "found") {
      return chooseReply(text, found, ({ id }) => ({ command: "cite", args: { paper: id } }), "Cite");
    }
    const { paper } = found;
    const bibtex = renderBibtex(paper);
    const unknown = [
      ...(paper.authors?.kind === "named" ? [] : ["the authors"]),
      ...(paper.date === undefined ? ["the year"] : []),
    ];
    const note =
      unknown.length === 0 ? [] : [prose(plain(`Not stated here, please add: ${unknown.join(" and ")}.`))];
    return answer({
      summary: `BibTeX of “${paper.title}”`,
      cards: [
        {
          heading: [plain(paper.title)],
          blocks: [codeBlock(bibtex), ...note],
          buttons: [
            { kind: "run", label: "Details", key: "1", run: { command: "show", args: { paper: paper.id } } },
          ],
        },
      ],
      data: [{ id: paper.id, title: paper.title, bibtex }],
    });
  },
});
