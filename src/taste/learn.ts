import type { PaperId } from "../corpus/paper.ts";
import { DAY_MS } from "../schedule/slots/local-date.ts";
import type { ReactionToPapers } from "../store/kept/postings.ts";
import { parseEmoji } from "./emoji.ts";
import type { TasteSettings } from "./settings.ts";

/** So many people who agree about a paper count in full: more add nothing, so that no crowd outweighs all else. */
const FULL_VOTES = 3;

/** A reaction counts for so many days: half a year, in which what a group works on changes. */
export const COUNTING_DAYS = 180;

/** Papers that count for a channel, those that were reacted to last: what is near each of them is looked for. */
const MOST_LESSONS = 50;

/** What a channel said about a paper. */
export interface Lesson {
  /** By the id that it has now. */
  readonly paper: PaperId;
  readonly title: string;
  /** People who raise it, and people who lower it; one who does both is neither. */
  readonly ups: number;
  readonly downs: number;
  /** How many people put each reaction that counts, by their names in order. */
  readonly reactions: readonly (readonly [name: string, people: number])[];
  /** From -1 to 1, in thousandths. */
  readonly weight: number;
  readonly lastAt: Date;
}

/** To thousandths, so that what is shown is what was reckoned; never a negative zero. */
export const round = (value: number): number => Math.round(value * 1000) / 1000 || 0;

const clamp = (value: number): number => Math.max(-1, Math.min(1, value));

/** What one person said about a paper by the message that carries the fewest papers with it. */
interface Said {
  readonly share: number;
  readonly signs: ReadonlySet<number>;
}

/** What is gathered about a paper. */
interface Gathered {
  readonly title: string;
  readonly said: Map<string, Said>;
  readonly names: Map<string, Set<string>>;
  readonly lastAt: Date;
}

function signOf({ up, down }: TasteSettings, name: string | undefined): number {
  if (name === undefined) return 0;
  return up.includes(name) ? 1 : down.includes(name) ? -1 : 0;
}

function join(before: Said | undefined, share: number, sign: number): Said {
  if (before === undefined || share > before.share) return { share, signs: new Set([sign]) };
  return share < before.share ? before : { share, signs: new Set([...before.signs, sign]) };
}

/** The vote of one person: a share of 1 or -1, or 0 for somebody who said both. */
const voteOf = ({ share, signs }: Said): number => (signs.size > 1 ? 0 : share * ([...signs][0] ?? 0));

function lessonOf(paper: PaperId, { title, said, names, lastAt }: Gathered): Lesson {
  const votes = Array.from(said.values(), voteOf);
  // In one order, since sums of fractions depend on it.
  const sum = votes.toSorted((a, b) => a - b).reduce((total, vote) => total + vote, 0);
  return {
    paper,
    title,
    ups: votes.filter((vote) => vote > 0).length,
    downs: votes.filter((vote) => vote < 0).length,
    reactions: Array.from(names, ([name, people]) => [name, people.size] as const).toSorted(([a], [b]) =>
      a < b ? -1 : 1,
    ),
    weight: round(clamp(sum / FULL_VOTES)),
    lastAt,
  };
}

/** What reactions are read with. */
export interface Learning {
  readonly settings: TasteSettings;
  readonly now: Date;
  /** The id that a paper has by now. */
  readonly idNow: (paper: string) => PaperId;
}

/**
 * What the reactions in a channel say about each paper, the one that was reacted to last first. A message with several papers
 * counts for each of them by a share, and one person counts once for a paper, by the message that has the fewest with it.
 */
export function learn(
  reactions: readonly ReactionToPapers[],
  { settings, now, idNow }: Learning,
): readonly Lesson[] {
  const oldest = Math.max(now.getTime() - COUNTING_DAYS * DAY_MS, settings.since?.getTime() ?? 0);
  const forgotten = new Map(Array.from(settings.forgotten, ([paper, at]) => [idNow(paper), at.getTime()]));
  const all = new Map<PaperId, Gathered>();
  for (const { name: typed, person, at, papers } of reactions) {
    const name = parseEmoji(typed);
    const sign = signOf(settings, name);
    if (name === undefined || sign === 0 || at.getTime() <= oldest) continue;
    const carried = new Map(papers.map(({ paper, title }) => [idNow(paper), title]));
    for (const [paper, title] of carried) {
      if (at.getTime() <= (forgotten.get(paper) ?? 0)) continue;
      const before = all.get(paper) ?? { title, said: new Map(), names: new Map(), lastAt: at };
      before.said.set(person, join(before.said.get(person), 1 / carried.size, sign));
      before.names.set(name, (before.names.get(name) ?? new Set()).add(person));
      all.set(paper, at > before.lastAt ? { ...before, title, lastAt: at } : before);
    }
  }
  return Array.from(all, ([paper, gathered]) => lessonOf(paper, gathered))
    .toSorted((a, b) => b.lastAt.getTime() - a.lastAt.getTime() || (a.paper < b.paper ? -1 : 1))
    .slice(0, MOST_LESSONS);
}
