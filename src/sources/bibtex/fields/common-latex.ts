import { accent, ACCENTS } from "../../../corpus/latex/signs.ts";

/**
 * The LaTeX that most texts with LaTeX have and no other: accents on letters, `{\"u}`, `\"{u}` and `{\"{u}}`, and dashes. The
 * reader of all LaTeX gives the same (a test holds that) at many times the price.
 */
const ACCENTED = /(?<![_^\\])(?:\{\\(["'`^~])(?:\{([A-Za-z])\}|([A-Za-z]))\}|\\(["'`^~])\{([A-Za-z])\})/g;
/** Two hyphens behind a letter, or between spaces; before a word they may begin an option of a program. */
const DASH = /(?<=[^\s-])--(?![->])|(?<=\s)--(?=\s)/g;

/** Every letter with every accent, by how it is written. */
const LETTERS = new Map<string, string>();

function letterOf(mark: string, letter: string): string {
  const written = mark + letter;
  const known = LETTERS.get(written) ?? accent(ACCENTS.get(mark) ?? "", letter);
  LETTERS.set(written, known);
  return known;
}

/** The text with its accented letters and dashes as they are read; all else is as it was written. */
export function readCommonLatex(text: string): string {
  const letters = text.includes("\\")
    ? text.replace(ACCENTED, (_all, ...[mark, inner, bare, second, last]: (string | undefined)[]) =>
        letterOf(mark ?? second ?? "", inner ?? bare ?? last ?? ""),
      )
    : text;
  return letters.includes("--") ? letters.replace(DASH, "–") : letters;
}
