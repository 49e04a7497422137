#!/usr/bin/env bash
# @citation-js/plugin-bibtex 0.8.2: one damaged entry of a .bib loses the whole file, and dates that are none become dates.
#
# Of a file of a thousand entries, in one of which a comma lacks between two fields, as BibTeX itself reports and gets over,
# none is read: an error is thrown at the first such place, with no entry before or behind it. The same goes for a missing
# brace, and for a command that is followed by a formula (`\emph$x$`). And `date = {17-05-2020}, year = 2020`, which biblatex
# refuses and takes the year for, is read as the day 2020 of the fifth month of the year 17. Fails when this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2
cat > read.cjs <<'JS'
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
const whole = Array.from({ length: 1000 }, (_, i) => `@misc{k${i}, title = {Paper ${i}}, year = {2020}}\n`);
const entries = (damaged) => whole.with(500, damaged).join("");
const read = (text) => {
  try {
    return String(new Cite(text).data.length);
  } catch {
    return "none";
  }
};
const date = new Cite("@misc{a, title = {A}, date = {17-05-2020}, year = 2020}").data[0].issued["date-parts"][0];
const found = {
  "all in order": [read(whole.join("")), "1000"],
  "a comma lacks": [read(entries("@misc{x, title = {X} year = {2020}}\n")), "none"],
  "a brace lacks": [read(entries("@misc{x, title = {X}, year = {2020}\n")), "none"],
  "a command before a formula": [read(entries("@misc{x, title = {On \\emph$x$}}\n")), "none"],
  "the date 17-05-2020": [date.join("-"), "17-5-2020"],
};
for (const [name, [now, before]] of Object.entries(found)) {
  console.log(`${name.padEnd(28)} ${now} (seen before: ${before})`);
  if (now !== before) process.exitCode = 1;
}
JS
printf '@citation-js/plugin-bibtex 0.8.2, Node %s; entries read of 1000\n' "$(node --version)"
node read.cjs
