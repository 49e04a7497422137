import type { Paper } from "../../../corpus/paper.ts";
import type { TermNumbers } from "../../embedded/terms/term-numbers.ts";
import type { Engine } from "../client/client.ts";
import type { Place } from "../stored/generations.ts";

/** A paper as it is ranked. */
export interface Candidate {
  readonly id: string;
  readonly paper: Paper;
  /** Its terms with their counts, packed as in the lists of the embedded engine (packed-lists.ts), ascending. */
  readonly entries: Uint32Array;
  /** The number of its words, those of the title counted twice. */
  readonly length: number;
  readonly vector: Int8Array | undefined;
  /** Its place in the order in which papers were added. */
  readonly added: number;
}

/** One document that was found: its id and its state. */
export interface FoundDocument {
  readonly _id: string;
  readonly _score: number | null;
  readonly fields?: { readonly revision?: readonly string[]; readonly id?: readonly string[] };
}

interface Source {
  readonly paper: string;
  readonly terms: string;
  readonly names: string;
  readonly length: number;
  readonly vector: string | null;
  readonly added: number;
  readonly revision: string;
}

interface Got {
  readonly docs: readonly { readonly _id: string; readonly found?: boolean; readonly _source?: Source }[];
}

/** What is fetched of a paper to rank and show it. */
const FIELDS = ["paper", "terms", "names", "length", "vector", "revision", "added"];

/** Papers that are kept for the next question: some 10 KB each. */
const KEPT = 4000;

function entriesOf({ terms: words, names }: Source, terms: TermNumbers): Uint32Array {
  const counts = new Map<number, number>();
  for (const text of [words, names]) {
    for (const word of text === "" ? [] : text.split(" ")) {
      const term = terms.add(word);
      counts.set(term, (counts.get(term) ?? 0) + 1);
    }
  }
  return Uint32Array.from(counts, ([term, count]) => ((term << 8) | Math.min(count, 255)) >>> 0).toSorted();
}

function candidateOf(id: string, source: Source, terms: TermNumbers): Candidate {
  const { paper, length, vector, added } = source;
  return {
    id,
    paper: JSON.parse(paper) as Paper,
    entries: entriesOf(source, terms),
    length,
    added,
    vector: vector === null ? undefined : new Int8Array(Buffer.from(vector, "base64")),
  };
}

/** Fetches papers to be ranked, but for those that are known in the same state. */
export interface PaperCache {
  readonly fetch: (found: readonly FoundDocument[]) => Promise<readonly Candidate[]>;
}

/** Papers of an index; those asked for last are kept. */
export function createPaperCache(
  engine: Engine,
  place: Pick<Place, "papers">,
  terms: TermNumbers,
): PaperCache {
  const known = new Map<string, { readonly revision: string; readonly candidate: Candidate }>();
  const keep = (id: string, revision: string, candidate: Candidate): void => {
    known.delete(id);
    known.set(id, { revision, candidate });
    for (const [oldest] of known) {
      if (known.size <= KEPT) break;
      known.delete(oldest);
    }
  };
  return {
    async fetch(found) {
      const ids = [...new Map(found.map(({ _id: id, fields }) => [id, fields?.revision?.[0]]))];
      const missing = ids.filter(
        ([id, revision]) => revision === undefined || known.get(id)?.revision !== revision,
      );
      const fetched = new Map<string, Candidate>();
      if (missing.length > 0) {
        const { docs } = await engine.ask<Got>({
          method: "POST",
          path: `/${place.papers}/_mget`,
          query: { _source_includes: FIELDS.join() },
          body: { ids: missing.map(([id]) => id) },
        });
        for (const { _id: id, _source: source } of docs) {
          if (source === undefined) continue;
          const candidate = candidateOf(id, source, terms);
          fetched.set(id, candidate);
          keep(id, source.revision, candidate);
        }
      }
      const asked = new Set(missing.map(([id]) => id));
      return ids.flatMap(
        ([id]) => fetched.get(id) ?? (asked.has(id) ? [] : (known.get(id)?.candidate ?? [])),
      );
    },
  };
}
