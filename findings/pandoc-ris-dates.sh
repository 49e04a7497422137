#!/usr/bin/env bash
# pandoc 3.9: of a RIS record with a full date no date is left, a year with its slashes becomes four years, and of a name with a
# suffix the suffix becomes the given name.
#
# RIS writes dates as `YYYY/MM/DD/other`, with empty parts where they are not known (`2020///`, as EndNote and RefWorks do), and
# names as `Family, Given, Suffix`. pandoc reads `2020/03/05/` as no date at all, `2020///` as the years 2020, 0, 0 and 0, and
# `King, Martin Luther, Jr.` as the given name “Jr.” with the suffix “Martin Luther”. A plain `2020` and `2020-03-05` are read.
# `DA`, which has the date where `PY` has the year, is passed over. Nothing is said. Fails when what it reads changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet install pypandoc_binary==1.17
pandoc=$(python/bin/python -c 'import pypandoc; print(pypandoc.get_pandoc_path())')
fail=0
# expect KEY LINE VALUE: what pandoc makes of a record with this line.
expect() {
  found=$(printf 'TY  - JOUR\nTI  - T\n%s\nER  - \n' "$2" | "$pandoc" --from ris --to csljson |
    python3 -c 'import json, sys; print(json.dumps(json.load(sys.stdin)[0].get(sys.argv[1])))' "$1")
  printf '%-35s %s (seen before: %s)\n' "$2" "$found" "$3"
  [ "$found" = "$3" ] || fail=1
}
"$pandoc" --version | head -1
expect issued "PY  - 2020" '{"date-parts": [[2020]]}'
expect issued "PY  - 2020-03-05" '{"date-parts": [[2020, 3, 5]]}'
expect issued "PY  - 2020/03/05/" '{"date-parts": []}'
expect issued "PY  - 2020///" '{"date-parts": [[2020], [0], [0], [0]]}'
expect issued "DA  - 2020/03/05/" null
expect author "AU  - King, Martin Luther, Jr." '[{"family": "King", "given": "Jr.", "suffix": "Martin Luther"}]'
exit "$fail"
