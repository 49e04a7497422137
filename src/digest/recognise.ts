import { parsePaperId, titlePaperId } from "../corpus/identifiers/paper-id.ts";
import { parseReference, referenceKeys } from "../corpus/identifiers/reference.ts";
import type { PaperId } from "../corpus/paper.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import type { Content } from "./edition.ts";

const TITLE_SEARCH = /^https:\/\/huggingface\.co\/papers\?q=%22(.+)%22$/;

/** The paper that a part of a message names: what a button does, or where a link leads. */
async function paperNamed(index: PaperIndex, text: string): Promise<PaperId | undefined> {
  const argument = /[?&]papers?=([^&]+)/.exec(text)?.[1];
  if (argument !== undefined) return parsePaperId(decodeURIComponent(argument.replaceAll("+", " ")));
  const title = TITLE_SEARCH.exec(text)?.[1];
  if (title !== undefined) return titlePaperId(decodeURIComponent(title.replaceAll("+", " ")));
  const reference = parseReference(text);
  if (reference === undefined) return undefined;
  if (reference.kind === "paper") return reference.id;
  const [only, another] = await index.known([...referenceKeys(reference)]);
  return another === undefined ? only?.id : undefined;
}

/** What a message brought, as far as it says so: the first paper that it names is the paper of the day. */
export async function contentIn(index: PaperIndex, texts: readonly string[]): Promise<Content | undefined> {
  const ids = new Set<PaperId>();
  for (const text of texts) {
    const id = await paperNamed(index, text).catch(() => undefined);
    if (id !== undefined) ids.add((await index.get(id))?.id ?? id);
  }
  const [paper, ...runnersUp] = Array.from(ids, (id) => ({ id, score: 0, parts: [] }));
  return paper === undefined ? undefined : { kind: "chosen", archive: false, of: ids.size, paper, runnersUp };
}
