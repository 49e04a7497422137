import { stat } from "node:fs/promises";
import path from "node:path";
import { parseSourceLabel } from "../../src/library/record/source-label.ts";
import { createDamage } from "../../src/search/embedded/saved/damage.ts";
import { readIndexFile } from "../../src/search/embedded/saved/index-file.ts";

/** How many bytes of the stored papers there are in a state folder, and how many of them its saved index knows. */
export async function savedBytes(state: string): Promise<{ stored: number; saved: number | undefined }> {
  let saved: number | undefined;
  const check = async (label: string): Promise<string> => {
    saved = parseSourceLabel(label)?.bytes;
    return "only its label was wanted";
  };
  await readIndexFile(path.join(state, "papers.index"), { check, damage: createDamage(), suspect: false });
  return { stored: (await stat(path.join(state, "papers.jsonl"))).size, saved };
}
