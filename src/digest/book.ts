import { lately } from "../clocks-apart.ts";
import type { SlotRecord, Store, SubscriptionRecord } from "../store/store.ts";
import type { Content } from "./edition.ts";
import type { Had } from "./choice/had.ts";
import type { LedgerRow } from "./ledger.ts";
import type { LocalDate } from "./slots/local-date.ts";
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
  /** The message that the platform took, in the platform's own words. */
  readonly message?: string;
}

/** Fields that are times; everything else in a body is text, numbers and truth values. */
const TIMES = new Set(["at", "until", "notBefore", "since", "createdAt", "scheduledSince"]);

function read(body: string): unknown {
  return JSON.parse(body, (key, value: unknown) =>
    TIMES.has(key) && typeof value === "string" ? new Date(value) : value,
  );
}

const readSubscription = ({ body }: SubscriptionRecord): Subscription => read(body) as Subscription;

function readRow({ subscription, date, place, dueAt, writtenAt, body, version }: SlotRecord): Row {
  const kept = read(body) as Pick<Row, "state" | "content" | "message">;
  return { subscription, date: date as LocalDate, place, dueAt, writtenAt, version, ...kept };
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

/** The subscriptions and the ledger, as the digest understands them. */
export interface Book {
  readonly subscriptions: () => Promise<readonly Subscription[]>;
  readonly inPlace: (place: Place) => Promise<readonly Subscription[]>;
  /** A subscription as it is now; undefined once it was stopped. */
  readonly find: (id: string) => Promise<Subscription | undefined>;
  readonly put: (subscription: Subscription) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
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

const next = (row: Row): Row => ({ ...row, version: row.version + 1 });

/** The book that a store holds; its rows are dated by a clock. */
export function createBook(
  { subscriptions, slots }: Pick<Store, "subscriptions" | "slots">,
  now: () => Date,
): Book {
  const dated = (row: Row): Row => ({ ...row, writtenAt: now() });
  return {
    subscriptions: async () => (await subscriptions.all()).map(readSubscription),
    inPlace: async (place) => (await subscriptions.inPlace(placeKey(place))).map(readSubscription),
    async find(id) {
      const record = await subscriptions.find(id);
      return record && readSubscription(record);
    },
    put: (one) => subscriptions.put({ id: one.id, place: placeKey(one.place), body: JSON.stringify(one) }),
    remove: (id) => subscriptions.remove(id),
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
