#!/usr/bin/env bash
# pandoc 3.9: what it writes as BibTeX has no DOI, and a suffix has become part of the family name.
#
# From a CSL record with a DOI, `--to biblatex` writes `doi`, `--to bibtex` leaves it out, though BibTeX's styles that print DOIs
# and all reference managers read the field. “M. L. King, Jr.” is written as `King Jr., M. L.` by both: BibTeX, biber and
# pandoc itself read that as the family name “King Jr.” (with a suffix it is `King, Jr., M. L.`), so that the record does not
# come back as it went. Fails when what it writes changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet install pypandoc_binary==1.17
pandoc=$(python/bin/python -c 'import pypandoc; print(pypandoc.get_pandoc_path())')
cat > record.json <<'JSON'
[{ "id": "k", "type": "article-journal", "title": "T", "DOI": "10.1000/xyz",
   "author": [{ "family": "King", "given": "M. L.", "suffix": "Jr." }] }]
JSON
fail=0
expect() {
  printf '%-20s %s (seen before: %s)\n' "$1" "$3" "$2"
  [ "$3" = "$2" ] || fail=1
}
"$pandoc" --version | head -1
for form in bibtex biblatex; do "$pandoc" --from csljson --to "$form" record.json > "$form.bib"; done
expect "bibtex: doi" 0 "$(grep -c 'doi = ' bibtex.bib || true)"
expect "biblatex: doi" 1 "$(grep -c 'doi = ' biblatex.bib || true)"
expect "bibtex: author" "author = {King Jr., M. L.}" "$(grep -o 'author = {[^}]*}' bibtex.bib)"
again=$("$pandoc" --from bibtex --to csljson bibtex.bib | python3 -c 'import json, sys; print(json.dumps(json.load(sys.stdin)[0]["author"]))')
expect "read again" '[{"family": "King Jr.", "given": "M. L."}]' "$again"
exit "$fail"
