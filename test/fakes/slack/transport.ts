import type { Json } from "./json.ts";

/** The three kinds of things Slack tells an app. */
type EnvelopeKind = "slash_commands" | "interactive" | "events_api";

/** A request forged by someone who is not Slack, or sent again later: HTTP only. */
export interface Forgery {
  /** Without the signature headers. */
  readonly unsigned?: boolean;
  /** The body is changed after signing. */
  readonly tampered?: boolean;
  /** Signed with this instead of the app's secret. */
  readonly secret?: string;
  /** Signed so many seconds ago. */
  readonly ageSeconds?: number;
}

/** One delivery. */
export interface Envelope {
  readonly kind: EnvelopeKind;
  readonly payload: Json;
  /** For violations: `/paper search`, `app_mention`. */
  readonly label: string;
  /** Whether the acknowledgement may say something. */
  readonly acceptsPayload: boolean;
  /** How many times this event failed before, and why. */
  readonly retry?: { readonly attempt: number; readonly reason: string };
  readonly forgery?: Forgery;
}

/** How the app took a delivery. */
export interface Receipt {
  readonly acknowledged: boolean;
  readonly afterMs: number;
  /** What the acknowledgement said; undefined where nothing. */
  readonly body: unknown;
  /** HTTP only. */
  readonly status: number | undefined;
  readonly headers: Headers | undefined;
  /** Why it was not acknowledged: `timeout`, `not_connected`, `http_error`, `connection_failed`. */
  readonly failure: string | undefined;
}

/** A way to the app. */
export interface Transport {
  deliver(envelope: Envelope, deadlineMs: number): Promise<Receipt>;
}

/** A receipt for what did not get through. */
export function failed(failure: string, afterMs: number, status?: number): Receipt {
  return { acknowledged: false, afterMs, body: undefined, status, headers: undefined, failure };
}
