import type { Deed } from "../../../src/store/kept/audit.ts";
import type { Log } from "../../../src/log.ts";
import type { Parts } from "../parts.ts";
import type { Stops } from "../serving/stops.ts";
import type { Settings } from "../settings/settings.ts";
import type { ExitCode, Surroundings } from "../surroundings.ts";

/** What an order has at hand beside the parts. */
export interface AtHand {
  readonly settings: Settings;
  readonly around: Surroundings;
  readonly log: Log;
  /** What ends an order that goes on until it is told to stop; absent for those that are over in a moment. */
  readonly stops: Stops | undefined;
}

/** What is noted of an order before it begins, as a deed of the local operator. */
type OrderDeed = Pick<Deed, "action" | "detail">;

/** What is done with the parts: the papers, the bot and the database. */
export interface PartsWork {
  readonly needs: "parts";
  /** Whether it changes nothing that has to outlive it; it then needs no right to write. */
  readonly reads: (settings: Settings) => boolean;
  /** Whether it goes on until it is told to stop. */
  readonly stoppable?: (settings: Settings) => boolean;
  /** What it serves while it goes on, for whoever looks: `discord`, `slack`, `web`; default nothing. */
  readonly offers?: (settings: Settings) => readonly string[];
  /** Whether people of a platform use it, who may fetch papers. */
  readonly serves?: (settings: Settings) => boolean;
  /** Whether the operator may ask for figures while it goes on. */
  readonly counts?: (settings: Settings) => boolean;
  /** Absent for what changes nothing, or is noted with each change. */
  readonly deed?: OrderDeed;
  readonly run: (parts: Parts, hand: AtHand) => Promise<ExitCode>;
}

/**
 * What an order does, told apart by what has to stand before it begins: nothing, not even settings that can be read; the
 * settings and the state folder; or the parts.
 */
export type Work =
  | { readonly needs: "nothing"; readonly run: (around: Surroundings) => Promise<ExitCode> }
  | {
      readonly needs: "settings";
      /**
       * What it does with the state folder: reads what is there, changes it in place, or puts another in its place. Who changes
       * it shows that meanwhile in the folder, so that nobody replaces it under their hands.
       */
      readonly state: "reads" | "changes" | "replaces";
      /** Absent for what changes nothing, or is noted by the order itself. */
      readonly deed?: OrderDeed;
      readonly run: (hand: AtHand) => Promise<ExitCode>;
    }
  | PartsWork;

/** An order of the program that is no command of the bot. One value in one file; `orders.ts` has them all. */
export interface ProgramOrder {
  /** The first word, such as `backup`. */
  readonly name: string;
  /** What `paperboy --help` says of it: how it is typed, and what it does. */
  readonly summary: readonly (readonly [typed: string, does: string])[];
  /** What `paperboy NAME --help` prints. */
  readonly usage: string;
  /** Reads the words behind the name. Throws a UserError that says what is allowed. */
  readonly parse: (words: readonly string[]) => Work;
}
