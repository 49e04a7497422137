import { isAscii } from "../../corpus/fold.ts";
/** After these a sentence goes on. */
const GOES_ON = /(?:\b(?:e\.g|i\.e|et al|vs|cf|Fig|Eq|Sec|resp|approx)\.|\b[A-Z]\.)\s*$/;

/** Made when a text needs it, since that takes as long as ten questions. */
let segmenter: Intl.Segmenter | undefined;
const segments = (text: string): Intl.Segments =>
  (segmenter ??= new Intl.Segmenter("en", { granularity: "sentence" })).segment(text);

/** What the characters of ASCII are to the ends of sentences (Unicode Standard Annex 29, table 4). */
const [, LINE_END, SPACE, UPPER, LOWER, DIGIT, STOP, END, CLOSE, CONTINUE]: readonly number[] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
];
/** At one of these it is clear whether the sentence before goes on. */
const DECIDING = new Set([UPPER, LOWER, LINE_END, STOP, END]);
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  const classes = [/[\n\r]/, /[\t\v\f ]/, /[A-Z]/, /[a-z]/, /[0-9]/, /\./, /[!?]/, /["'()[\]{}]/, /[-,:;]/];
  return 1 + classes.findIndex((kind) => kind.test(character));
});

/** Where the sentence ends that has a full stop, an exclamation or a question mark at `at`; undefined where it goes on. */
function endAfter(text: string, at: number): number | undefined {
  const kindAt = (place: number): number => KINDS[text.charCodeAt(place)] ?? 0;
  const isStop = kindAt(at) === STOP;
  if (isStop && kindAt(at + 1) === DIGIT) return undefined;
  const before = kindAt(at - 1);
  if (isStop && (before === UPPER || before === LOWER) && kindAt(at + 1) === UPPER) return undefined;
  let end = at + 1;
  while (kindAt(end) === CLOSE) end++;
  while (kindAt(end) === SPACE) end++;
  if (kindAt(end) === LINE_END) return end + (text.startsWith("\r\n", end) ? 2 : 1);
  const next = kindAt(end);
  if (next === CONTINUE || next === STOP || next === END) return undefined;
  if (isStop) {
    let letter = end;
    while (letter < text.length && !DECIDING.has(kindAt(letter))) letter++;
    if (kindAt(letter) === LOWER) return undefined;
  }
  return end;
}

/** The sentences of a text of ASCII alone: those of `Intl.Segmenter`, read by hand, ten times as fast. */
function segmentPlainly(text: string): string[] {
  const found: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const kind = KINDS[text.charCodeAt(at)] ?? 0;
    let end: number | undefined;
    if (kind === LINE_END) end = at + (text.startsWith("\r\n", at) ? 2 : 1);
    else if (kind === STOP || kind === END) end = endAfter(text, at);
    if (end === undefined) continue;
    found.push(text.slice(start, end));
    start = end;
    at = end - 1;
  }
  if (start < text.length) found.push(text.slice(start));
  return found;
}

/** The pieces of a text between the places where Unicode's rules end sentences. */
export function segmentSentences(text: string): string[] {
  return isAscii(text) ? segmentPlainly(text) : Array.from(segments(text), ({ segment }) => segment);
}

/** The sentences of a text without the spaces between them; abbreviations end none. */
export function splitSentences(text: string): string[] {
  const found: string[] = [];
  for (const segment of segmentSentences(text)) {
    const last = found.at(-1);
    if (last !== undefined && GOES_ON.test(last)) found[found.length - 1] = last + segment;
    else found.push(segment);
  }
  return found.map((sentence) => sentence.trim()).filter((sentence) => sentence !== "");
}
