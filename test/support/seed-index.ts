import { mergeListings } from "../../src/corpus/merging/catalogue.ts";
import { parsePage } from "../../src/corpus/pages/parse-page.ts";
import type { Paper } from "../../src/corpus/paper.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import type { PaperIndex } from "../../src/search/paper-index.ts";
import { readSeedPages } from "./seed-pages.ts";

/** The 544 papers of the bundled pages. */
export async function readSeedPapers(): Promise<Paper[]> {
  const pages = await readSeedPages();
  return mergeListings(pages.flatMap(({ file, text }) => parsePage(file, text).items));
}

/** An index of them, in memory. */
export async function createSeedIndex(): Promise<PaperIndex> {
  const index = createEmbeddedIndex();
  await index.add(await readSeedPapers());
  return index;
}
