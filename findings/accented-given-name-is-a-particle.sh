#!/usr/bin/env bash
# pandoc 3.9 and @citation-js/plugin-bibtex 0.8.2: a given name that begins with an accented capital is read as a particle.
#
# `{\L}ukasz Kaiser` is how DBLP and BibTeX users write Łukasz Kaiser. BibTeX asks of a letter made by a command whether that is a
# capital (btxdoc, section 4), so that “Łukasz” is a given name, and bibtex 0.99d, pybtex and bibtexparser say so. pandoc and
# citation-js see a word that begins with a brace and take it for a particle such as “van”: no given name is left, and styles
# drop it or sort by it. `Łukasz Kaiser` and `Kaiser, {\L}ukasz` are read right by both. pandoc loses the letters of `{\DJ}` and
# `{\TH}` besides. Fails when what they read changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet install pypandoc_binary==1.17
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2
pandoc=$(python/bin/python -c 'import pypandoc; print(pypandoc.get_pandoc_path())')
cat > names.bib <<'BIB'
@misc{a, title = {T}, author = {{\L}ukasz Kaiser and {\'E}mile Borel and {\DJ}uro Kurepa and {\TH}or Berg and Łukasz Kaiser and Kaiser, {\L}ukasz}}
BIB
cat > read.cjs <<'JS'
const { readFileSync } = require("node:fs");
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
process.stdout.write(JSON.stringify(new Cite(readFileSync("names.bib", "utf8")).data));
JS
"$pandoc" --from biblatex --to csljson names.bib > pandoc.json
node read.cjs > citation-js.json
# Names as `particle|given|family`, one after the other.
cat > names.py <<'PY'
import json, sys
for name in json.load(open(sys.argv[1]))[0]["author"]:
    particle = name.get("dropping-particle", name.get("non-dropping-particle", ""))
    print("|".join((particle, name.get("given", ""), name["family"])), end="; ")
PY
fail=0
expect() {
  found=$(python3 names.py "$1.json")
  printf '%-11s %s\n%-11s %s\n' "$1" "$found" "(before)" "$2"
  [ "$found" = "$2" ] || fail=1
}
"$pandoc" --version | head -1
expect pandoc "Łukasz||Kaiser; Émile||Borel; uro||Kurepa; or||Berg; |Łukasz|Kaiser; |Łukasz|Kaiser; "
expect citation-js "Łukasz||Kaiser; Émile||Borel; Đuro||Kurepa; Þor||Berg; |Łukasz|Kaiser; |Łukasz|Kaiser; "
exit "$fail"
