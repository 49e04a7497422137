import { identityKeys, lookupKeys } from "../../../corpus/identifiers/identity.ts";
import { titleKey, titlePaperId } from "../../../corpus/identifiers/paper-id.ts";
import type { Paper, PaperId } from "../../../corpus/paper.ts";
import type { PaperIndex, PaperRecord } from "../../paper-index.ts";
import type { Clause } from "../asking/filters.ts";
import type { Mind } from "../asking/mind.ts";
import { documentId, wholeKey } from "../stored/keys.ts";

interface PaperHits {
  readonly hits: {
    readonly hits: readonly {
      readonly _source: { readonly paper: string; readonly record: string };
      readonly sort: readonly unknown[];
    }[];
  };
}

/** Papers of one page. */
const PAGE = { papers: 500, records: 2000 } as const;

/** Papers that one look-up gives at most; a title or an address that more have names none of them. */
const MOST = 1000;

const titlesOf = ({ title, otherTitles = [] }: Paper): string[] => [title, ...otherTitles];

async function papersOf({ searchAll }: Mind, clause: Clause): Promise<Paper[]> {
  const [answer] = await searchAll<PaperHits>([
    { size: MOST, _source: ["paper"], query: { bool: { filter: [clause] } }, sort: [{ added: "asc" }] },
  ]);
  return (answer?.hits.hits ?? []).map(({ _source }) => JSON.parse(_source.paper) as Paper);
}

/** All documents in the order in which papers were added. */
async function* documents(mind: Mind, field: "paper" | "record", size: number): AsyncGenerator<string> {
  let after: readonly unknown[] | undefined;
  do {
    const [answer] = await mind.searchAll<PaperHits>([
      {
        size,
        _source: [field],
        track_total_hits: false,
        query: { match_all: {} },
        sort: [{ added: "asc" }, { id: "asc" }],
        ...(after === undefined ? {} : { search_after: after }),
      },
    ]);
    const hits = answer?.hits.hits ?? [];
    for (const { _source } of hits) yield _source[field];
    after = hits.length < size ? undefined : hits.at(-1)?.sort;
  } while (after !== undefined);
}

/** The paper with an id or, for an id made from a title, the first of that title: it has got an arXiv id since. */
async function get(mind: Mind, id: PaperId): Promise<Paper | undefined> {
  const { engine, place } = mind;
  const found = await engine.find<{ readonly _source?: { readonly paper: string } }>({
    method: "GET",
    path: `/${place.papers}/_doc/${encodeURIComponent(documentId(id))}`,
    query: { _source_includes: "paper" },
  });
  const { _source: source } = found ?? {};
  if (source !== undefined) return JSON.parse(source.paper) as Paper;
  const others = await papersOf(mind, { term: { titleHashes: wholeKey(id) } });
  return others
    .filter((paper) => titlesOf(paper).some((title) => titlePaperId(title) === id))
    .reduce<Paper | undefined>((first, paper) => (first && first.id < paper.id ? first : paper), undefined);
}

/** Papers that have one of some keys in a field; two keys may be stored alike. */
async function having(
  mind: Mind,
  field: "identity" | "known",
  keys: readonly string[],
  keysOf: (paper: Paper) => readonly string[],
): Promise<Paper[]> {
  if (keys.length === 0) return [];
  const found = await papersOf(mind, { terms: { [field]: keys.map(wholeKey) } });
  return found.filter((paper) => keysOf(paper).some((key) => keys.includes(key)));
}

/** What gives papers by their names, and all of them. */
export const lookUps = (
  mind: Mind,
): Pick<PaperIndex, "get" | "titled" | "identified" | "known" | "papers" | "records"> => ({
  get: (id) => get(mind, id),
  async titled(title) {
    const key = titleKey(title);
    const found = await papersOf(mind, { term: { titleHashes: wholeKey(key) } });
    return found.filter((paper) => titlesOf(paper).some((one) => titleKey(one) === key));
  },
  identified: (keys) => having(mind, "identity", keys, identityKeys),
  known: (keys) => having(mind, "known", keys, lookupKeys),
  async *papers() {
    for await (const text of documents(mind, "paper", PAGE.papers)) yield JSON.parse(text) as Paper;
  },
  async *records() {
    for await (const text of documents(mind, "record", PAGE.records)) yield JSON.parse(text) as PaperRecord;
  },
});
