#!/usr/bin/env bash
# bm25s 0.3.16: a question of which no word occurs gets as many papers as were asked for, the last ones of the corpus.
#
# `retrieve` gives the k best whatever their scores are. Where a question has no word of the corpus, or stop words alone, all scores
# are 0 and the order is that of the selection: the last documents. Where one paper matches and k is 2, the second is one without any
# of the words. Nothing but the score of 0 tells them apart. Fails when what is given changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet install bm25s==0.3.16
cat > find.py <<'PY'
import sys
import bm25s
corpus = ["a cat sat", "deep learning of cats", "graph theory"]
retriever = bm25s.BM25()
retriever.index(bm25s.tokenize(corpus, show_progress=False), show_progress=False)
before = {
    "zebra": "graph theory 0.0; deep learning of cats 0.0",
    "of the": "graph theory 0.0; deep learning of cats 0.0",
    "cat": "a cat sat 0.4; graph theory 0.0",
}
failed = False
for query, expected in before.items():
    texts, scores = retriever.retrieve(bm25s.tokenize(query, show_progress=False), corpus=corpus, k=2, show_progress=False)
    found = "; ".join(f"{text} {score:.1f}" for text, score in zip(texts[0], scores[0]))
    print(f"{query}: {found} (seen before: {expected})")
    failed = failed or found != expected
sys.exit(failed)
PY
python/bin/python find.py
