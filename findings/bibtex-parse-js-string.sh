#!/usr/bin/env bash
# @orcid/bibtex-parse-js 0.0.25 and bibtex-parse-js 0.0.24: a file with one @string is refused as a whole.
#
# Abbreviations of journals by @string are as old as BibTeX (btxdoc, section 2.1), and DBLP's and many groups' files begin with them.
# Both packages have a branch for them that calls a function that is not there: a TypeError, “this.string is not a function”, and no entry
# of the file, before or behind, is given. The same file without that line is read. Fails when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts @orcid/bibtex-parse-js@0.0.25 bibtex-parse-js@0.0.24
cat > read.cjs <<'JS'
const entry = "@article{k, title = {T}, year = {2020}}\n";
const abbreviation = '@string{pami = "IEEE Trans. PAMI"}\n';
const before = { with: "TypeError: this.string is not a function", without: "1 entry" };
for (const name of ["@orcid/bibtex-parse-js", "bibtex-parse-js"])
  for (const [kind, text] of [["with", entry + abbreviation], ["without", entry]]) {
    let found;
    try {
      found = `${require(name).toJSON(text).length} entry`;
    } catch (error) {
      found = String(error);
    }
    console.log(`${name}, ${kind} @string: ${found} (seen before: ${before[kind]})`);
    if (found !== before[kind]) process.exitCode = 1;
  }
JS
node read.cjs
