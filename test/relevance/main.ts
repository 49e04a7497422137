import path from "node:path";
import { createModelEncoder } from "../../src/search/meaning/model/model-encoder.ts";
import { embedded, scoreFolder } from "./judged-set.ts";
import { inOpenSearch } from "./opensearch.ts";

/**
 * `npm run relevance -- DIR...` prints one line of JSON for each set and for each kind of query in it. With PAPERBOY_ENCODER
 * the encoder of that folder takes part. With PAPERBOY_TEST_OPENSEARCH, the address of an OpenSearch, that is the engine.
 */
const named = process.env["PAPERBOY_ENCODER"];
const encoder =
  named === undefined
    ? undefined
    : createModelEncoder({ folder: named, runtimeFolders: [path.resolve(named)] });
const url = process.env["PAPERBOY_TEST_OPENSEARCH"];
const apart = url === undefined ? undefined : inOpenSearch(url);
const engine = apart?.open ?? embedded(encoder);
const folders = process.argv.slice(2);
if (folders.length === 0) {
  process.stderr.write("Name the folders to measure: npm run relevance -- test/relevance/seed\n");
  process.exitCode = 2;
}
for (const folder of folders) {
  for (const score of await scoreFolder(folder, engine)) process.stdout.write(`${JSON.stringify(score)}\n`);
}
await apart?.close();
await encoder?.close();
