#!/usr/bin/env bash
# feedparser 6.0.14: `author` of a paper is its last author, and `author_detail` the first in RSS and the last in Atom.
#
# A paper has several `dc:creator` in journals' RSS, and several `author` in arXiv's Atom. The key that programs show as “by …”,
# `entry.author`, holds the last one; `entry.author_detail`, said to be the same in parts, names the first in RSS and the last
# in Atom. Only `entry.authors` has all, in their order. Fails when what it reads changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet install feedparser==6.0.14
cat > read.py <<'PY'
import sys
import feedparser
rss = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>J</title>
<item><title>A</title><dc:creator>First Author</dc:creator><dc:creator>Second Author</dc:creator><dc:creator>Last Author</dc:creator></item>
</channel></rss>"""
people = "".join(f"<author><name>{name} Author</name></author>" for name in ("First", "Second", "Last"))
atom = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>J</title><id>urn:f</id><updated>2026-01-01T00:00:00Z</updated>
<entry><title>A</title><id>urn:e</id><updated>2026-01-01T00:00:00Z</updated>{people}</entry></feed>"""
every = "First Author, Second Author, Last Author"
before = {
    "RSS": f"author Last Author; author_detail First Author; authors {every}",
    "Atom": f"author Last Author; author_detail Last Author; authors {every}",
}
failed = False
for form, text in (("RSS", rss), ("Atom", atom)):
    entry = feedparser.parse(text.encode()).entries[0]
    everybody = ", ".join(one["name"] for one in entry.authors)
    found = f"author {entry.author}; author_detail {entry.author_detail['name']}; authors {everybody}"
    print(f"{form}: {found}\n  (seen before: {before[form]})")
    failed = failed or found != before[form]
sys.exit(failed)
PY
python/bin/python read.py
