import type { Paper, PaperId } from "../../corpus/paper.ts";
import type { PaperIndex } from "../../search/paper-index.ts";
import type { Place } from "../../schedule/place.ts";
import { placeKey } from "../../schedule/place.ts";
import type { LocalDate } from "../../schedule/slots/local-date.ts";
import type { Store } from "../../store/store.ts";
import type { Book, Row } from "../book.ts";
import type { Archive, ArchiveRegister } from "./register.ts";
import { createArchiveRegister } from "./register.ts";

/** A digest that arrived. */
export interface Sent {
  /** The same for good, and for no other digest of the archive. */
  readonly key: string;
  readonly date: LocalDate;
  readonly at: Date;
  /** The papers that the corpus still has. */
  readonly paper: Paper;
  readonly runnersUp: readonly Paper[];
}

/** Digests of an archive, the newest first. */
interface Shelf {
  readonly total: number;
  readonly sent: readonly Sent[];
  /** The months that have digests, `YYYY-MM`, the newest first. */
  readonly months: readonly string[];
}

/** Which digests are wanted: of one month or all, from the `offset`-th on. */
interface Wanted {
  readonly month?: string;
  readonly offset: number;
  readonly limit: number;
}

/** The archives of all channels. */
export interface DigestArchives extends Omit<ArchiveRegister, "find" | "allPublished"> {
  /** A published one; undefined for all others. */
  readonly published: (id: string) => Promise<Archive | undefined>;
  readonly read: (place: Place, wanted: Wanted) => Promise<Shelf>;
}

/** How long what was read of a channel is taken for what there is, in milliseconds, and for how many channels. */
const KEPT = { for: 10_000, places: 50 } as const;

type Arrived = Row & { readonly at: Date; readonly papers: readonly [PaperId, ...PaperId[]] };

/** What surely arrived: what was being sent when the program ended may not have. */
function arrived(row: Row): Arrived[] {
  const { state, content } = row;
  if ((state.kind !== "sent" && state.kind !== "confirmed") || content?.kind !== "chosen") return [];
  return [{ ...row, at: state.at, papers: [content.paper.id, ...content.runnersUp.map(({ id }) => id)] }];
}

const newestFirst = (a: Arrived, b: Arrived): number =>
  a.date === b.date ? b.at.getTime() - a.at.getTime() : a.date < b.date ? 1 : -1;

/** What a channel got; read anew after some seconds, since a page of it is often asked for again. */
function createReading(book: Pick<Book, "rowsIn">, now: () => Date) {
  const kept = new Map<string, { readonly at: number; readonly rows: Promise<readonly Arrived[]> }>();
  return (place: Place): Promise<readonly Arrived[]> => {
    const key = placeKey(place);
    const at = now().getTime();
    const before = kept.get(key);
    if (before !== undefined && Math.abs(at - before.at) < KEPT.for) return before.rows;
    const rows = book.rowsIn(place).then((all) => all.flatMap(arrived).toSorted(newestFirst));
    rows.catch(() => kept.delete(key));
    kept.delete(key);
    kept.set(key, { at, rows });
    if (kept.size > KEPT.places) kept.delete(kept.keys().next().value ?? "");
    return rows;
  };
}

/** The archives that a store holds. */
export function createArchives(parts: {
  readonly store: Pick<Store, "archives">;
  readonly book: Pick<Book, "rowsIn">;
  readonly index: Pick<PaperIndex, "get">;
  readonly now: () => Date;
}): DigestArchives {
  const { index } = parts;
  const rowsOf = createReading(parts.book, parts.now);
  const find = async (id: PaperId): Promise<Paper[]> => {
    const paper = await index.get(id);
    return paper === undefined ? [] : [paper];
  };
  const read = async ({ subscription, date, at, papers }: Arrived): Promise<Sent[]> => {
    const [paper, ...runnersUp] = (await Promise.all(papers.map(find))).flat();
    return paper === undefined ? [] : [{ key: `${subscription} ${date}`, date, at, paper, runnersUp }];
  };
  const { inPlace, find: findArchive, publish, unpublish } = createArchiveRegister(parts.store.archives);
  return {
    inPlace,
    publish,
    unpublish,
    async published(id) {
      const archive = await findArchive(id);
      return archive?.published === true ? archive : undefined;
    },
    async read(place, { month, offset, limit }) {
      const all = await rowsOf(place);
      const wanted = month === undefined ? all : all.filter(({ date }) => date.startsWith(`${month}-`));
      const sent = await Promise.all(wanted.slice(offset, offset + limit).map(read));
      return {
        total: wanted.length,
        sent: sent.flat(),
        months: [...new Set(all.map(({ date }) => date.slice(0, 7)))],
      };
    },
  };
}
