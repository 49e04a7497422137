#!/usr/bin/env bash
# latexcodec 3.0.1, by which pybtex 0.26.1 writes BibTeX in ASCII: “Nguyễn” cannot be written, though “\~{\^e}” can be read by TeX.
#
# A letter with two accents has no line in the codec's table, and it puts none together of one it has, so that the most frequent
# Vietnamese family name ends the writing of the whole file with a UnicodeEncodeError; “Erdős” and “García” are written. One author
# is enough, in a file of thousands. Fails when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet install pybtex==0.26.1 latexcodec==3.0.1
cat > write.py <<'PY'
import sys
from pybtex.database import parse_string
before = {"Paul Erdős": "written", "Thanh Nguyễn": "UnicodeEncodeError", "Hà Trần": "UnicodeEncodeError"}
failed = False
for author, expected in before.items():
    entry = parse_string("@misc{k, title={T}, author={%s}}" % author, "bibtex")
    try:
        entry.to_bytes("bibtex", encoding="ascii")
        found = "written"
    except UnicodeEncodeError as error:
        found = type(error).__name__
    print(f"{author}: {found} (seen before: {expected})")
    failed = failed or found != expected
sys.exit(failed)
PY
python/bin/python write.py
