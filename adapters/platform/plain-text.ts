/** Characters that turn the direction of reading or hide: they could make a text look like another. */
const HIDDEN = /[\p{Cc}\p{Cs}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu;

/** Text of papers and people in one line, without characters that hide or turn the direction of reading. */
export function cleanText(text: string): string {
  return text.replace(/\s+/g, " ").replace(HIDDEN, "");
}

/** The first `length` UTF-16 units of a text, less one where that would cut a character in two. */
export function cutWhole(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");
}

/** Plain text for labels, options and choices, cut to a length with an ellipsis; never empty. */
export function plainText(text: string, length: number): string {
  const readable = cleanText(text).trim();
  if (readable === "") return "…";
  return readable.length <= length ? readable : `${cutWhole(readable, length - 1).trimEnd()}…`;
}
