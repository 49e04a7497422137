import path from "node:path";
import type { Paper } from "../../src/corpus/paper.ts";
import { createEmbeddedIndex, openEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import type { PaperIndex } from "../../src/search/paper-index.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describePaperIndex } from "./paper-index-contract.ts";

async function filled(papers: readonly Paper[], file?: string): Promise<PaperIndex> {
  const index = createEmbeddedIndex(file);
  await index.add(papers);
  return index;
}

async function reopened(file: string): Promise<PaperIndex> {
  const opened = await openEmbeddedIndex(file, () => Promise.resolve(undefined));
  if (opened.kind === "unusable") throw new Error(opened.reason);
  return opened.index;
}

describePaperIndex("an index in memory", (papers) => filled(papers));

describePaperIndex("an index that was saved and opened again", async (papers) => {
  const file = path.join(await temporaryFolder(), "papers.index");
  await (await filled(papers, file)).save("papers");
  return reopened(file);
});

describePaperIndex("an index that goes on after it was saved", async (papers) => {
  const file = path.join(await temporaryFolder(), "papers.index");
  const index = await filled(papers, file);
  await index.save("papers");
  return index;
});

describePaperIndex("an index that was saved twice, with half of its papers at first", async (papers) => {
  const file = path.join(await temporaryFolder(), "papers.index");
  await (await filled(papers.slice(0, 2), file)).save("half");
  const half = await reopened(file);
  await half.add(papers.slice(2));
  await half.save("papers");
  return reopened(file);
});
