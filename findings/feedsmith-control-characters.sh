#!/usr/bin/env bash
# feedsmith 3.0.1: one title with a control character, as texts copied from PDFs have them, makes the whole feed one that is no XML.
#
# XML 1.0 has no place for U+000B or U+0001, not even as `&#11;` (section 2.2). The generator escapes what is markup and writes
# these as they are, so that a strict reader has none of the entries; nothing is thrown when the feed is made. Who makes feeds
# of others' titles has to take such characters out first. Shown with Python's expat. Fails when this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts feedsmith@3.0.1
cat > make.mjs <<'JS'
import { writeFileSync } from "node:fs";
import { generateAtomFeed, generateRssFeed } from "feedsmith";
const titles = { clean: "Two papers & more", copied: "e\u000bcient training" };
for (const [name, title] of Object.entries(titles)) {
  const entry = { id: "urn:1", title: { value: title }, updated: new Date(0) };
  writeFileSync(`atom-${name}.xml`, generateAtomFeed({ id: "urn:f", title: { value: "T" }, updated: new Date(0), entries: [entry] }));
  const about = { title: "T", link: "https://a.example/", description: "D" };
  writeFileSync(`rss-${name}.xml`, generateRssFeed({ ...about, items: [{ title }] }));
}
JS
node make.mjs
cat > read.py <<'PY'
import sys
import xml.etree.ElementTree as tree
before = {"atom-clean": "read", "atom-copied": "not well-formed", "rss-clean": "read", "rss-copied": "not well-formed"}
failed = False
for name, expected in before.items():
    try:
        tree.parse(f"{name}.xml")
        found = "read"
    except tree.ParseError as error:
        found = str(error).split(" (")[0]
    print(f"{name}: {found} (seen before: {expected})")
    failed = failed or found != expected
sys.exit(failed)
PY
python3 read.py
