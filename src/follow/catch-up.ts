import type { PaperId } from "../corpus/paper.ts";
import type { Book } from "../schedule/book.ts";
import type { Place } from "../schedule/place.ts";
import { placeKey } from "../schedule/place.ts";
import type { Store } from "../store/store.ts";
import type { Follow, Following } from "./follow.ts";

/** Somebody, by the platform's id. */
interface Person {
  readonly platform: string;
  readonly user: string;
}

/** One text for one person. */
const personKey = ({ platform, user }: Person): string => JSON.stringify([platform, user]);

/** What a follow has told. */
interface Brought {
  readonly follow: Follow;
  readonly papers: readonly PaperId[];
}

/** What somebody missed in a place. */
export interface CatchUp {
  /** Up to when somebody has caught up in a place; undefined before the first time. */
  readonly mark: (person: Person, place: Place) => Promise<Date | undefined>;
  readonly setMark: (person: Person, place: Place, at: Date) => Promise<void>;
  /** What some follows told after one time and until another. */
  readonly brought: (follows: readonly Follow[], after: Date, until: Date) => Promise<readonly Brought[]>;
}

/** What catching up needs of a store. */
export function createCatchUp(book: Book<Following>, { marks }: Pick<Store, "marks">): CatchUp {
  const toldBy = async ({ id, place }: Follow, after: Date, until: Date): Promise<PaperId[]> =>
    (await book.rowsIn(place)).flatMap(({ subscription, state, content }) => {
      const isIn = state.kind === "confirmed" && state.at > after && state.at <= until;
      return subscription === id && isIn && content?.kind === "papers" ? content.papers : [];
    });
  return {
    mark: (person, place) => marks.last(personKey(person), placeKey(place)),
    setMark: (person, place, at) => marks.set(personKey(person), placeKey(place), at),
    brought: (follows, after, until) =>
      Promise.all(follows.map(async (follow) => ({ follow, papers: await toldBy(follow, after, until) }))),
  };
}
