import type { Paper, PaperId } from "../../../corpus/paper.ts";
import { firstDay } from "../../../corpus/partial-date.ts";
import type { PaperIndex } from "../../../search/paper-index.ts";
import type { Place } from "../../../schedule/place.ts";
import { reactionsWords } from "../../../taste/words.ts";
import { UserError } from "../../../user-error.ts";
import type { Services } from "../../command.ts";
import { openReading } from "../reading/reader.ts";

/** Saved papers that others are compared with, those that were saved last; each with so many near it. */
const SAVED = 20;
const NEAR = 20;

/** As near as another paper can be: less than a saved one itself. */
const CLOSEST = 0.99;

/** A paper that came, and why. */
export interface Came {
  readonly paper: Paper;
  readonly reasons: readonly string[];
}

/** What orders a paper that came. */
export interface Judged extends Came {
  /** What the channel said of it by reactions, from -1 to 1. */
  readonly said: number;
  /** How near it is to the nearest paper that the person saved, from 0 to 1, in hundredths. */
  readonly close: number;
}

const dayOf = ({ date }: Paper): string => (date === undefined ? "" : firstDay(date));

/** First what the channel reacted to, the more it is liked the earlier; then what is close to saved papers; then the newest. */
export function compareCame(a: Judged, b: Judged): number {
  const [one, other] = [dayOf(a.paper), dayOf(b.paper)];
  return (
    b.said - a.said ||
    b.close - a.close ||
    (one === other ? 0 : one < other ? 1 : -1) ||
    (a.paper.id < b.paper.id ? -1 : 1)
  );
}

/** The papers that the person saved last; none where nothing is kept for the person. */
async function savedBy(services: Services): Promise<readonly Pick<Paper, "id" | "title">[]> {
  const opened = await openReading(services).catch((error: unknown) => {
    if (error instanceof UserError) return undefined;
    throw error;
  });
  if (opened === undefined) return [];
  const { reading, reader } = opened;
  const entries = await reading.entries(reader, await reading.find(reader, undefined));
  return entries.flatMap(({ paper }) => (paper === undefined ? [] : [paper])).slice(-SAVED);
}

interface Closeness {
  readonly close: number;
  readonly title: string;
}

/** For each paper near a saved one, the nearest of these. */
async function closeTo(index: PaperIndex, saved: Awaited<ReturnType<typeof savedBy>>) {
  const all = new Map<PaperId, Closeness>();
  const note = (id: PaperId, close: number, title: string): void => {
    if (close > (all.get(id)?.close ?? 0)) all.set(id, { close, title });
  };
  for (const { id, title } of saved) {
    note(id, 1, title);
    for (const near of await index.nearest(id, NEAR))
      note(near.id, Math.min(CLOSEST, Math.round(near.score * 100) / 100), title);
  }
  return all;
}

/** The papers that came in the order in which they are shown, with what put them there among their reasons. */
export async function inOrder(
  services: Services,
  place: Place,
  came: readonly Came[],
): Promise<readonly Came[]> {
  const { index } = services.library;
  const { tastes } = await services.digests();
  const { lessons } = await tastes.of(place, async (id) => (await index.get(id))?.id ?? id);
  const said = new Map(lessons.map((lesson) => [lesson.paper, lesson]));
  const near = await closeTo(index, await savedBy(services));
  const judged = came.map(({ paper, reasons }): Judged => {
    const [lesson, close] = [said.get(paper.id), near.get(paper.id)];
    const more = [
      ...(lesson === undefined ? [] : [`${reactionsWords(lesson)} here`]),
      ...(close === undefined
        ? []
        : [close.title === paper.title ? "which you saved" : `close to “${close.title}”, which you saved`]),
    ];
    return {
      paper,
      reasons: [...reasons, ...more],
      said: lesson?.weight ?? 0,
      close: close?.close ?? 0,
    };
  });
  return judged.toSorted(compareCame);
}
