#!/usr/bin/env bash
# nltk 3.10.4: its English Snowball stemmer has “quantization” and “quantize” apart, and “realization” and “realize”.
#
# Snowball's English algorithm ends with the removal of a final “e”: both words become “quantiz” in Snowball's own PyStemmer, and
# “realiz”. In NLTK, where a step has made “ize” of “ization”, the last step does not look at that “e” again, so that a search for
# “quantize” has no paper on quantization. “Optimization” and “tokenization” are right: they are long enough to lose the whole
# ending. Fails when a stem changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet install nltk==3.10.4 PyStemmer==3.1.0
cat > stem.py <<'PY'
import sys
import Stemmer
from nltk.stem.snowball import EnglishStemmer
nltk, snowball = EnglishStemmer().stem, Stemmer.Stemmer("english").stemWord
before = {
    "quantize": ("quantiz", "quantiz"),
    "quantization": ("quantize", "quantiz"),
    "realize": ("realiz", "realiz"),
    "realization": ("realize", "realiz"),
    "optimize": ("optim", "optim"),
    "optimization": ("optim", "optim"),
}
failed = False
for word, expected in before.items():
    found = (nltk(word), snowball(word))
    print(f"{word}: nltk {found[0]}, PyStemmer {found[1]} (seen before: {', '.join(expected)})")
    failed = failed or found != expected
sys.exit(failed)
PY
python/bin/python stem.py
