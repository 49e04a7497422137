import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Listing } from "../../src/corpus/paper.ts";
import { readPapersFile } from "../../src/sources/files/read-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** What a file of this name and content gives: its papers, its problems in words, and fields that were not understood. */
export async function readFileOf(name: string, content: string | Uint8Array) {
  const file = path.join(await temporaryFolder(), name);
  await writeFile(file, content);
  const listings: Listing[] = [];
  const problems: string[] = [];
  const fields: string[] = [];
  for await (const item of readPapersFile(file)) {
    switch (item.kind) {
      case "paper":
        listings.push(item.listing);
        break;
      case "problem": {
        const { line, expected, found, kept } = item.problem;
        problems.push(
          `${line ?? "-"}: expected ${expected}, found ${found}${kept === true ? " (kept)" : ""}`,
        );
        break;
      }
      case "field":
        fields.push(item.name);
        break;
    }
  }
  return { listings, problems, fields };
}
