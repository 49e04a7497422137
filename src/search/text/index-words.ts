import { STOP_WORDS } from "./stop-words.ts";
import { namePieces, spellOutTo, splitHyphens } from "./words.ts";

/**
 * The lower-case words under which a word of a text is indexed: `Pre-training` -> `pretraining`, `pre`, `training`,
 * so that all three spellings meet; names also under the names inside them. Empty for a stop word.
 */
export function indexWords(raw: string): readonly string[] {
  const parts = splitHyphens(raw);
  const words: string[] = [];
  if (parts.length > 1) words.push(parts.join("").toLowerCase());
  for (const part of parts) words.push(part.toLowerCase(), ...namePieces(part));
  const spelled = spellOutTo(raw);
  if (spelled !== undefined) words.push(spelled.joined, ...spelled.parts);
  return words.filter((word) => !STOP_WORDS.has(word));
}
