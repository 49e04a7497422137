#!/usr/bin/env bash
# lunr 2.3.9: a paper's title with a colon, typed as it is printed, is an error, and “GPT4” does not find “GPT-4”.
#
# Half of all titles have a colon (“Attention: all you need”). In a query what stands before it is the name of a field, so that a title
# typed as it is printed ends in “unrecognised field 'Attention'” although no such field was asked for. A hyphen
# is a space, so that “GPT-4” is the words “GPT” and “4”, and “GPT4” another one. Fails when what is found changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts lunr@2.3.9
cat > find.cjs <<'JS'
const lunr = require("lunr");
const texts = ["Attention: all you need", "GPT-4 technical report"];
const index = lunr(function () {
  this.ref("id");
  this.field("title");
  texts.forEach((title, id) => this.add({ id, title }));
});
const before = {
  "Attention: all you need": "QueryParseError: unrecognised field 'Attention', possible fields: 'title'",
  "all you need": "0",
  "GPT4": "",
};
for (const [query, expected] of Object.entries(before)) {
  let found;
  try {
    found = index.search(query).map(({ ref }) => ref).join(" ");
  } catch (error) {
    found = `${error.name}: ${error.message}`;
  }
  console.log(`${query}: “${found}” (seen before: “${expected}”)`);
  if (found !== expected) process.exitCode = 1;
}
JS
node find.cjs
