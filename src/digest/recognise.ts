import type { PaperIndex } from "../search/paper-index.ts";
import { papersNamed } from "../search/papers-named.ts";
import type { Content } from "./edition.ts";

/** What a message brought, as far as it says so: the first paper that it names is the paper of the day. */
export async function contentIn(index: PaperIndex, texts: readonly string[]): Promise<Content | undefined> {
  const ids = await papersNamed(index, texts);
  const [paper, ...runnersUp] = ids.map((id) => ({ id, score: 0, parts: [] }));
  return paper === undefined
    ? undefined
    : { kind: "chosen", archive: false, of: ids.length, paper, runnersUp };
}
