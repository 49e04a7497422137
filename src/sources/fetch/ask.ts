import type { Problem } from "../../corpus/problem.ts";
import type { Expected } from "./body.ts";

/** One question to a source. */
export interface Ask {
  readonly url: string;
  readonly expected: Expected;
  /** Whether “not modified” is an answer. Default false. */
  readonly conditional?: boolean;
  /** JSON that is sent with POST, for services that take long questions so; it changes nothing there. Default: GET. */
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** What came of a question. */
export type Fetched =
  | {
      readonly kind: "text";
      readonly text: string;
      readonly readAt: Date;
      /** To be called when what the text says is stored: from then on the source may answer “not modified”. */
      readonly remember: () => Promise<void>;
    }
  | { readonly kind: "unchanged" }
  /** The source answered that it does not want the question: a 4xx. The text may say why. */
  | { readonly kind: "refused"; readonly status: number; readonly text: string }
  | { readonly kind: "failed"; readonly problem: Problem };

/** Asks sources politely. Rejects only with the signal's reason. */
export type Fetcher = (ask: Ask) => Promise<Fetched>;

/** The outcome of a question that came to nothing. */
export const failedAsk = (url: string, expected: string, found: string): Fetched => ({
  kind: "failed",
  problem: { file: url, expected, found },
});

/** The reason of a failed connection, which `fetch` hides one level deeper. */
export function reasonOf(error: unknown): string {
  const deeper = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return deeper instanceof Error ? deeper.message || deeper.name : String(deeper);
}
