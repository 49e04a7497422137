import { titlePaperId } from "../corpus/identifiers/paper-id.ts";
import type { Paper, PaperId } from "../corpus/paper.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import type { Store } from "../store/store.ts";
import { inPieces } from "../store/sql/pieces.ts";

/** Papers that are looked up in one piece. */
const TOGETHER = 500;

/** The ids that a paper may have had before more was known of it. */
function earlierIds({ id, title, otherTitles = [] }: Paper): readonly PaperId[] {
  return [title, ...otherTitles].map(titlePaperId).filter((other) => other !== id);
}

/**
 * Notes which papers have come, in the order of the index. It is the order of arrival that makes a paper new, not its
 * date: a paper of last year that is listed today is news here, and one whose date is corrected is not. What is there
 * before the first look counts as having come before everything else, in no order.
 */
export function createNoticing(
  index: PaperIndex,
  { arrivals }: Pick<Store, "arrivals">,
): () => Promise<void> {
  let seen: number | undefined;
  const notice = async (ids: readonly PaperId[]): Promise<void> => {
    const unknown = (await arrivals.unknown(ids)) as readonly PaperId[];
    const papers = (await Promise.all(unknown.map(index.get))).filter((paper) => paper !== undefined);
    const earlier = papers.flatMap(earlierIds);
    const strangers = new Set<string>(await arrivals.unknown(earlier));
    await arrivals.note(
      papers.map((paper) => ({
        paper: paper.id,
        again: earlierIds(paper).some((id) => !strangers.has(id)),
      })),
    );
  };
  return async () => {
    const version = index.version();
    if (version === seen) return;
    const ids: PaperId[] = [];
    for await (const { id } of index.records()) ids.push(id);
    for await (const piece of inPieces(ids, TOGETHER)) await notice(piece);
    seen = version;
  };
}
