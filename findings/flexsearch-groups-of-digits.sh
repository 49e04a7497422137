#!/usr/bin/env bash
# flexsearch 0.8.212: with `tokenize: "strict"`, whole words alone, “202” finds papers of 2024 and 2025.
#
# The default encoder cuts numbers into groups of three digits: “2024” is stored as “202” and “4”, “20241” as “202” and “41”. Whole
# words are compared, but of numbers the groups: the arXiv identifier 2101.00001 is found by “000” and by “210”, and a version or
# a dataset of four digits by its first three. Fails when what is found changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts flexsearch@0.8.212
cat > find.mjs <<'JS'
import flexsearch from "flexsearch";
const index = new flexsearch.Index({ tokenize: "strict" });
const texts = ["results of 2024", "results of 2025", "see 2101.00001", "training a model"];
texts.forEach((text, id) => index.add(id, text));
const before = {
  2024: ["results of 2024"],
  202: ["results of 2024", "results of 2025"],
  210: ["see 2101.00001"],
  "000": ["see 2101.00001"],
  train: [],
};
for (const [query, expected] of Object.entries(before)) {
  const found = index.search(query).map((id) => texts[id]).sort();
  console.log(`${query}: ${JSON.stringify(found)} (seen before: ${JSON.stringify(expected)})`);
  if (JSON.stringify(found) !== JSON.stringify(expected)) process.exitCode = 1;
}
JS
node find.mjs
