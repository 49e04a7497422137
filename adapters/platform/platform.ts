import { EventEmitter } from "node:events";
import type { Place } from "../../src/schedule/place.ts";
import type { Finding } from "../../src/health/finding.ts";
import { underReference } from "../../src/reference.ts";
import type { Postman } from "./postman.ts";

/** A platform that runs until it is stopped. */
export interface Platform extends Postman {
  /** The name by which places and callers know it. */
  readonly name: string;
  /** Connects. Tries again while the platform cannot be reached; rejects with a UserError when only a person can help. */
  readonly start: () => Promise<void>;
  /** Whether the connection stands at this moment; `ready` says whether it ever did. */
  readonly connected: () => boolean;
  /** Whether a digest can be posted in a place. Rejects where that cannot be found out. */
  readonly inspect: (place: Place) => Promise<Finding>;
  /** Answers that were begun and have not ended. */
  readonly underWay: () => number;
  /** Rejects when the platform cannot go on: a token was withdrawn. */
  readonly failed: Promise<never>;
  /** Answers what is under way, then leaves. */
  readonly stop: () => Promise<void>;
}

/** A promise that is rejected from outside. Without anybody waiting for it, it is no unhandled rejection. */
export function createFailure(): { readonly failed: Promise<never>; readonly fail: (error: Error) => void } {
  const emitter = new EventEmitter();
  const failed = new Promise<never>((_resolve, reject) => emitter.once("failed", reject));
  failed.catch(() => undefined);
  return { failed, fail: (error) => void emitter.emit("failed", error) };
}

/** Work under way: counted, so that stopping can wait for it, and guarded, so that nothing it throws ends the program. */
export interface Work {
  /** Begins work; what it throws goes to `failed`, which never throws. */
  readonly begin: (work: () => Promise<void>, failed: (error: unknown) => Promise<void>) => void;
  readonly underWay: () => number;
  /** Resolves when all that was begun has ended. */
  readonly ended: () => Promise<unknown>;
}

/** Nothing is under way yet. Each work has a reference of its own, for the log and for whom it fails. */
export function createWork(newReference: () => string): Work {
  const underWay = new Set<Promise<void>>();
  return {
    begin(work, failed) {
      const task = underReference(newReference, () => work().catch(failed)).finally(() =>
        underWay.delete(task),
      );
      underWay.add(task);
    },
    underWay: () => underWay.size,
    ended: () => Promise.allSettled(underWay),
  };
}

/** What a person is told when an answer failed; the reference is in the operator's log. */
export function apology(reference: string): string {
  return `Something went wrong here. The operator finds it in the log under ${reference}.`;
}

/** What a person is told under a button whose invocation is no longer known. `example` is a search as typed there. */
export function outdated(example: string): string {
  return `This button is too old: what it stood for is no longer known. Please search again, for instance with ${example}`;
}
