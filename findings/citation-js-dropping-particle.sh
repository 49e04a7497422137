#!/usr/bin/env bash
# @citation-js/plugin-bibtex 0.8.2: written as BibTeX, “Ludwig van Beethoven” is “Beethoven, Ludwig”.
#
# CSL has two particles: one that stays with the family name when it is sorted (“van der Berg”) and one that does not (“van” of
# Beethoven, dropping-particle). BibTeX has one place for both, before the family name, and the reader of the same package
# fills it from there. Its writer leaves the second kind out, in BibTeX and biblatex, so that a name that came as
# `Ludwig van Beethoven` by way of pandoc, Zotero or citeproc goes out shortened. Fails when what it writes changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2
cat > write.cjs <<'JS'
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
const author = [
  { family: "Beethoven", given: "Ludwig", "dropping-particle": "van" },
  { family: "Berg", given: "Jan", "non-dropping-particle": "van der" },
];
const before = "author = {Beethoven, Ludwig and van der Berg, Jan}";
for (const form of ["bibtex", "biblatex"]) {
  const text = new Cite([{ id: "k", type: "article-journal", title: "T", author }]).format(form);
  const [found] = /author = \{.*\}/u.exec(text);
  console.log(`${form}: ${found} (seen before: ${before})`);
  if (found !== before) process.exitCode = 1;
}
JS
node write.cjs
