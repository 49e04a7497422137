import { fold } from "../../corpus/fold.ts";
import { findWords, splitHyphens } from "./words.ts";

/**
 * Words that stand together in a text without apostrophes; hyphens inside a word may be missing. Undefined without a
 * word.
 */
export function phrasePattern(
  phrase: string,
): { readonly pattern: RegExp; readonly words: readonly string[] } | undefined {
  const words = Array.from(findWords(phrase), ({ raw }) => raw.replace(/['’]/g, ""))
    .map((raw) => ({ raw: fold(raw), parts: splitHyphens(raw).map((part) => part.toLowerCase()) }))
    .filter(({ parts }) => parts.length > 0);
  if (words.length === 0) return undefined;
  const spelled = words.map(({ parts }) => parts.join(String.raw`[^\p{L}\p{N}]?`));
  const pattern = new RegExp(
    String.raw`(?<![\p{L}\p{N}])${spelled.join(String.raw`[^\p{L}\p{N}]+`)}(?![\p{L}\p{N}])`,
    "u",
  );
  return { pattern, words: words.map(({ raw }) => raw) };
}
