import type { ViolationKind } from "./api-error.ts";

/** One REST request as it came in. Credentials are never kept: `authorization` only tells how they compared. */
export interface RequestRecord {
  readonly method: string;
  /** The template, `/channels/:channel/messages`; the bare path where no route is known. */
  readonly route: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The JSON body; undefined where there was none. */
  readonly body: unknown;
  readonly files: readonly { name: string; bytes: number; content: Buffer }[];
  readonly authorization: "valid" | "invalid" | "none";
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The HTTP status answered; undefined while it is worked on and where the connection was dropped. */
  status: number | undefined;
}

/** One rule broken. `where` is the method and route of a request, or names what else broke it. */
export interface Violation {
  readonly kind: ViolationKind;
  readonly where: string;
  readonly message: string;
  readonly at: number;
}
