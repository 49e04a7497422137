#!/usr/bin/env bash
# pylatexenc 2.11: the text inside \texttt, \textsf, \mbox and \textup is dropped, and so are the bars of KL(p\|q).
#
# LatexNodes2Text is what Python programs make text of BibTeX titles and arXiv's abstracts with. Of a macro that it has no rule for it keeps
# the arguments only where it knows how many there are; \texttt, by which titles name software, is not among them though \textbf and
# \emph are, so that “The \texttt{numpy} array” has a hole. A macro without argument, such as \|, becomes nothing. Nothing is
# told. Fails when what it gives changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet install pylatexenc==2.11
cat > read.py <<'PY'
import sys
from pylatexenc.latex2text import LatexNodes2Text
before = {
    r"The \texttt{numpy} array": "The  array",
    r"\textsf{Pyro}: deep probabilistic programming": ": deep probabilistic programming",
    r"an \mbox{n-gram} model": "an  model",
    r"\textup{B}ayes": "ayes",
    r"$KL(p\|q)$": "KL(pq)",
    r"The \textbf{numpy} array": "The numpy array",
}
failed = False
for latex, expected in before.items():
    found = LatexNodes2Text().latex_to_text(latex)
    print(f"{latex} -> {found!r} (seen before: {expected!r})")
    failed = failed or found != expected
sys.exit(failed)
PY
python/bin/python read.py
