#!/usr/bin/env bash
# nameparser 2.6.0 and humanparser 2.7.0: the initials V and I of authors are read as “the fifth” and “the first”, and BibTeX's
# “King, Jr., Martin Luther” has no given name, or “Jr.,”.
#
# Catalogues write authors with initials (“Nguyen, Thanh V”, “Ma, I”), so a letter behind the comma is a given name. Both take V for a
# number behind the name, and humanparser of “Ma, I” makes the given name Ma and no family name at all. With two commas BibTeX has
# family, suffix, given (btxdoc, section 4). Names read so are cited as other people's. Fails when what they give changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet install nameparser==2.6.0
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts humanparser@2.7.0
cat > read.py <<'PY'
from nameparser import HumanName
for text in ("Nguyen, Thanh V", "Ma, I", "King, Jr., Martin Luther"):
    name = HumanName(text)
    print("|".join((name.first, name.middle, name.last, name.suffix)))
PY
cat > read.cjs <<'JS'
const { parseName } = require("humanparser");
for (const text of ["Nguyen, Thanh V", "Ma, I", "King, Jr., Martin Luther"]) {
  const { firstName = "", middleName = "", lastName = "", suffix = "" } = parseName(text);
  console.log([firstName, middleName, lastName, suffix].join("|"));
}
JS
fail=0
expect() {
  printf '%s, as given|middle|family|suffix\n%s\n(seen before)\n%s\n' "$1" "$2" "$3"
  [ "$2" = "$3" ] || fail=1
}
expect nameparser "$(python/bin/python read.py)" $'Thanh||Nguyen|V\nI||Ma|\n||King|Jr., Martin Luther'
expect humanparser "$(node read.cjs)" $'Thanh||Nguyen|V\nMa|||I\nJr.,|Martin Luther|King|'
exit "$fail"
