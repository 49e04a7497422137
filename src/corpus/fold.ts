/** Letters that Unicode does not decompose, written the way people type them. */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ł: "l",
  þ: "th",
  ı: "i",
  ẞ: "SS",
  Æ: "Ae",
  Œ: "Oe",
  Ø: "O",
  Đ: "D",
  Ð: "D",
  Ł: "L",
  Þ: "Th",
};

const UNDECOMPOSED_LETTER = new RegExp(`[${Object.keys(UNDECOMPOSED).join("")}]`, "g");

const FOREIGN = /\P{ASCII}/u;

/** Whether a text is of ASCII alone, as most are: much is simpler then. */
export const isAscii = (text: string): boolean => !FOREIGN.test(text);

const foldRun = (run: string): string =>
  run
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(UNDECOMPOSED_LETTER, (letter) => UNDECOMPOSED[letter] ?? letter);

/** The text without accents and compatibility forms, case kept: `TÜLU` -> `TULU`, `M³AE` -> `M3AE`. */
export function foldAccents(text: string): string {
  // ASCII has nothing to fold, and it is most of most texts.
  return text.replace(/\P{ASCII}+/gu, foldRun);
}

/** The text in lower case and without accents: `TÜLU 3` -> `tulu 3`. */
export function fold(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  const lower = foldAccents(text).toLowerCase();
  // Some letters have marks of their own only in lower case, such as the dotted I.
  return isAscii(lower) ? lower : foldAccents(lower);
}
