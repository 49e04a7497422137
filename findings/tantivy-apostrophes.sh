#!/usr/bin/env bash
# tantivy 0.27.0 (Python): an apostrophe quotes, so that “Goodhart's law” is refused and two plurals make a phrase of what is between.
#
# The query parser takes `'` for a quotation mark as `"` is. A question with one apostrophe is a syntax error; one with two, such
# as “our users' and models' side”, becomes the phrase “and models” among its words, and papers on models are not found by
# it. With the typographic apostrophe nothing is quoted, but a word with its genitive becomes the phrase “goodhart s” and no
# longer finds Goodhart, since the English analyser has no step for genitives. Fails when the parsed queries change.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet install tantivy==0.27.0
cat > parse.py <<'PY'
import sys
import tantivy
builder = tantivy.SchemaBuilder()
builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
index = tantivy.Index(builder.build())
writer = index.writer()
for text in ("Goodhart and the limits of benchmarks", "models of trust"):
    writer.add_document(tantivy.Document(text=text))
writer.commit()
index.reload()
def found(query):
    try:
        parsed = index.parse_query(query, ["text"])
    except ValueError as error:
        return str(error).split(":")[0]
    searcher = index.searcher()
    hits = sorted(searcher.doc(address)["text"][0] for _, address in searcher.search(parsed, 10).hits)
    phrases = str(parsed).count("PhraseQuery")
    return f"phrases {phrases}, hits {hits}"
before = {
    "Goodhart law": "phrases 0, hits ['Goodhart and the limits of benchmarks']",
    "Goodhart's law": "Syntax Error",
    "Goodhart\u2019s law": "phrases 1, hits []",
    "our users and models": "phrases 0, hits ['Goodhart and the limits of benchmarks', 'models of trust']",
    "our users' and models' side": "phrases 1, hits []",
}
failed = False
for query, expected in before.items():
    seen = found(query)
    print(f"{query}: {seen} (seen before: {expected})")
    failed = failed or seen != expected
sys.exit(failed)
PY
python/bin/python parse.py
