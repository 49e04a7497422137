#!/usr/bin/env bash
# rispy 0.10.0: of a book with an ISBN and an ISSN, both `SN` in RIS, the second is lost without a word.
#
# RIS has one tag for both numbers, and a chapter in a series has both. rispy keeps the first of a tag that it does not hold for
# a list (`SN`, `DO`, `AB`, `L1` among them) and drops the rest, unless its option
# enforce_list_tags is turned off. So the same chapter has an ISSN or an ISBN by the order of two lines,
# under the key `issn` both times. Fails when what it reads changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet install rispy==0.10.0
cat > read.py <<'PY'
import sys
import rispy
numbers = ["SN  - 1234-5678", "SN  - 978-3-16-148410-0"]
before = {"ISSN first": "1234-5678", "ISBN first": "978-3-16-148410-0"}
failed = False
for order, lines in (("ISSN first", numbers), ("ISBN first", numbers[::-1])):
    entry = rispy.loads("\n".join(["TY  - CHAP", "TI  - T", *lines, "ER  - ", ""]))[0]
    found = entry.get("issn")
    print(f"{order}: issn {found} (seen before: {before[order]}), keys {sorted(entry)}")
    failed = failed or found != before[order] or sorted(entry) != ["issn", "title", "type_of_reference"]
sys.exit(failed)
PY
python/bin/python read.py
