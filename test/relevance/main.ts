import { scoreFolder } from "./judged-set.ts";

/** `npm run relevance -- DIR...` prints one line of JSON for each set and for each kind of query in it. */
const folders = process.argv.slice(2);
if (folders.length === 0) {
  process.stderr.write("Name the folders to measure: npm run relevance -- test/relevance/seed\n");
  process.exitCode = 2;
}
for (const folder of folders) {
  for (const score of await scoreFolder(folder)) process.stdout.write(`${JSON.stringify(score)}\n`);
}
