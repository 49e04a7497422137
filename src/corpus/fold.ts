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
};

/** The text without accents and compatibility forms, case kept: `TÜLU` -> `TULU`, `M³AE` -> `M3AE`. */
export function foldAccents(text: string): string {
  // Plain ASCII, the usual case, has nothing to fold.
  if (/^\p{ASCII}*$/u.test(text)) return text;
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[ßæœøđðłþı]/g, (letter) => UNDECOMPOSED[letter] ?? letter);
}

/** The text in lower case and without accents: `TÜLU 3` -> `tulu 3`. */
export function fold(text: string): string {
  return foldAccents(foldAccents(text).toLowerCase());
}
