import type { PaperId } from "../corpus/paper.ts";
import { DAY_MS } from "../schedule/slots/local-date.ts";
import type { Place } from "../schedule/place.ts";
import { deedIn, placeKey } from "../schedule/place.ts";
import type { ReactionToPapers } from "../store/kept/postings.ts";
import type { Store } from "../store/store.ts";
import type { Lesson } from "./learn.ts";
import { COUNTING_DAYS, learn } from "./learn.ts";
import type { TasteSettings } from "./settings.ts";
import { DEFAULT_TASTE, readTaste, writeTaste } from "./settings.ts";

/** What tastes are kept with. */
export interface TasteParts {
  readonly store: Pick<Store, "postings" | "tastes">;
  readonly now: () => Date;
}

/** Gives the id that a paper has by now. */
type IdNow = (paper: PaperId) => Promise<PaperId>;

/** What a channel taught. */
export interface Taste {
  readonly settings: TasteSettings;
  /** What is wrong with the settings that are kept, after “its”; nothing counts then. */
  readonly problem?: string;
  /** What would count if it were on, the paper that was reacted to last first. */
  readonly lessons: readonly Lesson[];
}

/** A change of a channel's taste by somebody, by the platform's id. */
export interface TasteChange {
  readonly by: string;
  /** `taste reset`. */
  readonly action: string;
  readonly detail: string;
  readonly change: (settings: TasteSettings) => TasteSettings;
}

/** What reactions teach, channel by channel. */
export interface Tastes {
  readonly of: (place: Place, idNow: IdNow) => Promise<Taste>;
  /** What counts for the digests of a place; nothing where that is off. */
  readonly lessons: (place: Place, idNow: IdNow) => Promise<readonly Lesson[]>;
  /** Changes what a channel says about its taste; what could not be read is as if it had said nothing. */
  readonly change: (place: Place, change: TasteChange) => Promise<void>;
}

/** Without what is forgotten of papers whose reactions count no more. */
function withoutOld({ forgotten, ...settings }: TasteSettings, now: Date): TasteSettings {
  const oldest = now.getTime() - COUNTING_DAYS * DAY_MS;
  return { ...settings, forgotten: new Map([...forgotten].filter(([, at]) => at.getTime() > oldest)) };
}

/** The tastes of the channels of a store. */
export function createTastes({ store: { postings, tastes }, now }: TasteParts): Tastes {
  const learnt = async (
    place: Place,
    reactions: readonly ReactionToPapers[],
    idNow: IdNow,
  ): Promise<Taste> => {
    const key = placeKey(place);
    const read = readTaste(await tastes.find(key));
    const settings = typeof read === "string" ? { ...DEFAULT_TASTE, off: true } : read;
    const problem = typeof read === "string" ? { problem: read } : {};
    if (reactions.length === 0) return { settings, ...problem, lessons: [] };
    const named = new Set([
      ...settings.forgotten.keys(),
      ...reactions.flatMap(({ papers }) => papers.map(({ paper }) => paper)),
    ]) as Set<PaperId>;
    const ids = new Map<string, PaperId>();
    for (const id of named) ids.set(id, await idNow(id));
    const lessons = learn(reactions, { settings, now: now(), idNow: (id) => ids.get(id) ?? (id as PaperId) });
    return { settings, ...problem, lessons };
  };
  return {
    of: async (place, idNow) => learnt(place, await postings.reactionsIn(placeKey(place)), idNow),
    async lessons(place, idNow) {
      const reactions = await postings.reactionsIn(placeKey(place));
      // Most channels have none, and a digest of theirs asks no further.
      if (reactions.length === 0) return [];
      const { settings, lessons } = await learnt(place, reactions, idNow);
      return settings.off ? [] : lessons.filter(({ weight }) => weight !== 0);
    },
    change: (place, { by, action, detail, change }) =>
      tastes.update(
        placeKey(place),
        (body) => {
          const before = readTaste(body);
          return writeTaste(withoutOld(change(typeof before === "string" ? DEFAULT_TASTE : before), now()));
        },
        deedIn(place, { by, action, subject: "", detail }),
      ),
  };
}
