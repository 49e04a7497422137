import type { Line, Look, Piece } from "./parts.ts";

/** A form of a platform's markup: what it looks like, and what of it is shown. */
interface Form {
  readonly look: Look;
  /** Sticky; the group `text` is what stands inside. */
  readonly pattern: RegExp;
}

/** A platform's markup, as far as the bot writes it. */
export interface Syntax {
  readonly forms: readonly Form[];
  /** One sign as it is shown, and how much of the text it takes. */
  readonly sign: (text: string, at: number) => { readonly shown: string; readonly length: number };
  /** The size of a line, and the line without the mark that says so. */
  readonly lineOf: (text: string) => { readonly size: Line["size"]; readonly text: string };
}

function readPieces(text: string, looks: readonly Look[], syntax: Syntax): Piece[] {
  const pieces: Piece[] = [];
  let plain = "";
  const flush = (): void => {
    if (plain !== "") pieces.push({ text: plain, looks });
    plain = "";
  };
  let at = 0;
  while (at < text.length) {
    const found = syntax.forms
      .map(({ look: inner, pattern }) => {
        pattern.lastIndex = at;
        return { inner, match: pattern.exec(text) };
      })
      .find(({ match }) => match !== null);
    if (found?.match) {
      flush();
      pieces.push(...readPieces(found.match.groups?.["text"] ?? "", [...looks, found.inner], syntax));
      at += found.match[0].length;
      continue;
    }
    const { shown, length } = syntax.sign(text, at);
    plain += shown;
    at += length;
  }
  flush();
  return pieces;
}

/** A text in a platform's markup as the lines that are shown. */
export function readMarkup(text: string, syntax: Syntax): Line[] {
  return text.split("\n").map((written) => {
    const line = syntax.lineOf(written);
    return { size: line.size, pieces: readPieces(line.text, [], syntax) };
  });
}
