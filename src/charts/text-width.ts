/**
 * How wide letters are, in parts of the font's size, for DejaVu Sans: rounded up, so that what fits by this fits in narrower fonts
 * too, as those of most readers are. Measured with the font's own table `hmtx`.
 */
const NARROW = /[ijlI.,:;'|!\s()[\]{}ftr/\\-]/;
const WIDE = /[mwMWOQGD@%&—…]/;
/** Letters of East Asia, and signs as wide as they. */
const FULL =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60]|[\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;

const widthOf = (letter: string): number => {
  if (FULL.test(letter)) return 1.05;
  if (WIDE.test(letter)) return 1;
  return NARROW.test(letter) ? 0.42 : 0.7;
};

/** The width of a line of text in pixels, at most. */
export const textWidth = (text: string, size: number): number =>
  Array.from(text).reduce((all, letter) => all + widthOf(letter), 0) * size;

/** The beginning of a text that is at most so many pixels wide, with an ellipsis where it is cut. */
export function fitText(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text;
  const letters = Array.from(text);
  let end = letters.length;
  while (end > 0 && textWidth(`${letters.slice(0, end).join("").trimEnd()}…`, size) > width) end--;
  return `${letters.slice(0, end).join("").trimEnd()}…`;
}
