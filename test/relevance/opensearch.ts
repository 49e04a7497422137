import { randomBytes } from "node:crypto";
import { createEngine } from "../../src/search/opensearch/client/client.ts";
import { createOpenSearchIndex } from "../../src/search/opensearch/opensearch-index.ts";
import type { OpenEngine } from "./judged-set.ts";
import { wordTable } from "./judged-set.ts";

/** OpenSearch at an address, with indices of their own that `close` deletes. */
export function inOpenSearch(
  url: string,
  shards = 1,
): { readonly open: OpenEngine; readonly close: () => Promise<void> } {
  const made: (() => Promise<void>)[] = [];
  return {
    async open(papers) {
      const prefix = `relevance-${randomBytes(4).toString("hex")}`;
      const engine = createEngine({ url, prefix, shards, replicas: 0, patience: 20_000 });
      made.push(async () => {
        await engine.change({ method: "DELETE", path: `/${prefix}-*` });
        await engine.change({ method: "DELETE", path: `/_index_template/${prefix}-*` });
        await engine.close();
      });
      const index = await createOpenSearchIndex({
        engine,
        table: wordTable(),
        tell(problem) {
          throw new Error(problem);
        },
      });
      await index.add(papers);
      return index;
    },
    async close() {
      for (const remove of made) await remove();
    },
  };
}
