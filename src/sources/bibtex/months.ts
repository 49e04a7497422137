import { fold } from "../../corpus/fold.ts";

/** Names of months in English, German and French, in the order of the year. */
const NAMES = [
  "january januar janvier",
  "february februar fevrier",
  "march marz maerz mars",
  "april avril",
  "may mai",
  "june juni juin",
  "july juli juillet",
  "august aout",
  "september septembre",
  "october oktober octobre",
  "november novembre",
  "december dezember decembre",
].map((names) => names.split(" "));

/** What is shorter than three letters may begin several. */
const SHORTEST = 3;

/** The number (1-12) of a month by its name or what that is cut to, `Sept.`; undefined for other words. */
export function monthOf(word: string): number | undefined {
  const letters = fold(word).replace(/\.$/, "");
  if (letters.length < SHORTEST) return undefined;
  const found = NAMES.flatMap((names, i) => (names.some((name) => name.startsWith(letters)) ? [i + 1] : []));
  // "jui" begins two French ones.
  return found.length === 1 ? found[0] : undefined;
}
