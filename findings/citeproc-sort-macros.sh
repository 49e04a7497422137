#!/usr/bin/env bash
# citeproc 2.4.63: a style whose sort keys are macros takes seconds to build, since macros in sort keys are built anew for each call.
#
# In a layout each macro of a style is built once and called from then on. In a sort key each call of a macro is built in
# place, with all that it calls, and so on: APA's style (data/styles/apa.csl) has 99 macros, and building it takes 7873
# expansions, more than a second in which nothing else runs; without its two sort elements it is built in a twentieth
# of that, 196. An engine's first answer blocks a server for that long. Counted are expansions; fails when the counts change.
set -euo pipefail
style=$(cd "$(dirname "$0")/../data/styles" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent citeproc@2.4.63
cat > count.cjs <<'JS'
const { readFileSync } = require("node:fs");
const CSL = require("citeproc");
const [, , folder, sorted] = process.argv;
const style = CSL.parseXml(readFileSync(`${folder}/apa.csl`, "utf8"));
const locale = readFileSync(`${folder}/locales-en-US.xml`, "utf8");
if (sorted === "unsorted")
  for (const part of style.children)
    if (part.children) part.children = part.children.filter((child) => child.name !== "sort");
let expansions = 0;
const { expandMacro } = CSL;
CSL.expandMacro = function (...call) {
  expansions++;
  return expandMacro.apply(this, call);
};
const began = performance.now();
new CSL.Engine({ retrieveLocale: () => locale, retrieveItem: () => ({}) }, style);
process.stderr.write(`${sorted}: ${Math.round(performance.now() - began)} ms\n`);
process.stdout.write(String(expansions));
JS
fail=0
expect() {
  printf 'apa.csl %-9s %s expansions of macros (seen before: %s)\n' "$1" "$3" "$2"
  [ "$3" = "$2" ] || fail=1
}
expect sorted 7873 "$(node count.cjs "$style" sorted)"
expect unsorted 196 "$(node count.cjs "$style" unsorted)"
exit "$fail"
