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
  if (NARROW.test(letter)) return 0.42;
  return /[a-z\d]/.test(letter) ? 0.65 : 0.86;
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

/** A text in at most so many lines of that width, broken between words; the last is cut where there is more. */
export function breakText(
  text: string,
  { width, size, lines }: Readonly<Record<"width" | "size" | "lines", number>>,
): string[] {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const broken: string[] = [];
  while (words.length > 0 && broken.length < lines - 1) {
    let line = words.shift() ?? "";
    for (
      let next = words[0];
      next !== undefined && textWidth(`${line} ${next}`, size) <= width;
      next = words[0]
    ) {
      line = `${line} ${next}`;
      words.shift();
    }
    broken.push(fitText(line, width, size));
  }
  return words.length === 0 ? broken : [...broken, fitText(words.join(" "), width, size)];
}
