#!/usr/bin/env bash
# pybtex 0.26.1: a file that is read and written without a change has `\\&` for `\&`, and `\_` and `\%` in its DOIs and addresses.
#
# Texts are kept with their LaTeX when they are read, and encoded as LaTeX when they are written, so that each escape is escaped once
# more: “Comput. \& Sci.” becomes “Comput. \\& Sci.”, a line break and a bare ampersand, on which LaTeX stops. Fields that hold no
# LaTeX, `doi` and `url`, get escapes that are part of the address for biblatex, and the macro `jan` becomes the English word.
# Written twice, there are three backslashes. Fails when what it writes changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet install pybtex==0.26.1
cat > write.py <<'PY'
import sys
from pybtex.database import parse_string
text = r"""@article{k, author = {Jane Doe}, title = {T}, journal = {Comput. \& Sci.}, month = jan, year = 2020,
doi = {10.1002/a_b}, url = {https://a.example/b%20c}}"""
once = parse_string(text, "bibtex").to_string("bibtex")
twice = parse_string(once, "bibtex").to_string("bibtex")
line = lambda name, text: next(one.strip(" ,") for one in text.splitlines() if one.strip().startswith(name))
found = [line("journal", once), line("doi", once), line("url", once), line("month", once), line("journal", twice)]
before = [
    r'journal = "Comput. \\& Sci."',
    r'doi = "10.1002/a\_b"',
    r'url = "https://a.example/b\%20c"',
    'month = "January"',
    r'journal = "Comput. \\\& Sci."',
]
for one, expected in zip(found, before):
    print(f"{one}  (seen before: {expected})")
sys.exit(found != before)
PY
python/bin/python write.py
