#!/usr/bin/env bash
# Writes entries of generated papers and reads them with the programs that people give them to, without loss: pybtex,
# bibtexparser, rispy and citation-js, which are installed into a folder of their own, and BibTeX with pdfLaTeX, biber and
# pandoc, where they are on this machine. With --light only the Python libraries and pandoc, and fewer entries. Which cannot be
# asked here is said. Compile first.
set -euo pipefail
cd "$(dirname "$0")/../.."
light=${1:-}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
node dist/test/citation/write-entries.js "$folder" "$([ "$light" = --light ] && echo 120 || echo 500)"
has() { command -v "$1" >/dev/null || { echo "$1: not on this machine, so not asked"; return 1; }; }

ask_pandoc() {
  has pandoc && has python3 || return 0
  for dialect in bibtex biblatex; do
    pandoc -f "$dialect" -t csljson "$folder/$dialect.bib" >"$folder/pandoc-$dialect.csl.json"
  done
  python3 test/citation/check_entries.py "$folder" csl
}

[ "$light" = --light ] && ask_pandoc
if ! { python3 -m venv "$folder/venv" && timeout 60 "$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  pybtex==0.26.1 bibtexparser==2.1.0 rispy==0.10.0 pylatexenc==2.10; }; then
  echo "pybtex, bibtexparser and rispy cannot be installed here, so they were not asked"
  [ "$light" = --light ] && exit 0
  exit 1
fi
check() { "$folder/venv/bin/python" test/citation/check_entries.py "$folder" "$@"; }
check pybtex bibtexparser rispy
[ "$light" = --light ] && exit 0

(
  cd "$folder"
  npm init -y >/dev/null
  npm install --no-audit --no-fund --loglevel=error --ignore-scripts \
    @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2 @citation-js/plugin-ris@0.8.2
  node - <<'JS'
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
require("@citation-js/plugin-ris");
const { readFileSync, writeFileSync } = require("node:fs");
for (const [file, name, type] of [
  ["bibtex.bib", "citation-js-bibtex", "@bibtex/text"],
  ["biblatex.bib", "citation-js-biblatex", "@biblatex/text"],
  ["ris.ris", "citation-js-ris", "@ris/file"],
]) {
  const { data } = new Cite(readFileSync(file, "utf8"), { forceType: type });
  writeFileSync(`${name}.csl.json`, JSON.stringify(data));
}
JS
)
check csl
ask_pandoc
if has biber; then
  (cd "$folder" && biber --quiet --tool --output-format=biblatexml --outfile=biblatex.xml biblatex.bib)
  check biber
fi
if has bibtex && has pdflatex; then
  # Entries in letters and signs that pdfLaTeX has: of others BibTeX's styles cut initials in two, as docs/citations.md says.
  node - "$folder" <<'JS'
const { readFileSync, writeFileSync } = require("node:fs");
const folder = process.argv[2];
const entries = readFileSync(`${folder}/bibtex.bib`, "utf8").split("\n\n");
writeFileSync(`${folder}/latin.bib`, entries.filter((entry) => !/[^\u0000-\u036F\u1E00-\u2BFF]/.test(entry)).join("\n\n"));
JS
  cat >"$folder/list.tex" <<'TEX'
\documentclass{article}
\usepackage[T1]{fontenc}
\begin{document}
\nocite{*}
\bibliographystyle{abbrv}
\bibliography{latin}
\end{document}
TEX
  (
    cd "$folder"
    pdflatex -interaction=batchmode list >/dev/null
    bibtex list >/dev/null || grep -a "^I'm\|error" list.blg
    pdflatex -interaction=nonstopmode list >list.out || true
  )
  wrong=$(grep -a '^!' "$folder/list.out" | sort | uniq -c || true)
  echo "bibtex and pdflatex: $(grep -c '^\\bibitem' "$folder/list.bbl") entries, errors: ${wrong:-none}"
  [ -z "$wrong" ]
fi
