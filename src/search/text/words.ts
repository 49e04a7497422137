import { foldAccents, isAscii } from "../../corpus/fold.ts";

/** A run of letters and digits, hyphens and apostrophes inside it included, and where it stands in its text. */
export interface Word {
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

/** Longer runs are no words: data, hashes, somebody's elbow on the keyboard. */
export const MAX_WORD = 64;

const WORD = /[\p{L}\p{N}\p{M}]+(?:[-_'’‐‑][\p{L}\p{N}\p{M}]+)*/gu;

/** What a character of ASCII is in a word: nothing, a part of it, or a mark inside it. */
const [NONE, PART, MARK] = [0, 1, 2];
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[A-Za-z0-9]/.test(character)) return PART;
  return /[-_']/.test(character) ? MARK : NONE;
});

/** The words of a text of ASCII alone: `WORD` read by hand, five times as fast. */
function* findPlainWords(text: string): Generator<Word> {
  const kindAt = (at: number): number => KINDS[text.charCodeAt(at)] ?? NONE;
  for (let at = 0; at < text.length; at++) {
    if (kindAt(at) !== PART) continue;
    const start = at;
    while (kindAt(at) === PART || (kindAt(at) === MARK && kindAt(at + 1) === PART)) at++;
    if (at - start <= MAX_WORD) yield { raw: text.slice(start, at), start, end: at };
  }
}

/** The words of a text in their order. */
export function* findWords(text: string): Generator<Word> {
  if (isAscii(text)) {
    yield* findPlainWords(text);
    return;
  }
  for (const match of text.matchAll(WORD)) {
    const [raw] = match;
    if (raw.length <= MAX_WORD) yield { raw, start: match.index, end: match.index + raw.length };
  }
}

/** The first run of a text that is too long to be a word; undefined where there is none. */
export function overlongWord(text: string): string | undefined {
  return Array.from(text.matchAll(WORD), ([raw]) => raw).find((raw) => raw.length > MAX_WORD);
}

/** The text with web addresses blanked out, every other character where it was. */
export function withoutUrls(text: string): string {
  return text.includes("://") ? text.replace(/https?:\/\/\S+/g, (url) => " ".repeat(url.length)) : text;
}

/** A hyphenated word taken apart, accents and a possessive s gone, case kept: `Pré-Training's` -> `Pre`, `Training`. */
export function splitHyphens(raw: string): readonly string[] {
  const folded = foldAccents(raw)
    .replace(/['’]s$/, "")
    .replace(/['’]/g, "");
  if (!/[-_‐‑]/.test(folded)) return folded === "" ? [] : [folded];
  return folded.split(/[-_‐‑]/).filter((part) => part !== "");
}

/**
 * The lower-case words under which a word of a name is found: `Ben-David` -> `bendavid`, `ben`, `david`, and `O'Brien` ->
 * `obrien`, so that a name is met however its marks are typed.
 */
export function nameWords(raw: string): readonly string[] {
  const parts = splitHyphens(raw).map((part) => part.toLowerCase());
  return parts.length > 1 ? [parts.join(""), ...parts] : parts;
}

/** Shorter pieces of a name would match too much. */
const MIN_PIECE = 3;

/**
 * The names inside a name, in lower case: without its version (`InternVL3` -> `internvl`) and the humps of a
 * compound (`FastDINOv2` -> `fast`, `dinov2`, `dino`). Empty for ordinary words.
 */
export function namePieces(part: string): readonly string[] {
  if (!/\p{N}|\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}/u.test(part)) return [];
  const humps = part.split(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll}{2})/u);
  const names = humps.length > 1 && humps.length < 5 ? [part, ...humps] : [part];
  const pieces = names.flatMap((name) => [name, name.replace(/^(.*?\p{L})v?\p{N}+$/u, "$1")]);
  return [...new Set(pieces.map((piece) => piece.toLowerCase()))].filter(
    (piece) => piece.length >= MIN_PIECE && piece !== part.toLowerCase(),
  );
}

/** `text2image` as its spelled-out form, joined and in parts; undefined for other words. */
export function spellOutTo(
  raw: string,
): { readonly joined: string; readonly parts: readonly string[] } | undefined {
  const match = /^(\p{L}{2,})2(\p{L}{2,})$/u.exec(raw);
  if (match === null) return undefined;
  const [from = "", to = ""] = [match[1]?.toLowerCase(), match[2]?.toLowerCase()];
  return { joined: `${from}to${to}`, parts: [from, to] };
}
