import { createHash } from "node:crypto";
import { parsePaperId } from "../../corpus/identifiers/paper-id.ts";
import type { Paper, PaperId } from "../../corpus/paper.ts";
import type { PaperIndex } from "../../search/paper-index.ts";

/** Characters of an id that its short form begins with: most ids are told apart without their hash. */
const HEAD = 12;
const SHORT = /^(title:[\p{L}\p{N}-]*)~([0-9a-f]{8})$/u;
const TITLE_ID = /title:[\p{L}\p{N}-]+/gu;

const headOf = (id: PaperId): string => id.slice(0, HEAD).replace(/[\uD800-\uDBFF]$/, "");
const hashOf = (id: PaperId): string => createHash("sha256").update(id).digest("hex").slice(0, 8);

/** An id in at most 21 characters, `title:fastdi~1a2b3c4d`; one that is not longer stays as it is. */
function shortId(id: PaperId): string {
  const short = `${headOf(id)}~${hashOf(id)}`;
  return id.length <= short.length ? id : short;
}

/** Names of papers, such as `one; two`, in at most `limit` characters if shorter forms of the ids in them help. */
export function shortenNames(names: string, limit: number): string {
  if (names.length <= limit) return names;
  return names.replace(TITLE_ID, (text) => {
    const id = parsePaperId(text);
    return id === undefined ? text : shortId(id);
  });
}

/** The papers of a short id, nearly always one; undefined for other text. */
export async function findByShortId(index: PaperIndex, text: string): Promise<Paper[] | undefined> {
  const [, head, hash] = SHORT.exec(text.trim()) ?? [];
  if (head === undefined || hash === undefined) return undefined;
  const found: Paper[] = [];
  for (const id of await index.idsFrom(head)) {
    const paper = hashOf(id) === hash ? await index.get(id) : undefined;
    if (paper !== undefined) found.push(paper);
  }
  return found;
}
