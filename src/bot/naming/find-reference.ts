import { lookupKeys } from "../../corpus/identifiers/identity.ts";
import type { Paper } from "../../corpus/paper.ts";
import type { Reference } from "../../corpus/identifiers/reference.ts";
import { referenceKeys } from "../../corpus/identifiers/reference.ts";
import type { PaperIndex } from "../../search/paper-index.ts";

/**
 * The paper that a reference names: by its id, by a DOI or an address that a source gave with it, or by a number of arXiv's
 * without its archive where one paper has it.
 */
export async function findByReference(index: PaperIndex, reference: Reference): Promise<Paper | undefined> {
  if (reference.kind === "paper") return index.get(reference.id);
  const keys = new Set(referenceKeys(reference));
  const papers = await index.known([...keys]);
  if (reference.kind === "number") return papers.length === 1 ? papers[0] : undefined;
  // The longest key, a whole DOI for one, tells more than the beginning of an address that another paper has.
  const nearest = (paper: Paper): number =>
    Math.max(...lookupKeys(paper).map((key) => (keys.has(key) ? key.length : 0)));
  return [...papers].toSorted((a, b) => nearest(b) - nearest(a))[0];
}
