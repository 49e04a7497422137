import { fold } from "../../../corpus/fold.ts";

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

/** The months that a word may be cut from: "jui" begins two French ones. */
const MONTHS = new Map<string, Set<number>>();
NAMES.forEach((names, i) => {
  for (const name of names)
    for (let length = SHORTEST; length <= name.length; length++) {
      const letters = name.slice(0, length);
      MONTHS.set(letters, (MONTHS.get(letters) ?? new Set()).add(i + 1));
    }
});

/** The number (1-12) of a month by its name or what that is cut to, `Sept.`; undefined for other words. */
export function monthOf(word: string): number | undefined {
  const [month, another] = MONTHS.get(fold(word).replace(/\.$/, "")) ?? [];
  return another === undefined ? month : undefined;
}
