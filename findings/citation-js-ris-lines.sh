#!/usr/bin/env bash
# @citation-js/plugin-ris 0.8.2: each title and abstract longer than 70 characters is cut in the middle of a word, for good.
#
# RIS has no rule by which a line goes on; readers put a space between the lines, and so does this package itself. So “low-resource
# translation” comes back as “low-resource t ranslation”, from its own file and through rispy 0.10.0; pandoc 3.9 refuses the file. A
# program that reads such files right has to know the 70 characters. Particles (“van der”) are lost besides. Fails when this
# changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts @citation-js/core@0.8.2 @citation-js/plugin-ris@0.8.2
python3 -m venv python
python/bin/pip --quiet install rispy==0.10.0 pypandoc_binary==1.17
cat > write.cjs <<'JS'
const { writeFileSync } = require("node:fs");
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-ris");
const title = "A comparison of transformers and recurrent networks for low-resource translation";
const author = [{ family: "Berg", given: "Jan", "non-dropping-particle": "van der" }];
const text = new Cite([{ id: "k", type: "article-journal", title, author }]).format("ris");
writeFileSync("one.ris", text);
const [again] = new Cite(text).data;
console.log(`citation-js: ${again.title.slice(-25)} by ${again.author[0].family}`);
JS
cat > read.py <<'PY'
import rispy
entry = rispy.load(open("one.ris"))[0]
print(f"rispy: {entry['title'][-25:]} by {entry['authors'][0].split(',')[0]}")
PY
{
  node write.cjs
  python/bin/python read.py
  pandoc=$(python/bin/python -c 'import pypandoc; print(pypandoc.get_pandoc_path())')
  "$pandoc" --from ris --to csljson one.ris >/dev/null 2>&1 && echo "pandoc: read" || echo "pandoc: refused"
} | tee found
cat > before <<'T'
citation-js: low-resource t ranslation by Berg
rispy: low-resource t ranslation by Berg
pandoc: refused
T
diff before found
