import type { Lesson } from "./learn.ts";
import { pointsOf } from "./pull.ts";
import type { TasteSettings } from "./settings.ts";

/** Emoji in a sentence; nothing is `no reaction`. */
const listed = (names: readonly string[]): string => (names.length === 0 ? "no reaction" : names.join(" "));

/** Which reactions count how: `👍 raises, 👎 lowers`. */
export function chosenWords({ up, down }: Pick<TasteSettings, "up" | "down">): string {
  const raises = up.length > 1 ? "raise" : "raises";
  const lowers = down.length > 1 ? "lower" : "lowers";
  return `${listed(up)} ${raises}, ${listed(down)} ${lowers}`;
}

/** What was put below a paper, and how many people did: `👍 2, 👎 1`. */
export const reactionsWords = ({ reactions }: Pick<Lesson, "reactions">): string =>
  reactions.map(([name, people]) => `${name} ${people}`).join(", ");

/** By how much a paper moves what is alike: `raises what is alike by up to 0.067`. */
export function lessonWords({ weight }: Pick<Lesson, "weight">): string {
  const points = pointsOf(weight) / 1000;
  if (points === 0) return "moves nothing";
  return `${points > 0 ? "raises" : "lowers"} what is alike by up to ${Math.abs(points)}`;
}
