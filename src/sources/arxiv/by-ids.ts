import type { ArxivId } from "../../corpus/paper.ts";
import type { Problem } from "../../corpus/problem.ts";
import { sourceItems } from "../items.ts";
import { missingPaper } from "../lookup.ts";
import type { SourceItem } from "../source.ts";
import { ARXIV } from "./atom-query.ts";
import { idQuery } from "./queries.ts";
import type { Asking, Page } from "./query-pages.ts";
import { askPage } from "./query-pages.ts";

/** The API gives 2000 entries at once; so many ids make an address of 1,300 characters, which any server takes. */
const IDS_AT_ONCE = 100;

const missing = (id: ArxivId, found: string): SourceItem => missingPaper(ARXIV, id, found);

const problemsOf = (got: Page): readonly Problem[] => {
  if (got.kind === "page") return got.page.problems;
  return got.item.kind === "problem" ? [got.item.problem] : [];
};

/**
 * The id for which arXiv refuses the whole request: one that it cannot read is enough, and its error names that id
 * (info.arxiv.org/help/api/user-manual, “errors”). Undefined where it complains of something else.
 */
function refusedId(got: Page, batch: readonly ArxivId[]): ArxivId | undefined {
  const problems = problemsOf(got);
  return batch.find((id) => problems.some(({ found }) => found.includes(`incorrect id format for ${id}”`)));
}

async function* readBatch(
  asking: Asking,
  batch: readonly ArxivId[],
  signal: AbortSignal,
): AsyncGenerator<SourceItem> {
  if (batch.length === 0) return;
  const got = await askPage(asking, idQuery(batch), signal);
  const refused = refusedId(got, batch);
  if (refused !== undefined) {
    yield missing(refused, "that arXiv does not take this for an id");
    const rest = batch.filter((id) => id !== refused);
    yield* readBatch(asking, rest, signal);
  } else if (got.kind === "none") yield got.item;
  else {
    yield* sourceItems(got.page, { source: ARXIV, list: "ids", readAt: got.readAt, file: got.url });
    if (!got.page.whole) return;
    const found = new Set(got.page.items.map(({ listing }) => listing.arxivId));
    for (const id of batch) if (!found.has(id)) yield missing(id, "no paper with this id");
  }
}

/** Papers by their ids, each once, in as few requests as may be. */
export async function* readIds(
  asking: Asking,
  ids: readonly ArxivId[],
  signal: AbortSignal,
): AsyncGenerator<SourceItem> {
  const wanted = [...new Set(ids)];
  for (let from = 0; from < wanted.length; from += IDS_AT_ONCE) {
    yield* readBatch(asking, wanted.slice(from, from + IDS_AT_ONCE), signal);
  }
}
