import { lately } from "../clocks-apart.ts";
import type { Deed } from "../store/audit.ts";
import type { SlotRecord, Store, SubscriptionRecord } from "../store/store.ts";
import type { Content } from "../digest/edition.ts";
import type { Had } from "../digest/choice/had.ts";
import type { LedgerRow } from "./ledger.ts";
import type { LocalDate } from "./slots/local-date.ts";
import type { RowBody } from "./stored/stored.ts";
import { readRowBody, readSubscription } from "./stored/stored.ts";
import type { Place, Subscription } from "./subscription.ts";
import { placeKey } from "./subscription.ts";

/** A row of the ledger with all that is kept of it. */
export interface Row extends LedgerRow {
  readonly subscription: string;
  readonly place: string;
  /** How often it was written; 0 for one that is not yet in the ledger. */
  readonly version: number;
  /** What was chosen, from the first claim on. */
  readonly content?: Content;
  /** What is wrong with what was kept, where it cannot be read. */
  readonly problem?: string;
  /** The message that the platform took, in the platform's own words. */
  readonly message?: string;
}

/** A row that cannot be read counts as sent: nobody can tell, and nothing comes twice. */
const UNREADABLE: RowBody = { state: { kind: "skipped", reason: { kind: "unreadable" } } };

function readRow(record: SlotRecord): Row {
  const { subscription, date, place, dueAt, writtenAt, version } = record;
  const kept = readRowBody(record);
  if (typeof kept !== "string")
    return { subscription, date: date as LocalDate, place, dueAt, writtenAt, version, ...kept };
  const at = new Date(date);
  const isDue = !Number.isNaN(dueAt.getTime());
  return {
    subscription,
    date: date as LocalDate,
    place,
    version,
    dueAt: isDue ? dueAt : at,
    writtenAt: isDue ? dueAt : at,
    problem: kept,
    ...UNREADABLE,
  };
}

/** Whether the tick has to look at a row again. A sent one is looked at until all that belongs to it is there. */
function isOpen({ state }: Row): boolean {
  return state.kind !== "skipped" && state.kind !== "confirmed";
}

function writeRow(row: Row): SlotRecord {
  const { subscription, date, place, dueAt, writtenAt, version, state, content, message } = row;
  const body = JSON.stringify({ state, content, message });
  return { subscription, date, place, dueAt, writtenAt, version, open: isOpen(row), body };
}

/** What a row says that its channel has had: a digest that may have arrived counts as had. */
function hadOf({ state, content, date }: Row): Had[] {
  const arrived =
    state.kind === "claimed" ||
    state.kind === "sent" ||
    state.kind === "confirmed" ||
    (state.kind === "skipped" && state.reason.kind === "unconfirmed");
  if (!arrived || content?.kind !== "chosen") return [];
  const { paper, runnersUp } = content;
  return [
    { paper: paper.id, date, role: "paper-of-the-day", parts: paper.parts },
    ...runnersUp.map(({ id, parts }): Had => ({ paper: id, date, role: "runner-up", parts })),
  ];
}

/** A subscription that cannot be read. */
export interface Damaged {
  readonly id: string;
  /** As `placeKey` writes it. */
  readonly place: string;
  /** What is wrong, after “its”: `time zone is “Mars”`. */
  readonly problem: string;
}

/** The subscriptions and the ledger, as the digest understands them. What cannot be read is left out, and told. */
export interface Book {
  readonly subscriptions: () => Promise<readonly Subscription[]>;
  /** All subscriptions, with those that cannot be read. One that has not changed is the same object as before. */
  readonly registered: () => Promise<Registered>;
  readonly inPlace: (place: Place) => Promise<readonly Subscription[]>;
  /** The subscriptions that cannot be read, of one place or all. */
  readonly damaged: (place?: Place) => Promise<readonly Damaged[]>;
  /** A subscription as it is now; undefined once it was stopped. */
  readonly find: (id: string) => Promise<Subscription | undefined>;
  /** `deed` where it is somebody's, and not the program's own. */
  readonly put: (subscription: Subscription, deed?: Deed) => Promise<void>;
  readonly remove: (id: string, deed: Deed) => Promise<void>;
  /** Rows that something is still to be done about. */
  readonly openRows: () => Promise<readonly Row[]>;
  /** The row of a subscription for a date. */
  readonly row: (id: string, date: LocalDate) => Promise<Row | undefined>;
  /**
   * The newest rows of a subscription, the newest first; without those of days that have not come, and those that are
   * not believed, which a clock that was ahead has written.
   */
  readonly latest: (id: string, limit: number) => Promise<readonly Row[]>;
  /** Writes a row, now, over the one that was read; undefined when somebody else did meanwhile. */
  readonly write: (row: Row) => Promise<Row | undefined>;
  /** The same for a claim, where nothing else was claimed in the place since `claims` were counted. */
  readonly claim: (row: Row, claims: number) => Promise<Row | undefined>;
  readonly claims: (place: Place) => Promise<number>;
  /** What a channel has had, through whichever of its subscriptions. */
  readonly had: (place: Place) => Promise<readonly Had[]>;
}

/** Subscriptions that can be read, and those that cannot. */
interface Registered {
  readonly subscriptions: readonly Subscription[];
  readonly damaged: readonly Damaged[];
}

/** Subscriptions that are remembered as they were read: some 100 MB. */
const REMEMBERED = 100_000;

/** Reads subscriptions; one that has not changed is the same object as before. */
function createReader(): (record: SubscriptionRecord) => Subscription | string {
  const known = new Map<string, SubscriptionRecord & { readonly one: Subscription | string }>();
  return ({ id, place, body }) => {
    const before = known.get(id);
    if (before?.body === body && before.place === place) return before.one;
    const one = readSubscription({ id, place, body });
    // Those that ended would stay for ever; to read all anew now and then costs little.
    if (before === undefined && known.size >= REMEMBERED) known.clear();
    known.set(id, { id, place, body, one });
    return one;
  };
}

function sort(records: readonly SubscriptionRecord[], read: ReturnType<typeof createReader>): Registered {
  const subscriptions: Subscription[] = [];
  const damaged: Damaged[] = [];
  for (const record of records) {
    const one = read(record);
    if (typeof one === "string") damaged.push({ id: record.id, place: record.place, problem: one });
    else subscriptions.push(one);
  }
  return { subscriptions, damaged };
}

const next = (row: Row): Row => ({ ...row, version: row.version + 1 });

/** The book that a store holds; its rows are dated by a clock. */
export function createBook(
  { subscriptions, slots }: Pick<Store, "subscriptions" | "slots">,
  now: () => Date,
): Book {
  const dated = (row: Row): Row => ({ ...row, writtenAt: now() });
  const read = createReader();
  const registered = async (place?: Place): Promise<Registered> =>
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
    openRows: async () => (await slots.open()).map(readRow),
    async row(id, date) {
      const record = await slots.find(id, date);
      return record && readRow(record);
    },
    latest: async (id, limit) => (await slots.latest(id, lately(now()), limit)).map(readRow),
    async write(row) {
      const written = dated(row);
      return (await slots.write(writeRow(written))) ? next(written) : undefined;
    },
    async claim(row, claims) {
      const written = dated(row);
      return (await slots.claim(writeRow(written), claims)) ? next(written) : undefined;
    },
    claims: (place) => slots.claims(placeKey(place)),
    had: async (place) => (await slots.inPlace(placeKey(place))).map(readRow).flatMap(hadOf),
  };
}
