#!/usr/bin/env bash
# biber 2.18: a family name that begins small, `hooks, bell`, is read as a particle, the given name twice, and no family name.
#
# BibTeX, pybtex and bibtexparser take the only word before the comma for the family name, whatever its case (btxdoc, section 4).
# biber makes of it the prefix “hooks bell” and the given name “bell”: the entry is sorted and labelled without a family name,
# with no warning. In braces, `{hooks}, bell`, all of them read it alike. Needs biber; fails when what it reads changes.
set -euo pipefail
command -v biber >/dev/null || { echo "biber is not on this machine"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
printf '@book{plain, author = {hooks, bell}, title = {T}}\n@book{braced, author = {{hooks}, bell}, title = {T}}\n' > names.bib
biber --quiet --tool --output-format=biblatexml --outfile=names.xml names.bib
# Parts of the names in the order of the file: `family=hooks given=bell`.
parts() {
  python3 - "$1" <<'PY'
import sys
import xml.etree.ElementTree as tree
space = {"b": "http://biblatex-biber.sourceforge.net/biblatexml"}
entry = next(one for one in tree.parse("names.xml").getroot() if one.get("id") == sys.argv[1])
parts = entry.findall("b:names/b:name/b:namepart", space)
print(" ".join(sorted(f"{one.get('type')}={' '.join(' '.join(one.itertext()).split())}" for one in parts)))
PY
}
fail=0
expect() {
  printf '%-7s %s (seen before: %s)\n' "$1" "$3" "$2"
  [ "$3" = "$2" ] || fail=1
}
biber --version
expect plain "given=bell prefix=hooks bell" "$(parts plain)"
expect braced "family=hooks given=bell" "$(parts braced)"
exit "$fail"
