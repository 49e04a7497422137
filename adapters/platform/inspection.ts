import type { Place } from "../../src/schedule/place.ts";
import type { Finding } from "../../src/health/finding.ts";

/** What is found of an app, and whether its platform can be asked about channels all the same. */
export interface AppFound {
  readonly found: readonly Finding[];
  readonly usable: boolean;
}

/** A platform as it is looked at from outside, without connecting to it: it is asked, and nothing is changed there. */
export interface Inspection {
  /** The name by which places know it. */
  readonly name: string;
  /** Whether tokens, scopes and the like are as they must be. Rejects where the platform cannot be asked. */
  readonly app: () => Promise<AppFound>;
  /** Whether a digest can be posted in a place. Rejects where the platform cannot be asked. */
  readonly place: (place: Place) => Promise<Finding>;
  /** How far the clock of this machine was ahead of the platform's at its last answer, in milliseconds; undefined before. */
  readonly lead: () => number | undefined;
}

/** How long one question may take, in milliseconds. */
export const QUESTION_MS = 5000;

/** Notes the times of a platform's answers, which carry them in seconds (RFC 9110, Date). */
export function createLead(): {
  readonly note: (date: string | null) => void;
  readonly lead: () => number | undefined;
} {
  let lead: number | undefined;
  return {
    note(date) {
      const at = Date.parse(date ?? "");
      if (!Number.isNaN(at)) lead = Date.now() - at;
    },
    lead: () => lead,
  };
}
