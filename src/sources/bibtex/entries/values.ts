const [OPEN, CLOSE, QUOTE, BACKSLASH] = [0x7b, 0x7d, 0x22, 0x5c];

/** Where the group ends that begins at `at`, found from brace to brace; -1 where it has no end. */
function groupEnd(text: string, at: number): number {
  let close = text.indexOf("}", at + 1);
  let open = text.indexOf("{", at + 1);
  for (let depth = 0; close >= 0;)
    if (open >= 0 && open < close) {
      depth++;
      open = text.indexOf("{", open + 1);
    } else if (depth === 0) return close;
    else {
      depth--;
      close = text.indexOf("}", close + 1);
    }
  return close;
}

/** How far a value may go, and whether braces behind a backslash are text in it; as BibTeX does, they count else. */
export interface ValueBounds {
  readonly limit: number;
  readonly escapes: boolean;
}

/**
 * Where a value in braces or quotation marks ends that begins at `at`: the place of its last letter; braces nest in both. -1
 * where it has no end before `limit`.
 */
export function delimitedEnd(text: string, at: number, { limit, escapes }: ValueBounds): number {
  const quoted = text.charCodeAt(at) === QUOTE;
  if (!quoted && !escapes && limit === text.length) return groupEnd(text, at);
  let depth = 0;
  for (let i = at + 1; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (code === OPEN) depth++;
    else if (code === CLOSE && depth > 0) depth--;
    else if (depth === 0 && code === (quoted ? QUOTE : CLOSE)) return i;
    else if (escapes && code === BACKSLASH) i++;
  }
  return -1;
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
