import { describe } from "vitest";
import path from "node:path";
import { projectRoot } from "../../../src/project-root.ts";
import { createWordTable } from "../../../src/search/meaning/word-table.ts";
import { openOpenSearchIndex } from "../../../src/search/opensearch/opensearch-index.ts";
import { describePaperIndex } from "../paper-index-contract.ts";
import { another, emptyIndex, NO_NODE, nodeUrl, refuse, testEngine } from "./node.ts";

describe.skipIf(nodeUrl === undefined)(`OpenSearch (${NO_NODE})`, () => {
  const engine = testEngine();
  const table = createWordTable(path.join(projectRoot(), "data", "meaning"));

  describePaperIndex("an index in OpenSearch", async (papers) => {
    const index = await emptyIndex(engine, table);
    await index.add(papers);
    return index;
  });

  describePaperIndex("an index in OpenSearch of three shards that was opened again", async (papers) => {
    const spread = another(engine, { shards: 3 });
    const index = await emptyIndex(spread);
    await index.add(papers);
    await index.save("papers");
    const opened = await openOpenSearchIndex(() => Promise.resolve(undefined), {
      engine: spread,
      tell: refuse,
    });
    if (opened.kind === "unusable") throw new Error(opened.reason);
    return opened.index;
  });
});
