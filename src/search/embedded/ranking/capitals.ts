import type { Paper } from "../../../corpus/paper.ts";
import { stem } from "../../text/stem.ts";
import { findWords } from "../../text/words.ts";
import type { InvertedIndex } from "../inverted/inverted-index.ts";
import type { Pace } from "../pace.ts";
import { textLength } from "../query/phrase.ts";
import { bestByScore } from "./top-documents.ts";

/** A name in capitals, as many models and methods have one. */
const NAME = /^\p{Lu}[\p{Lu}\p{N}]{1,9}$/u;

/** What a paper is worth that has the word and not the name. */
const WORTH = 0.25;

/** So many of the best papers are looked at: the first pages of an answer. */
const LOOKED_AT = 50;

/** Patterns that are looked for to tell how a paper uses a name. */
const PATTERNS = 4;

/** The words of a query that are typed in capitals among others that are not, or alone. */
function namesOf(text: string): string[] {
  const words = Array.from(findWords(text), ({ raw }) => raw);
  const names = words.filter((word) => NAME.test(word));
  return words.length > 1 && names.length === words.length ? [] : names;
}

/**
 * As what a paper has the letters of a name: as the name itself, in another name (`OpenCLIP`), which counts as much where the
 * paper has no such word besides, or as an ordinary word.
 */
function uses(name: string, long: string | undefined) {
  const itself = new RegExp(`(?<![\\p{L}\\p{N}])${name}(?!\\p{Lu})`, "u");
  const inside = new RegExp(`(?<!\\p{Lu})${name}(?!\\p{Lu})`, "u");
  const ordinary = new RegExp(`(?<!\\p{L})${name}\\p{Ll}{0,4}(?!\\p{L})`, "iu");
  // Whoever writes the words behind an abbreviation means it: by their stems, with whatever ends they have.
  const spelled =
    long === undefined
      ? undefined
      : new RegExp(
          long
            .replace(/[$()*+.?[\\\]^{|}]/g, "\\$&")
            .split(" ")
            .join("\\p{L}*[\\s-]+"),
          "iu",
        );
  return ({ title, abstract = "" }: Paper): "name" | "word" | "none" => {
    const text = `${title}\n${abstract}`;
    if (itself.test(text) || spelled?.test(text) === true) return "name";
    return ordinary.test(text) ? "word" : inside.test(text) ? "name" : "none";
  };
}

/**
 * Lowers the scores of papers that have a word which was typed in capitals only as an ordinary one, where others have the
 * name: `CLIP` is a model, and no clip of a video.
 */
export async function preferNames(
  index: InvertedIndex,
  text: string,
  { scores, best }: { readonly scores: Float64Array; readonly best: readonly number[] },
  pace: Pace,
): Promise<void> {
  const names = namesOf(text);
  const first = names.length === 0 ? [] : bestByScore(best, scores, LOOKED_AT);
  const papers: { readonly document: number; readonly paper: Paper }[] = [];
  for (const document of first) {
    pace.read();
    const paper = index.paper(document);
    if (paper !== undefined) papers.push({ document, paper });
    await pace.pause();
  }
  for (const name of names) {
    const use = uses(name, index.abbreviations.expansionOf(stem(name.toLowerCase())));
    const used: { readonly document: number; readonly as: ReturnType<typeof use> }[] = [];
    for (const { document, paper } of papers) {
      pace.matched(textLength(paper), PATTERNS);
      used.push({ document, as: use(paper) });
      await pace.pause();
    }
    if (!used.some(({ as }) => as === "name")) continue;
    for (const { document, as } of used)
      if (as === "word") scores[document] = (scores[document] ?? 0) * WORTH;
  }
}
