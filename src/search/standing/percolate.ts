import type { Paper } from "../../corpus/paper.ts";
import type { Turns } from "../../turns.ts";
import type { PaperView } from "./paper-view.ts";
import { viewPaper } from "./paper-view.ts";
import type { StandingQuery } from "./standing-query.ts";

/** Under which terms of some papers a query is looked up: those that the fewest have, of all that it needs. */
function keysOf({ needs }: StandingQuery, frequency: ReadonlyMap<string, number>): readonly string[] {
  let [best, least]: [readonly string[], number] = [[], Infinity];
  for (const terms of needs) {
    const count = terms.reduce((sum, term) => sum + (frequency.get(term) ?? 0), 0);
    if (count < least) [best, least] = [terms, count];
  }
  return least === 0 ? [] : best;
}

/** Queries by the terms under which they are looked up, and those that need none. */
interface Register<Q> {
  readonly byTerm: ReadonlyMap<string, readonly Q[]>;
  readonly always: readonly Q[];
}

function register<Q extends StandingQuery>(
  queries: readonly Q[],
  frequency: ReadonlyMap<string, number>,
): Register<Q> {
  const byTerm = new Map<string, Q[]>();
  for (const query of queries)
    for (const term of keysOf(query, frequency)) {
      const there = byTerm.get(term);
      if (there === undefined) byTerm.set(term, [query]);
      else there.push(query);
    }
  return { byTerm, always: queries.filter(({ needs }) => needs.length === 0) };
}

/** The queries that may match a paper, each once. */
function candidates<Q>({ byTerm, always }: Register<Q>, { terms }: PaperView): ReadonlySet<Q> {
  const found = new Set(always);
  for (const term of terms) for (const query of byTerm.get(term) ?? []) found.add(query);
  return found;
}

/** Steps that one look at a query costs, and one at a paper (`turns.ts`). */
const STEPS = { query: 300, paper: 20_000 };

/**
 * Which of many standing queries match which of some papers. Not each is asked of each: of every query the rarest of its
 * words is looked up in the papers, so that most are never asked.
 */
export async function percolate<Q extends StandingQuery>(
  queries: readonly Q[],
  papers: readonly Paper[],
  turns: Turns,
): Promise<readonly { readonly query: Q; readonly paper: Paper }[]> {
  const views: PaperView[] = [];
  const frequency = new Map<string, number>();
  for (const paper of papers) {
    const view = viewPaper(paper);
    for (const term of view.terms) frequency.set(term, (frequency.get(term) ?? 0) + 1);
    views.push(view);
    turns.spend(STEPS.paper);
    await turns.pause();
  }
  const registered = register(queries, frequency);
  turns.spend(STEPS.query * queries.length);
  const found: { query: Q; paper: Paper }[] = [];
  for (const view of views) {
    await turns.pause();
    const asked = candidates(registered, view);
    turns.spend(STEPS.query * asked.size);
    for (const query of asked) if (query.holds(view)) found.push({ query, paper: view.paper });
  }
  return found;
}
