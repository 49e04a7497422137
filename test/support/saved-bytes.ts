import { stat } from "node:fs/promises";
import path from "node:path";
import { parseSourceLabel } from "../../src/library/record/source-label.ts";
import { readIndexFile } from "../../src/search/embedded/saved/index-file.ts";

/** How many bytes of the stored papers there are in a state folder, and how many of them its saved index knows. */
export async function savedBytes(state: string): Promise<{ stored: number; saved: number | undefined }> {
  let saved: number | undefined;
  await readIndexFile(path.join(state, "papers.index"), async (label) => {
    saved = parseSourceLabel(label)?.bytes;
    return "only its label was wanted";
  });
  return { stored: (await stat(path.join(state, "papers.jsonl"))).size, saved };
}
