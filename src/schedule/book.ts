import { lately } from "../clocks-apart.ts";
import type { Deed } from "../store/kept/audit.ts";
import type { SlotRecord, Store, SubscriptionRecord } from "../store/store.ts";
import type { Damaged, Kind } from "./goods.ts";
import type { Place } from "./place.ts";
import { placeKey } from "./place.ts";
import type { Row } from "./row.ts";
import { readRow, writeRow } from "./row.ts";
import type { LocalDate } from "./slots/local-date.ts";
import type { Shapes } from "./stored/stored.ts";
import { readSubscription } from "./stored/stored.ts";
import type { Subscription } from "./subscription.ts";

/** The subscriptions and the ledger, of one kind of thing that is sent. What cannot be read is left out, and told. */
export interface Book<K extends Kind> {
  readonly subscriptions: () => Promise<readonly Subscription<K["plan"]>[]>;
  /** All subscriptions, with those that cannot be read. One that has not changed is the same object as before. */
  readonly registered: () => Promise<Registered<K>>;
  readonly inPlace: (place: Place) => Promise<readonly Subscription<K["plan"]>[]>;
  /** The subscriptions that cannot be read, of one place or all. */
  readonly damaged: (place?: Place) => Promise<readonly Damaged[]>;
  /** A subscription as it is now; undefined once it was stopped. */
  readonly find: (id: string) => Promise<Subscription<K["plan"]> | undefined>;
  /** `deed` where it is somebody's, and not the program's own. */
  readonly put: (subscription: Subscription<K["plan"]>, deed?: Deed) => Promise<void>;
  readonly remove: (id: string, deed: Deed) => Promise<void>;
  /** Rows that something is still to be done about. */
  readonly openRows: () => Promise<readonly Row<K>[]>;
  /** The row of a subscription for a date. */
  readonly row: (id: string, date: LocalDate) => Promise<Row<K> | undefined>;
  /**
   * The newest rows of a subscription, the newest first; without those of days that have not come, and those that are
   * not believed, which a clock that was ahead has written.
   */
  readonly latest: (id: string, limit: number) => Promise<readonly Row<K>[]>;
  /** Writes a row, now, over the one that was read; undefined when somebody else did meanwhile. */
  readonly write: (row: Row<K>) => Promise<Row<K> | undefined>;
  /** The same for a claim, where nothing else was claimed in the place since `claims` were counted. */
  readonly claim: (row: Row<K>, claims: number) => Promise<Row<K> | undefined>;
  readonly claims: (place: Place) => Promise<number>;
  /** All rows of a place, of whichever of its subscriptions, also of those that have ended. */
  readonly rowsIn: (place: Place) => Promise<readonly Row<K>[]>;
}

/** Subscriptions that can be read, and those that cannot. */
interface Registered<K extends Kind> {
  readonly subscriptions: readonly Subscription<K["plan"]>[];
  readonly damaged: readonly Damaged[];
}

/** Subscriptions that are remembered as they were read: some 100 MB. */
const REMEMBERED = 100_000;

type Reader<K extends Kind> = (record: SubscriptionRecord) => Subscription<K["plan"]> | string;

/** Reads subscriptions; one that has not changed is the same object as before. */
function createReader<K extends Kind>(shapes: Shapes): Reader<K> {
  const known = new Map<string, SubscriptionRecord & { readonly one: ReturnType<Reader<K>> }>();
  return ({ id, place, body }) => {
    const before = known.get(id);
    if (before?.body === body && before.place === place) return before.one;
    const one = readSubscription<K["plan"]>({ id, place, body }, shapes);
    // Those that ended would stay for ever; to read all anew now and then costs little.
    if (before === undefined && known.size >= REMEMBERED) known.clear();
    known.set(id, { id, place, body, one });
    return one;
  };
}

function sort<K extends Kind>(records: readonly SubscriptionRecord[], read: Reader<K>): Registered<K> {
  const subscriptions: Subscription<K["plan"]>[] = [];
  const damaged: Damaged[] = [];
  for (const record of records) {
    const one = read(record);
    if (typeof one === "string") damaged.push({ id: record.id, place: record.place, problem: one });
    else subscriptions.push(one);
  }
  return { subscriptions, damaged };
}

const next = <K extends Kind>(row: Row<K>): Row<K> => ({ ...row, version: row.version + 1 });

/** The book that a store holds; its rows are dated by a clock. */
export function createBook<K extends Kind>(
  { subscriptions, slots }: Pick<Store, "subscriptions" | "slots">,
  shapes: Shapes,
  now: () => Date,
): Book<K> {
  const rowOf = (record: SlotRecord): Row<K> => readRow<K>(record, shapes);
  const dated = (row: Row<K>): Row<K> => ({ ...row, writtenAt: now() });
  const read = createReader<K>(shapes);
  const registered = async (place?: Place): Promise<Registered<K>> =>
    sort(await (place === undefined ? subscriptions.all() : subscriptions.inPlace(placeKey(place))), read);
  return {
    subscriptions: async () => (await registered()).subscriptions,
    registered,
    inPlace: async (place) => (await registered(place)).subscriptions,
    damaged: async (place) => (await registered(place)).damaged,
    async find(id) {
      const record = await subscriptions.find(id);
      const one = record && read(record);
      return typeof one === "string" ? undefined : one;
    },
    put: (one, deed) =>
      subscriptions.put({ id: one.id, place: placeKey(one.place), body: JSON.stringify(one) }, deed),
    remove: (id, deed) => subscriptions.remove(id, deed),
    openRows: async () => (await slots.open()).map(rowOf),
    async row(id, date) {
      const record = await slots.find(id, date);
      return record && rowOf(record);
    },
    latest: async (id, limit) => (await slots.latest(id, lately(now()), limit)).map(rowOf),
    async write(row) {
      const written = dated(row);
      return (await slots.write(writeRow(written))) ? next(written) : undefined;
    },
    async claim(row, claims) {
      const written = dated(row);
      return (await slots.claim(writeRow(written), claims)) ? next(written) : undefined;
    },
    claims: (place) => slots.claims(placeKey(place)),
    rowsIn: async (place) => (await slots.inPlace(placeKey(place))).map(rowOf),
  };
}
