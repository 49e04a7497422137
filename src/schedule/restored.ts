import { parsePaperId, titlePaperId } from "../corpus/identifiers/paper-id.ts";
import { parseReference, referenceKeys } from "../corpus/identifiers/reference.ts";
import type { PaperId } from "../corpus/paper.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import type { Preferences } from "../store/store.ts";
import type { Content } from "../digest/edition.ts";

/**
 * A database that was restored knows nothing of what was sent after its backup. Until the first look after the restore,
 * somebody else may have sent what was due: so for every digest of that time the channel is looked through first.
 */
const KEY = "restored";

/** Marks a database as restored. Whoever looks after digests first then settles until when others may have sent some. */
export const markRestored = (preferences: Preferences): Promise<void> => preferences.set(KEY, "unseen");

/** Until when digests may have been sent by somebody whose ledger is not this one; undefined where none was restored. */
export async function sentElsewhereUntil(preferences: Preferences, now: Date): Promise<Date | undefined> {
  const kept = await preferences.get(KEY);
  if (kept === undefined) return undefined;
  const until = new Date(kept);
  if (!Number.isNaN(until.getTime())) return until;
  await preferences.set(KEY, now.toISOString());
  return now;
}

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
