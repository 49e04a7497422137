import { parsePaperId, titlePaperId } from "../corpus/identifiers/paper-id.ts";
import { parseReference, referenceKeys } from "../corpus/identifiers/reference.ts";
import type { PaperId } from "../corpus/paper.ts";
import type { PaperIndex } from "./paper-index.ts";

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

/** The papers that a message names, as far as it says so by its links and buttons, each once in their order. */
export async function papersNamed(index: PaperIndex, texts: readonly string[]): Promise<readonly PaperId[]> {
  const ids = new Set<PaperId>();
  for (const text of texts) {
    const id = await paperNamed(index, text).catch(() => undefined);
    if (id !== undefined) ids.add((await index.get(id))?.id ?? id);
  }
  return [...ids];
}
