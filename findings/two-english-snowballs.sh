#!/usr/bin/env bash
# wink-porter2-stemmer 2.0.1, PyStemmer 3.1.0 and tantivy 0.27.0: three stemmers of one name, English Snowball, with two algorithms.
#
# Snowball changed its English stemmer with version 3: “university” and “universal”, “intern” and “internal” are told apart, and
# so are “emergence”, “emergent” and “emerge”; “adding” becomes “add” and no longer “ad”. Python's package and
# Tantivy's `en_stem` have that one; the JavaScript package, named after the same algorithm, has the one before. Where words are
# stemmed by one and looked up in an index made by the other, “added”, “internal” and “emergence” are found no more, and nothing
# says so. Fails when a stem changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet install PyStemmer==3.1.0 tantivy==0.27.0
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts wink-porter2-stemmer@2.0.1
words="university universal universe internal intern emergence emergent emerge adding added add"
cat > stem.py <<'PY'
import sys
import Stemmer
import tantivy
words = sys.argv[1:]
builder = tantivy.SchemaBuilder()
builder.add_text_field("text", tokenizer_name="en_stem")
index = tantivy.Index(builder.build())
def by_tantivy(word):
    # A query of one word is shown with its term: Query(TermQuery(Term(field=0, type=Str, "add"))).
    return str(index.parse_query(word, ["text"])).split('"')[1]
print("PyStemmer", *Stemmer.Stemmer("english").stemWords(words))
print("tantivy", *map(by_tantivy, words))
PY
# shellcheck disable=SC2086
{ python/bin/python stem.py $words; node -e 'const stem = require("wink-porter2-stemmer"); console.log("wink", ...process.argv.slice(1).map((word) => stem(word)))' $words; } > found
cat > before <<'T'
PyStemmer universiti universal univers internal intern emergenc emergent emerg add add add
tantivy universiti universal univers internal intern emergenc emergent emerg add add add
wink univers univers univers intern intern emerg emerg emerg ad ad add
T
cat found
diff before found
