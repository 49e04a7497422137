#!/usr/bin/env bash
# Has Python's feedparser read the feeds of searches and archives: the reader that others are measured by. Says so, and ends
# well, where it cannot be installed. Compile first.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if ! { python3 -m venv "$folder/venv" && timeout 90 "$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  feedparser==6.0.12; }; then
  echo "feedparser cannot be installed here, so it did not read the feeds"
  exit 0
fi
node dist/test/web/write-feeds.js "$folder"
"$folder/venv/bin/python" test/web/read_feeds.py "$folder"
