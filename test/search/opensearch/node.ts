import { randomBytes } from "node:crypto";
import { afterAll } from "vitest";
import type { Engine, SearchEngine } from "../../../src/search/opensearch/client/client.ts";
import { createEngine } from "../../../src/search/opensearch/client/client.ts";
import type { WordTable } from "../../../src/search/meaning/word-table.ts";
import { createOpenSearchIndex } from "../../../src/search/opensearch/opensearch-index.ts";
import type { PaperIndex } from "../../../src/search/paper-index.ts";

/** The node that test/engines/opensearch.sh started; undefined where none runs. */
export const nodeUrl = process.env["PAPERBOY_TEST_OPENSEARCH"];

/** Why tests of OpenSearch are passed over. */
export const NO_NODE =
  "needs a node of OpenSearch: bash test/engines/opensearch.sh start FOLDER prints the address for PAPERBOY_TEST_OPENSEARCH";

/** Settings of the node with a prefix that no other test has. */
const settingsOf = (more: Partial<SearchEngine> = {}): SearchEngine => ({
  url: nodeUrl ?? "http://127.0.0.1:9",
  prefix: `test-${randomBytes(5).toString("hex")}`,
  shards: 1,
  replicas: 0,
  // Tests run beside each other.
  patience: 4000,
  ...more,
});

/** An engine whose indices are deleted after the tests of this file. */
export function testEngine(more: Partial<SearchEngine> = {}): Engine {
  const engine = createEngine(settingsOf(more));
  const { prefix } = engine.settings;
  afterAll(async () => {
    if (nodeUrl === undefined) return;
    await engine.change({ method: "DELETE", path: `/${prefix}-*`, query: { ignore_unavailable: true } });
    for (const kind of ["papers", "words"])
      await engine.find({ method: "DELETE", path: `/_index_template/${prefix}-*${kind}` });
    await engine.close();
  });
  return engine;
}

let others = 0;

/** An engine whose indices are deleted with those of another one. */
export const another = ({ settings }: Engine, more: Partial<SearchEngine>): Engine =>
  createEngine({ ...settings, prefix: `${settings.prefix}-${++others}`, ...more });

/** Fails where the engine refuses a paper. */
export const refuse = (problem: string): void => {
  throw new Error(problem);
};

/** An empty index of the engine. */
export const emptyIndex = (engine: Engine, table?: WordTable): Promise<PaperIndex> =>
  createOpenSearchIndex({ engine, tell: refuse, ...(table === undefined ? {} : { table }) });
