import { setImmediate as nextTurn } from "node:timers/promises";
import { addressKeys, doiKeys } from "../corpus/paper-address.ts";
import { arxivIdOf } from "../corpus/paper-id.ts";
import type { Paper } from "../corpus/paper.ts";
import type { Reference } from "../corpus/reference.ts";
import { referenceKeys } from "../corpus/reference.ts";
import type { PaperIndex } from "../search/paper-index.ts";

/** Papers compared between turns of the event loop: some milliseconds. */
const COMPARED = 1000;

/** All papers, with a turn for other work now and then. */
async function* inTurns(index: PaperIndex): AsyncGenerator<Paper> {
  let count = 0;
  for await (const paper of index.papers()) {
    yield paper;
    if (++count % COMPARED === 0) await nextTurn();
  }
}

/** The only paper that passes; undefined where none does, or several. */
async function onlyOne(index: PaperIndex, passes: (paper: Paper) => boolean): Promise<Paper | undefined> {
  let found: Paper | undefined;
  for await (const paper of inTurns(index)) {
    if (!passes(paper)) continue;
    if (found !== undefined) return undefined;
    found = paper;
  }
  return found;
}

/** What a paper is known by beside its id: its addresses and its DOI. */
const ownKeys = ({ urls = [], doi }: Paper): string[] => [
  ...urls.flatMap(addressKeys),
  ...(doi === undefined ? [] : doiKeys(doi)),
];

/**
 * The paper that a reference names: by its id, by the DOI or address that a source gave with it, or by a number of arXiv's
 * without its archive where one paper has it. All but an id is compared paper by paper.
 */
export async function findByReference(index: PaperIndex, reference: Reference): Promise<Paper | undefined> {
  if (reference.kind === "paper") return index.get(reference.id);
  if (reference.kind === "number")
    return onlyOne(index, ({ id }) => arxivIdOf(id)?.endsWith(`/${reference.number}`) === true);
  const keys = new Set(referenceKeys(reference));
  const candidates: Paper[] = [];
  for await (const paper of inTurns(index))
    if (ownKeys(paper).some((key) => keys.has(key))) candidates.push(paper);
  // The longest key, a whole DOI for one, tells more than a part of it that another paper has.
  const nearest = (paper: Paper): number =>
    Math.max(...ownKeys(paper).map((key) => (keys.has(key) ? key.length : 0)));
  return candidates.toSorted((a, b) => nearest(b) - nearest(a))[0];
}
