#!/usr/bin/env bash
# bibtexparser 2.0.0b8: decoding LaTeX cuts an address at its first `%`, and encoding breaks a DOI with an underscore.
#
# `url` and `doi` hold no LaTeX: biblatex reads them word for word, and `%20` in an address is a space, not a comment. The
# middleware that decodes LaTeX goes over all fields alike: of `https://a.example/b%20c?page=2` is left `https://a.example/b`, and an
# EDTF date `1988~` (about 1988) gets a no-break space. The one that encodes turns the DOI `10.1002/a_b` into `10.1002/a\_b`.
# Neither says so; a file that is read and written loses the rest of such addresses. Fails when what it makes changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet install bibtexparser==2.0.0b8
cat > read.py <<'PY'
import sys
import bibtexparser
from bibtexparser import middlewares
text = "@online{k, url = {https://a.example/b%20c?page=2}, doi = {10.1002/a_b}, date = {1988~}}"
decoded = bibtexparser.parse_string(text, append_middleware=[middlewares.LatexDecodingMiddleware()])
kept = bibtexparser.parse_string(text)
written = bibtexparser.write_string(kept, prepend_middleware=[middlewares.LatexEncodingMiddleware()])
fields = {field.key: field.value for field in decoded.entries[0].fields}
found = {
    "url decoded": fields["url"],
    "date decoded": fields["date"].replace("\u00a0", "<no-break space>"),
    "doi encoded": next(line.strip(" \t,") for line in written.splitlines() if "doi" in line),
}
before = {
    "url decoded": "https://a.example/b",
    "date decoded": "1988<no-break space>",
    "doi encoded": r"doi = {10.1002/a\_b}",
}
for name, value in found.items():
    print(f"{name}: {value} (seen before: {before[name]})")
sys.exit(found != before)
PY
python/bin/python read.py
