/** A piece of a title, and whether styles that write titles small must leave it as it is. */
export interface TitlePiece {
  readonly text: string;
  readonly keep: boolean;
}

const CAPITAL = /\p{Lu}/u;
const LETTER = /\p{L}/u;

/** Whether a part between hyphens has capitals of its own: behind its first letter, or before what is none. */
const hasOwnCapitals = (part: string): boolean => /.\p{Lu}|^\p{Lu}\p{M}*[^\p{L}\p{M}'’]/u.test(part);

/** Letters before a hyphen, or signs of formulas, that no style may make capitals, not even at the beginning: `t-SNE`, `x̂`. */
const isSmallLetter = (part: string): boolean => /^\p{Ll}$/u.test(part);
const isSign = (word: string): boolean =>
  /^(?:\p{Script=Greek}|\p{Ll}\p{M}+)(?:[\p{N}]|$)/u.test(word.normalize("NFC"));

/** Letters that stand for themselves: `Q-learning`, `Vitamin C`; `A` is mostly the article. */
const isSymbol = (part: string): boolean => /^\p{Lu}\p{M}*$/u.test(part) && part !== "A";

/** Whether half of a title's longer words are small, so that a capital among them is a name's: `Gaussian`. */
function isSentence(words: readonly string[]): boolean {
  const long = words
    .slice(1)
    .filter((word) => word.length > 4 && LETTER.test(word) && !/.\p{Lu}/u.test(word));
  return long.length > 0 && long.filter((word) => !CAPITAL.test(word)).length * 2 >= long.length;
}

/** The pieces of a word without what stands around it, cut at its hyphens. */
function piecesOfWord(core: string, isName: boolean): TitlePiece[] {
  const parts = core.split(/(?<=[-/‐‑–—])/u);
  const bare = parts.map((part) => part.replace(/[-/‐‑–—]$/u, ""));
  const isCompound = parts.length > 1 && bare.some((part) => isSymbol(part) || isSmallLetter(part));
  if (isName || isCompound || isSign(core)) return [{ text: core, keep: true }];
  return parts.flatMap((part, i): TitlePiece[] => {
    const text = bare[i] ?? "";
    const keep = hasOwnCapitals(text) || isSymbol(text);
    return [
      { text, keep },
      { text: part.slice(text.length), keep: false },
    ];
  });
}

/**
 * A title in pieces: kept are acronyms, names with capitals inside, single letters and, in a title that is written as a
 * sentence, words with a capital that do not begin it. Of a title all in capitals nothing is known.
 */
export function titlePieces(title: string): readonly TitlePiece[] {
  const tokens = title.split(/(\s+)/);
  const words = tokens.filter((token) => token.trim() !== "");
  if (words.length > 3 && !/\p{Ll}/u.test(title)) return [{ text: title, keep: false }];
  const sentence = isSentence(words);
  let begins = true;
  return tokens
    .flatMap((token): TitlePiece[] => {
      const [, before = "", core = "", after = ""] =
        /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}\p{M}]*)$/su.exec(token) ?? [];
      if (core === "") return [{ text: token, keep: false }];
      const isName = sentence && !begins && /^\p{Lu}/u.test(core);
      begins = /[:.?!—–]$/u.test(after);
      return [{ text: before, keep: false }, ...piecesOfWord(core, isName), { text: after, keep: false }];
    })
    .filter(({ text }) => text !== "");
}
