#!/usr/bin/env bash
# idutils 1.7.1: a number such as 2023.12345 is an arXiv identifier of month 23, and the address of a paper at arXiv is none.
#
# An identifier of arXiv begins with year and month (info.arxiv.org/help/arxiv_identifier.html); months end at 12. idutils takes any
# four digits, a point and four or five more: decimal numbers of a table, “1234.5678”, are `arxiv`. What people paste, the
# address of a page or PDF at arxiv.org, is a `url` and nothing else, though addresses of DOIs are taken apart. Four digits, such
# as a year, are a `pmid`. Fails when what is detected changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet install idutils==1.7.1
cat > detect.py <<'PY'
import sys
import idutils
before = {
    "2101.00001": ["arxiv"],
    "2023.12345": ["arxiv"],
    "1234.5678": ["arxiv"],
    "https://arxiv.org/abs/2101.00001": ["url"],
    "https://arxiv.org/pdf/2101.00001v2": ["url"],
    "https://doi.org/10.1000/xyz": ["doi", "url"],
    "2020": ["pmid"],
}
failed = False
for text, expected in before.items():
    found = idutils.detect_identifier_schemes(text)
    print(f"{text}: {found} (seen before: {expected})")
    failed = failed or found != expected
sys.exit(failed)
PY
python/bin/python detect.py
