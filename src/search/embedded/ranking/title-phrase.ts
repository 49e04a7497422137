import { foldAccents } from "../../../corpus/fold.ts";
import { stem } from "../../text/stem.ts";
import { findTopic, STOP_WORDS } from "../../text/stop-words.ts";
import { findWords, splitHyphens } from "../../text/words.ts";
import type { InvertedIndex } from "../inverted/inverted-index.ts";
import type { Pace } from "../pace.ts";

/** How much more a paper is worth whose title has the query as a phrase. DESIGN.md has the figures. */
const REWARD = 0.4;

/** Words with a meaning of their own in a query that may be a phrase: one is none, more are a sentence. */
const LENGTH = { least: 2, most: 4 } as const;

const wordsOf = (text: string): string[] =>
  Array.from(findWords(text)).flatMap(({ raw }) => splitHyphens(raw).map((part) => part.toLowerCase()));

/** Words as they are looked for in each other: by their stems, with a space at either side. */
const phraseOf = (stems: readonly string[]): string => ` ${stems.join(" ")} `;

const tells = (word: string): boolean => !STOP_WORDS.has(word);

/** The phrase that a query is, as typed and with its abbreviations spelled out; none where it is too short or long. */
function phrasesOf(index: InvertedIndex, text: string): string[] {
  const words = wordsOf(text);
  const topic = words.slice(...findTopic(words));
  const telling = topic.filter(tells).length;
  if (telling < LENGTH.least || telling > LENGTH.most) return [];
  const stems = topic.slice(topic.findIndex(tells), topic.findLastIndex(tells) + 1).map(stem);
  const spelled = stems.flatMap((one) => index.abbreviations.expansionOf(one)?.split(" ") ?? [one]);
  return [...new Set([phraseOf(stems), phraseOf(spelled)])];
}

/**
 * Raises the scores of documents whose title has the words of a short query side by side, small words and hyphens as typed:
 * `text to image` is one concept in “Text-to-Image …”, and not in “… Text … Image …”.
 */
export async function rewardTitlePhrase(
  index: InvertedIndex,
  text: string,
  { scores, best }: { readonly scores: Float64Array; readonly best: readonly number[] },
  pace: Pace,
): Promise<void> {
  const phrases = phrasesOf(index, text);
  // Its first letters are in every form of a word, and most titles need no closer look.
  const starts = phrases.map((phrase) => phrase.trim().slice(0, 3));
  for (const document of phrases.length === 0 ? [] : best) {
    pace.record();
    if (pace.due()) await pace.pause();
    const title = index.text(document)?.title ?? "";
    const lower = foldAccents(title).toLowerCase();
    if (!starts.some((start) => lower.includes(start))) continue;
    const stems = phraseOf(wordsOf(title).map(stem));
    if (phrases.some((phrase) => stems.includes(phrase)))
      scores[document] = (scores[document] ?? 0) * (1 + REWARD);
  }
}
