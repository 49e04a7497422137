#!/usr/bin/env bash
# @extractus/feed-extractor 8.0.3: of an abstract in arXiv's Atom what stands between “<” and the next “>” is lost, and the date is that
# of the last version.
#
# Atom's `summary` without a type is plain text (RFC 4287, section 3.1.1): `$x &lt; y$` means $x < y$. The package takes tags off it as if it
# were HTML, so that of “whenever $x < y$ and $y > z$” no more is left than “whenever $x  z$”: an abstract loses a condition, and
# nobody sees it. `published` is taken from `updated` although the entry has its own `published`. Fails when what it gives changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts @extractus/feed-extractor@8.0.3
cat > read.mjs <<'JS'
import { extractFromXml } from "@extractus/feed-extractor";
const feed = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>q</title><id>http://arxiv.org/api/q</id><updated>2023-03-01T00:00:00Z</updated>
<entry><id>http://arxiv.org/abs/2301.00010v2</id><updated>2023-02-01T00:00:00Z</updated><published>2023-01-01T00:00:00Z</published>
<title>T</title><summary>It holds whenever $x &lt; y$ and $y &gt; z$.</summary><author><name>Ann Alpha</name></author>
<link href="http://arxiv.org/abs/2301.00010v2" rel="alternate" type="text/html"/></entry></feed>`;
const [entry] = extractFromXml(feed).entries;
const before = { description: "It holds whenever $x  z$.", published: "2023-02-01T00:00:00.000Z" };
for (const [key, expected] of Object.entries(before)) {
  console.log(`${key}: ${entry[key]} (seen before: ${expected})`);
  if (entry[key] !== expected) process.exitCode = 1;
}
JS
node read.mjs
