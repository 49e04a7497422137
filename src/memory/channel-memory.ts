import type { Paper, PaperId } from "../corpus/paper.ts";
import { titlePaperId } from "../corpus/identifiers/paper-id.ts";
import type { Log } from "../log.ts";
import { personKey } from "../reading/reader.ts";
import type { Place } from "../schedule/place.ts";
import { placeKey } from "../schedule/place.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import type { Posted, PostingRecord } from "../store/kept/postings.ts";
import type { Store } from "../store/store.ts";
import { StorageError } from "../store/storage-error.ts";

/** How long a message is remembered, in milliseconds: three years. */
export const MESSAGE_LIFE_MS = 3 * 365 * 24 * 60 * 60 * 1000;

/** A message by the platform's names. */
export interface MessageRef {
  /** The conversation in which the id names it: the channel, or on Discord the thread. */
  readonly room: Place;
  readonly message: string;
}

/** A message that a platform took just now. */
interface NewMessage extends MessageRef, Pick<PostingRecord, "as" | "papers" | "link" | "thread"> {
  /** The channel whose members read it. */
  readonly place: Place;
}

/** Who reacted, by the platform's ids; `workspace` where these are its own. */
interface Reacting {
  readonly platform: string;
  readonly workspace?: string;
  readonly user: string;
}

/**
 * What channels remember: which messages of the bot carried which papers, and who reacted to them. Nothing is kept of direct
 * conversations. What notes something never rejects, since an answer is worth more than its memory: what fails is logged.
 */
export interface ChannelMemory {
  readonly posted: (message: NewMessage) => Promise<void>;
  /** A message is there no more. */
  readonly deleted: (message: MessageRef) => Promise<void>;
  readonly reacted: (message: MessageRef, by: Reacting, name: string) => Promise<void>;
  /** Somebody took a reaction back; without a person, everybody's is gone, and without a name, every one. */
  readonly unreacted: (
    message: MessageRef,
    gone: { readonly by?: Reacting; readonly name?: string },
  ) => Promise<void>;
  /** The messages of a channel that carry a paper, the newest first. */
  readonly about: (place: Place, paper: Paper) => Promise<readonly Posted[]>;
  /** The messages of a channel, the newest first. */
  readonly newest: (place: Place) => Promise<readonly Posted[]>;
}

/** What a memory is kept with. */
interface MemoryParts {
  readonly store: Pick<Store, "postings">;
  readonly index: Pick<PaperIndex, "get">;
  readonly log: Pick<Log, "warn">;
  readonly now: () => Date;
}

const keyOf = ({ room, message }: MessageRef) => ({ room: placeKey(room), message });

/** The ids under which messages may have carried a paper: its own, and those that its titles gave it before. */
async function idsOf(
  { index }: Pick<MemoryParts, "index">,
  { id, title, otherTitles = [] }: Paper,
): Promise<readonly PaperId[]> {
  const before = [...new Set([title, ...otherTitles].map(titlePaperId))].filter((one) => one !== id);
  const found = await Promise.all(before.map(async (one) => [one, (await index.get(one))?.id] as const));
  return [id, ...found.flatMap(([one, now]) => (now === id ? [one] : []))];
}

/** Opens the memory over what is kept. */
export function createChannelMemory(parts: MemoryParts): ChannelMemory {
  const { store, log, now } = parts;
  const quietly = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      // Where the database fails, that is told once, by whoever guards it.
      if (!(error instanceof StorageError)) log.warn(`${what} could not be noted`, { error });
    }
  };
  return {
    posted: ({ place, room, message, ...facts }) =>
      quietly("Which papers a message carried", async () => {
        if (place.direct === true || facts.papers.length === 0) return;
        const key = keyOf({ room, message });
        await store.postings.put({ ...key, ...facts, place: placeKey(place), postedAt: now() });
      }),
    deleted: (one) =>
      quietly("That a message was deleted", () => {
        const { room, message } = keyOf(one);
        return store.postings.remove(room, message);
      }),
    reacted: (one, by, name) =>
      quietly("A reaction", () =>
        store.postings.react({ ...keyOf(one), person: personKey(by), name, at: now() }),
      ),
    unreacted: (one, { by, name }) =>
      quietly("That a reaction is gone", () =>
        store.postings.unreact({
          ...keyOf(one),
          ...(by === undefined ? {} : { person: personKey(by) }),
          ...(name === undefined ? {} : { name }),
        }),
      ),
    about: async (place, paper) => store.postings.withPapers(placeKey(place), await idsOf(parts, paper)),
    newest: (place) => store.postings.newest(placeKey(place)),
  };
}
