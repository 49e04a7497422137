#!/usr/bin/env bash
# feedsmith 3.0.1: PRISM fields (DOI, journal, pages) are read in RSS 2.0 and dropped in RSS 1.0, the form that journals use.
#
# Publishers' feeds of papers are mostly RSS 1.0 (RDF) with Dublin Core and PRISM: the DOI, the journal's name and the date
# of a paper are `prism:doi`, `prism:publicationName` and `prism:publicationDate`. Of the same item feedsmith gives them under
# `prism` where the feed is RSS 2.0; where it is RSS 1.0, Dublin Core alone is left. No other key holds them and nothing is
# said. Fails when what it reads changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts feedsmith@3.0.1
cat > read.mjs <<'JS'
import { parseFeed } from "feedsmith";
const names =
  'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"';
const fields =
  "<title>A</title><link>https://journal.example/1</link><dc:creator>Jane Doe</dc:creator>" +
  "<prism:doi>10.1000/xyz</prism:doi><prism:publicationName>J</prism:publicationName>";
const about = "<title>J</title><link>https://journal.example/</link><description>D</description>";
const feeds = {
  "RSS 1.0": `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" ${names}><channel rdf:about="https://journal.example/">${about}</channel><item rdf:about="https://journal.example/1">${fields}</item></rdf:RDF>`,
  "RSS 2.0": `<rss version="2.0" ${names}><channel>${about}<item>${fields}</item></channel></rss>`,
};
const before = {
  "RSS 1.0": 'creators ["Jane Doe"], prism none',
  "RSS 2.0": 'creators ["Jane Doe"], prism {"publicationName":"J","doi":"10.1000/xyz"}',
};
for (const [form, text] of Object.entries(feeds)) {
  const [item] = parseFeed(text).feed.items;
  const found = `creators ${JSON.stringify(item.dc.creators)}, prism ${JSON.stringify(item.prism) ?? "none"}`;
  console.log(`${form}: ${found} (seen before: ${before[form]})`);
  if (found !== before[form] || (form === "RSS 1.0" && JSON.stringify(item).includes("10.1000"))) process.exitCode = 1;
}
JS
node read.mjs
