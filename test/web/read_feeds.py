"""Has feedparser, the reader that most others are measured by, read feeds: well formed, with the entries that are expected."""
import json
import pathlib
import sys

import feedparser

folder = pathlib.Path(sys.argv[1])
for name, count in json.loads((folder / "expected.json").read_text()).items():
    text = (folder / name).read_bytes()
    # feedparser 6 reads no JSON feeds.
    if name.endswith(".json"):
        ids = [item["id"] for item in json.loads(text)["items"]]
    else:
        feed = feedparser.parse(text)
        assert not feed.bozo, f"{name}: {feed.get('bozo_exception')}"
        assert feed.version == ("atom10" if name.endswith(".atom") else "rss20"), f"{name}: {feed.version}"
        assert feed.feed.title and feed.feed.updated_parsed, f"{name}: no title or time"
        assert all(e.title and e.link and e.updated_parsed for e in feed.entries if name.endswith(".atom")), name
        ids = [entry.id for entry in feed.entries]
    assert 0 < len(ids) <= count and len(set(ids)) == len(ids), f"{name}: {len(ids)} entries, {count} expected"
    assert name.startswith("search") or len(ids) == count, f"{name}: {len(ids)} entries, {count} expected"
print(f"feedparser {feedparser.__version__} read the feeds as they are meant")
