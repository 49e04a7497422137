#!/usr/bin/env bash
# rss-parser 3.13.0: of the authors of a paper the first alone is given, in arXiv's Atom and in journals' RSS.
#
# A paper has an `author` (Atom, RFC 4287, section 4.2.1) or a `dc:creator` (Dublin Core) for each of its authors. `author` and `creator`
# of an item are texts, filled with the first one; the others are in no other key, so that “Alpha, Beta and Gamma” is shown
# as a paper of Alpha's. (feedparser for Python errs too, but it keeps a list.) `customFields` with `keepArray`, which has to be known,
# gets them back. Fails when what it gives changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts rss-parser@3.13.0
cat > read.mjs <<'JS'
import Parser from "rss-parser";
const head = '<?xml version="1.0"?>';
const atom = `${head}<feed xmlns="http://www.w3.org/2005/Atom"><title>q</title><id>u:q</id><updated>2023-01-01T00:00:00Z</updated><entry><id>u:1</id>
<title>T</title><updated>2023-01-01T00:00:00Z</updated><author><name>Ann Alpha</name></author><author><name>Bob Beta</name></author></entry></feed>`;
const rss = `${head}<rss xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel><title>J</title><link>http://j.example</link>
<description>d</description><item><title>T</title><dc:creator>Ann Alpha</dc:creator><dc:creator>Bob Beta</dc:creator></item></channel></rss>`;
for (const [kind, text, key] of [["Atom", atom, "author"], ["RSS 2.0", rss, "creator"]]) {
  const [item] = (await new Parser().parseString(text)).items;
  const kept = JSON.stringify(item).includes("Beta");
  console.log(`${kind}: ${key} ${item[key]}, Beta ${kept ? "kept" : "lost"} (seen before: Ann Alpha, lost)`);
  if (item[key] !== "Ann Alpha" || kept) process.exitCode = 1;
}
JS
node read.mjs
