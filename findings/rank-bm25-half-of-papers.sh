#!/usr/bin/env bash
# rank-bm25 0.2.2: a word that half of the papers have counts nothing, one that more of them have counts again, and of two papers
# on the same subject the one with the word may come last.
#
# The weight of a word is log((N − n + ½) / (n + ½)): 0 for a word in half of the texts, and negative above. BM25Okapi puts a quarter of
# the mean weight in place of negative ones, so that weight no longer falls with frequency: of four papers “graph” in three
# weighs 0.15, in two of them 0. Where that mean is negative itself, as in a few papers on one subject, scores are negative and papers
# without the word come first. Lucene and others take log(1 + …), which stays above 0. Fails when the scores change.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet install rank-bm25==0.2.2 numpy==2.2.6
cat > rank.py <<'PY'
import sys
from rank_bm25 import BM25Okapi
corpora = {
    "in 3 of 4": (["graph neural networks", "graph kernels", "graph transformers", "diffusion models"], [0.13, 0.16, 0.16, 0.0]),
    "in 2 of 4": (["graph neural networks", "graph kernels", "image transformers", "diffusion models"], [0.0, 0.0, 0.0, 0.0]),
    "in 2 of 3 alike": (["graph trees", "graph trees", "trees"], [-0.28, -0.28, 0.0]),
}
failed = False
for name, (texts, before) in corpora.items():
    scores = [round(float(s), 2) + 0.0 for s in BM25Okapi([t.split() for t in texts]).get_scores(["graph"])]
    print(f"“graph” {name}: {scores} (seen before: {before})")
    failed = failed or scores != before
sys.exit(failed)
PY
python/bin/python rank.py
