import type { Log } from "../../log.ts";
import type { Troubles } from "../../troubles.ts";
import type { Turns } from "../../turns.ts";
import type { Book } from "../book.ts";
import type { Goods, Kind, Wording } from "../goods.ts";
import type { Row } from "../row.ts";
import type { Subscription } from "../subscription.ts";

/** That nothing is due for a subscription, as a look found, until its next slot. */
interface Quiet {
  readonly from: Date;
  readonly until: Date;
}

/** What a look works with, over all looks of a process. */
export interface TickParts<K extends Kind> {
  readonly parts: {
    readonly now: () => Date;
    readonly log: Log;
    readonly newId: () => string;
  };
  readonly book: Book<K>;
  /** What is sent: one for all that is chosen in a look. */
  readonly openGoods: () => Promise<Goods<K>>;
  readonly wording: Wording;
  readonly troubles: Troubles;
  /** Until when somebody else may have sent what is not in the ledger; undefined where nobody did. */
  readonly findElsewhere: () => Promise<Date | undefined>;
  /** By the subscription as it was read: one that was changed is another. */
  readonly quiet: WeakMap<Subscription<K["plan"]>, Quiet>;
  /** Once it is aborted no other subscription is begun. */
  readonly ended?: AbortSignal;
}

/** One look. */
export interface Round<K extends Kind> extends TickParts<K> {
  readonly goods: Goods<K>;
  readonly open: ReadonlyMap<string, readonly Row<K>[]>;
  /** Subscriptions that nobody looked after for so long that some days are not caught up with, and since when. */
  readonly passedOver: Map<string, Date>;
  readonly turns: Turns;
  /** Until when somebody else may have sent what is not in the ledger. */
  readonly elsewhereUntil: Date | undefined;
  /** What failed, in words. */
  readonly failures: string[];
}
