import { replacements, subsuperscripts } from "unicodeit/ts_dist/js/data.js";

/**
 * What LaTeX's commands stand for. Symbols, superscripts and subscripts are the tables of unicodeit, asked for one whole
 * command at a time: its own `replace` reads `\log` as `\l` + "og". The tables here have what it lacks.
 */

/** Accents over, under and through a letter, as combining marks; of text and of formulas. */
export const ACCENTS: ReadonlyMap<string, string> = new Map([
  ["'", "\u0301"],
  ["`", "\u0300"],
  ["^", "\u0302"],
  ['"', "\u0308"],
  ["~", "\u0303"],
  ["=", "\u0304"],
  [".", "\u0307"],
  ["u", "\u0306"],
  ["v", "\u030C"],
  ["H", "\u030B"],
  ["r", "\u030A"],
  ["c", "\u0327"],
  ["k", "\u0328"],
  ["d", "\u0323"],
  ["b", "\u0331"],
  ["t", "\u0361"],
  ["tilde", "\u0303"],
  ["hat", "\u0302"],
  ["bar", "\u0304"],
  ["vec", "\u20D7"],
  ["dot", "\u0307"],
  ["ddot", "\u0308"],
  ["acute", "\u0301"],
  ["grave", "\u0300"],
  ["check", "\u030C"],
  ["breve", "\u0306"],
  ["mathring", "\u030A"],
  ["widehat", "\u0302"],
  ["widetilde", "\u0303"],
]);

/** Names and short forms that unicodeit lacks, or takes for another sign. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ["i", "ı"],
  ["j", "ȷ"],
  ["L", "Ł"],
  ["dh", "ð"],
  ["DH", "Ð"],
  ["DJ", "Đ"],
  ["SS", "ẞ"],
  ["dots", "…"],
  ["dotsc", "…"],
  ["dotsb", "⋯"],
  ["textellipsis", "…"],
  ["textendash", "–"],
  ["textemdash", "—"],
  ["textquoteleft", "‘"],
  ["textquoteright", "’"],
  ["textquotedblleft", "“"],
  ["textquotedblright", "”"],
  ["textquotesingle", "'"],
  ["textquotedbl", '"'],
  ["guillemetleft", "«"],
  ["guillemetright", "»"],
  ["textasciitilde", "~"],
  ["textasciicircum", "^"],
  ["textbackslash", "\\"],
  ["textunderscore", "_"],
  ["textbar", "|"],
  ["textless", "<"],
  ["textgreater", ">"],
  ["textdollar", "$"],
  ["textregistered", "®"],
  ["texttrademark", "™"],
  ["textcopyright", "©"],
  ["textdegree", "°"],
  ["textmu", "µ"],
  ["textbullet", "•"],
  ["textperiodcentered", "·"],
  ["dag", "†"],
  ["ddag", "‡"],
  ["lVert", "‖"],
  ["rVert", "‖"],
  ["lvert", "|"],
  ["rvert", "|"],
  ["lbrace", "{"],
  ["rbrace", "}"],
  ["slash", "/"],
  ["eps", "ε"],
  ["eg", "e.g."],
  ["ie", "i.e."],
  ["etal", "et al."],
  ["tOmega", "Ω"],
  ["TeX", "TeX"],
  ["LaTeX", "LaTeX"],
  ["BibTeX", "BibTeX"],
  ["bmod", "mod"],
]);

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Functions that are written as words: the names that LaTeX sets upright, and the commonest of amsmath's users. */
export const OPERATORS = words(
  `arccos arcsin arctan arg argmax argmin choose cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log
  max min Pr sec sin sinh softmax sup tan tanh`,
);

/** Commands that only change the type, the place or the size of what follows. */
export const SILENT = words(
  `left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr displaystyle textstyle scriptstyle limits nolimits em
  it bf rm sc sf tt sl cal bfseries itshape rmfamily sffamily ttfamily scshape upshape mdseries normalfont noindent indent
  centering raggedright tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge protect relax
  nobreak allowbreak newblock unskip ignorespaces maketitle`,
);

/** Commands that part words. */
export const SPACES = words(
  "quad qquad space thinspace enspace enskip newline linebreak par item hfill nobreakspace",
);

/** Commands whose argument is no text of the sentence: references, marks and lengths. */
export const DROPPED =
  /^(?:[a-z]*cite[a-z]*|Citet|Citep|[a-zA-Z]*ref|label|footnote|footnotemark|footnotetext|thanks|[vh]space|index|color|vskip|phantom)$/;

/** Commands of which only the last of two arguments is text. */
export const SECOND_OF_TWO = words(
  "href textcolor colorbox foreignlanguage texorpdfstring raisebox scalebox hyperref",
);

/** Environments that have an argument of their own. */
export const WITH_ARGUMENT = words("tabular tabularx array minipage multicols");

const SYMBOLS: ReadonlyMap<string, string> = new Map(replacements);
const SMALL: ReadonlyMap<string, string> = new Map(subsuperscripts);

/** What a command stands for, by its name; undefined for one that nobody knows. */
export function symbol(name: string): string | undefined {
  return NAMED.get(name) ?? SYMBOLS.get(`\\${name}`);
}

/** A superscript or subscript in small characters where every one exists, else in plain ones. */
export function script(mark: "^" | "_", body: string): string {
  if (mark === "^" && (body === "∘" || body === "°")) return "°";
  if (mark === "^" && /^[′*†‡]+$/.test(body)) return body;
  const full = Array.from(body);
  const small = full.map((char) => SMALL.get(mark + char));
  if (full.length > 0 && small.every((char) => char !== undefined)) return small.join("");
  return full.length > 1 && mark === "^" ? `^(${body})` : mark + body;
}

/** Letters that lose their dot under an accent. */
const DOTTED: Readonly<Record<string, string>> = { ı: "i", ȷ: "j" };

/** A letter, or the first of several, with an accent: `accent("'", "e")` -> `é`. */
export function accent(mark: string, text: string): string {
  const [first = "", ...rest] = Array.from(text);
  return ((DOTTED[first] ?? first) + mark + rest.join("")).normalize("NFC");
}
