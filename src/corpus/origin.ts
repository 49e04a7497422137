import type { Paper, PaperFacts } from "./paper.ts";

/**
 * What kind of place a mention was read at: arXiv's query API or metadata snapshot, arXiv's daily feed, Hugging Face's
 * lists (live, or saved with their data), a file of papers, or a page that was saved as text.
 */
export type SourceKind = "arxiv" | "arxiv-feed" | "huggingface" | "file" | "page";

/** Whatever is taken from a mention of a paper. */
export type FactName = "title" | "arxivId" | keyof PaperFacts;

/** Where and when a mention was read. */
export interface Origin {
  readonly kind: SourceKind;
  /** The page, file or service, by its name. */
  readonly listedOn: string;
  /** ISO 8601 instant; absent for the bundled pages, whose age is not known. */
  readonly readAt?: string;
}

/** A mention and the facts of a paper that were taken from it. */
export interface Taken extends Origin {
  readonly facts: readonly FactName[];
}

/** Where each fact of a paper was taken from. */
export function originsByFact({ origins }: Pick<Paper, "origins">): Map<FactName, Origin> {
  return new Map(
    origins.flatMap(({ facts, ...origin }) => facts.map((fact): [FactName, Origin] => [fact, origin])),
  );
}

/** The facts by the mentions they were taken from, in the order of the first fact of each. */
export function takenFrom(origins: ReadonlyMap<FactName, Origin>): Taken[] {
  const taken = new Map<string, Origin & { facts: FactName[] }>();
  for (const [fact, origin] of origins) {
    const key = JSON.stringify([origin.kind, origin.listedOn, origin.readAt]);
    const same = taken.get(key);
    if (same === undefined) taken.set(key, { ...origin, facts: [fact] });
    else same.facts.push(fact);
  }
  return [...taken.values()];
}
