#!/usr/bin/env bash
# biblatex-csl-converter 3.2.2: “Nguyễn” gets its tilde on the y, and of $O(n \log n)$ the logarithm is lost.
#
# `Nguy{\~{\^e}}n` is how BibTeX files have the most frequent Vietnamese family name. The converter puts the outer accent on the
# letter before (“Nguỹên”), in BibLaTeX's and in CSL's form alike, and an accent over a dotless i before a space. In formulas
# commands that it does not know are dropped with nothing in their place: `\log`, so that a bound of n log n becomes one of n squared in
# print, and `\tilde`. No error or warning is given. Fails when what it makes changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts biblatex-csl-converter@3.2.2
cat > convert.mjs <<'JS'
import { BibLatexParser, CSLExporter } from "biblatex-csl-converter";
const text = String.raw`@misc{k, author = {Nguy{\~{\^e}}n, An and Garc{\'{\i}}a, Eva}, title = {Sorting in $O(n \log n)$ and $\tilde{O}(n)$}}`;
const { entries, errors, warnings } = new BibLatexParser(text).parse();
const [item] = Object.values(new CSLExporter(entries).parse());
const found = [...item.author.map(({ family }) => family), item.title.replaceAll(/<.*?>/g, ""), `${errors.length + (warnings?.length ?? 0)} told`];
const before = ["Nguy\u0303ên", "Garć\u0131a", "Sorting in O(n  n) and O(n)", "0 told"];
for (const [i, one] of found.entries()) {
  const same = one.normalize("NFD") === before[i].normalize("NFD");
  console.log(`${one} (seen before: ${before[i]})`);
  if (!same) process.exitCode = 1;
}
JS
node convert.mjs
