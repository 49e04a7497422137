/** A value's text, and where reading goes on. */
export interface ReadText {
  readonly text: string;
  readonly end: number;
}

const [OPEN, CLOSE, QUOTE, BACKSLASH] = [0x7b, 0x7d, 0x22, 0x5c];

/**
 * A value in braces or quotation marks that begins at `at`; braces nest in both. As BibTeX does, braces behind a backslash
 * count, unless `escapes` says that they are text. Undefined where it has no end before `limit`.
 */
export function readDelimited(
  text: string,
  at: number,
  { limit, escapes }: { readonly limit: number; readonly escapes: boolean },
): ReadText | undefined {
  const quoted = text.charCodeAt(at) === QUOTE;
  // Most values have no braces inside; these are found without looking at every letter.
  const close = quoted ? -1 : text.indexOf("}", at);
  if (close >= 0 && close < limit && text.lastIndexOf("{", close) === at) {
    if (!escapes || text.charCodeAt(close - 1) !== BACKSLASH)
      return { text: text.slice(at + 1, close), end: close + 1 };
  }
  let depth = 0;
  for (let i = at + 1; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (code === OPEN) depth++;
    else if (code === CLOSE && depth > 0) depth--;
    else if (depth === 0 && code === (quoted ? QUOTE : CLOSE))
      return { text: text.slice(at + 1, i), end: i + 1 };
    else if (escapes && code === BACKSLASH) i++;
  }
  return undefined;
}

/** Fields that a value without an end surely does not hold, wherever they stand. */
const KNOWN =
  "title|author|year|date|month|journal|journaltitle|booktitle|volume|number|pages|doi|url|eprint|abstract|publisher|editor|keywords|note|issn|isbn|series|address|archiveprefix|primaryclass|organization|school|institution";

/** Where a value without an end stops: a line that begins like a field, a known field behind a comma, or the next entry. */
const CUT = new RegExp(
  [
    String.raw`\n[ \t]{0,40}[A-Za-z][\w:.-]{0,40}[ \t]{0,20}=\s{0,9}[{"]`,
    String.raw`(?:\n[ \t]{0,40}|,\s{0,20})(?:${KNOWN})[ \t]{0,20}=\s{0,9}[\w{"]`,
    String.raw`[})]\s{0,9}@[A-Za-z]{3,30}\s{0,9}[{(][^\s{}="]{0,100},`,
  ].join("|"),
  "gi",
);

/** Finds where the next value without an end would stop; goes forward only, so that a text is looked through once. */
export function createCuts(text: string): (from: number) => number {
  let next = -1;
  return (from) => {
    if (next < from) {
      CUT.lastIndex = from;
      next = CUT.exec(text)?.index ?? text.length;
    }
    return next;
  };
}
