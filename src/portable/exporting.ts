import { createClubBook } from "../club/clubs.ts";
import type { Club } from "../club/club.ts";
import type { Book } from "../digest/book.ts";
import { createBook } from "../digest/book.ts";
import type { Subscription } from "../digest/subscription.ts";
import { wishWords } from "../follow/wish.ts";
import type { Follow } from "../follow/follow.ts";
import { createFollowBook } from "../follow/watched.ts";
import { MAIL } from "../mailing/mailbox.ts";
import type { Place } from "../schedule/place.ts";
import { placeKey } from "../schedule/place.ts";
import { createServerZones } from "../schedule/zone-of-server.ts";
import type { Store } from "../store/store.ts";

/** A list that a channel shares. */
interface ExportedList {
  readonly name: string;
  /** In the order in which they were first saved. */
  readonly papers: readonly { readonly id: string; readonly title: string }[];
}

/** All that is carried of one place. */
export interface Exported {
  readonly place: Place;
  readonly zone?: string;
  readonly digests: readonly Subscription[];
  readonly follows: readonly Follow[];
  readonly lists: readonly ExportedList[];
  readonly club?: Club;
}

/** What is carried, and what is not, in numbers and words. */
export interface Export {
  readonly places: readonly Exported[];
  /** Digests by e-mail: whose address it is is nobody else's business, and elsewhere it has to be confirmed anew. */
  readonly byMail: number;
  /** Follows of people alone, which they make themselves elsewhere. */
  readonly ofPeople: number;
  /** Those that cannot be read, in words. */
  readonly damaged: readonly string[];
}

/** The place of a key, where channels share lists; undefined for a person and for a conversation with one. */
function channelOf(owner: string): Place | undefined {
  const parts: unknown = JSON.parse(owner);
  if (!Array.isArray(parts) || parts.length !== 3) return undefined;
  const [platform, server, channel] = parts as [string, string, string];
  return server === "" ? undefined : { platform, server, channel };
}

async function papersIn({ saved }: Pick<Store, "saved">, list: string): Promise<ExportedList["papers"]> {
  const rows = (await saved.inList(list)).filter(({ savedAt }) => savedAt !== undefined);
  return [
    ...new Map(rows.toReversed().map(({ paper, title }) => [paper, { id: paper, title }])).values(),
  ].toReversed();
}

/** The shared lists by the keys of their places. */
async function listsByPlace(
  store: Pick<Store, "lists" | "saved">,
): Promise<Map<string, { place: Place; lists: ExportedList[] }>> {
  const all = new Map<string, { place: Place; lists: ExportedList[] }>();
  for (const { id, owner, name } of await store.lists.all()) {
    const place = name === "" ? undefined : channelOf(owner);
    if (place === undefined) continue;
    const before = all.get(owner) ?? { place, lists: [] };
    before.lists.push({ name, papers: await papersIn(store, id) });
    all.set(owner, before);
  }
  return all;
}

const of = <T extends { readonly place: Place }>(all: readonly T[], key: string): T[] =>
  all.filter(({ place }) => placeKey(place) === key);

/** What cannot be read, in words. */
async function damagedIn(
  books: Readonly<Record<string, Pick<Book, "damaged">>>,
  only: Place | undefined,
): Promise<readonly string[]> {
  const found = await Promise.all(
    Object.entries(books).map(async ([noun, book]) =>
      (await book.damaged(only)).map(
        ({ id, problem }) => `The ${noun} ${id} cannot be read: its ${problem}.`,
      ),
    ),
  );
  return found.flat();
}

/** Collects the settings of all places, or of one. */
export async function collect(store: Store, now: () => Date, only: Place | undefined): Promise<Export> {
  const [digests, follows, clubs] = [
    createBook(store, now),
    createFollowBook(store, now),
    createClubBook(store, now),
  ];
  const isMeant = (place: Place): boolean => only === undefined || placeKey(place) === placeKey(only);
  const [allDigests, allFollows, allClubs] = await Promise.all([
    digests.subscriptions(),
    follows.subscriptions(),
    clubs.subscriptions(),
  ]);
  const byMail = allDigests.filter(({ place }) => place.platform === MAIL && isMeant(place));
  const ofPeople = allFollows.filter(({ place }) => place.direct === true && isMeant(place));
  const lists = await listsByPlace(store);
  const shown = {
    digests: allDigests.filter((one) => !byMail.includes(one)),
    // By what is followed, so that an export changes only where settings do.
    follows: allFollows
      .filter((one) => !ofPeople.includes(one))
      .toSorted((a, b) => (wishWords(a.plan.wish) < wishWords(b.plan.wish) ? -1 : 1)),
    clubs: allClubs,
  };
  const zones = createServerZones(store.preferences);
  const places = new Map<string, Place>();
  for (const { place } of [...shown.digests, ...shown.follows, ...shown.clubs, ...lists.values()])
    if (isMeant(place) && !places.has(placeKey(place))) places.set(placeKey(place), place);
  const found = await Promise.all(
    Array.from(places, async ([key, place]): Promise<Exported> => {
      const zone = await zones.zoneOf(place);
      const [club] = of(shown.clubs, key);
      return {
        place,
        ...(zone === undefined ? {} : { zone }),
        digests: of(shown.digests, key),
        follows: of(shown.follows, key),
        lists: lists.get(key)?.lists ?? [],
        ...(club === undefined ? {} : { club }),
      };
    }),
  );
  const damaged = await damagedIn({ digest: digests, follow: follows, "journal club": clubs }, only);
  return { places: found, byMail: byMail.length, ofPeople: ofPeople.length, damaged };
}
