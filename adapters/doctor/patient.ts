import type { EngineFound } from "../../src/library/engine.ts";
import type { LibraryFacts } from "../../src/library/facts.ts";
import type { Examined } from "../../src/store/examine.ts";
import type { SourceRecord } from "../../src/store/store.ts";
import type { Watched } from "../../src/schedule/watched.ts";
import type { Waiting } from "../../src/figures.ts";
import type { Finding } from "../../src/health/finding.ts";
import type { AppFound, Inspection } from "../platform/inspection.ts";

/** A setting that is none, and those that it may be meant for. */
export interface UnknownSetting {
  readonly name: string;
  readonly near: readonly string[];
}

/** A server that the settings name. */
export interface Named {
  /** What it is asked for, such as `arxiv:cs.CL`. */
  readonly name: string;
  readonly url: string;
}

/** Something that cannot be looked at for a reason that is told elsewhere. */
export class Unseen extends Error {}

/** What was kept, as far as it could be read. */
export interface Kept {
  /** Digests, follows and journal clubs, in this order. */
  readonly watched: readonly Watched[];
  readonly waiting: () => Promise<Waiting>;
  readonly sources: () => Promise<readonly SourceRecord[]>;
}

/** The papers, and what was said while they were opened. */
export interface Opened {
  readonly facts: () => Promise<LibraryFacts>;
  /** Of lines of the papers taken in that cannot be read. */
  readonly lines: readonly string[];
  /** Of all else that is not well. */
  readonly warnings: readonly string[];
  /** That the index was made anew, and why. */
  readonly made: readonly string[];
}

/** A program and all that it works with, as far as it can be looked at. */
export interface Patient {
  readonly version: string;
  /** Of Node, `20.19.0`. */
  readonly node: string;
  readonly now: () => Date;
  readonly settings: {
    /** The files that were read. */
    readonly files: readonly string[];
    /** How many are set. */
    readonly set: number;
    readonly wrong: readonly string[];
    readonly unknown: readonly UnknownSetting[];
  };
  /** The state folder. */
  readonly state: string;
  readonly database: string;
  readonly examined: () => Promise<Examined>;
  /** Of a database that machines share; absent where it lies in the state folder. */
  readonly shared?: {
    /** How much the clock of this machine is ahead of the server's, in milliseconds. */
    readonly clockAhead: () => Promise<number>;
    readonly hasPassphrase: boolean;
    /** Servers on other machines to which nothing is encrypted. */
    readonly openlyTo: readonly string[];
  };
  /** The search engine of its own; absent where the index is in the program. Rejects where it does not answer. */
  readonly engine?: () => Promise<EngineFound>;
  /** Rejects with an `Unseen` where the database cannot be read. */
  readonly kept: () => Promise<Kept>;
  /** Rejects with a UserError where they cannot be opened. */
  readonly papers: () => Promise<Opened>;
  readonly platforms: readonly Inspection[];
  /** What each platform says of the app, asked once. */
  readonly app: (platform: Inspection) => Promise<AppFound>;
  readonly servers: readonly Named[];
}

/** One look at one thing. A value in the table of `checks.ts`. */
export interface Check {
  /** What it belongs to, as the heading says it. */
  readonly area: string;
  /** How long it may take, in milliseconds; default ten seconds. */
  readonly patience?: number;
  /** What to do where the look itself fails. */
  readonly otherwise: string;
  readonly look: (patient: Patient) => Promise<readonly Finding[]>;
}
