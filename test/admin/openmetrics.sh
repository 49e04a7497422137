#!/usr/bin/env bash
# Has the parser of Prometheus' own Python library read the figures of the compiled program: another implementation than the
# one that writes them; and promtool, where it is installed. Says so, and ends well, where the library cannot be installed.
# Compile first.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
program=
trap '[ -z "$program" ] || kill "$program" 2>/dev/null || true; rm -rf "$folder"' EXIT
if ! { python3 -m venv "$folder/venv" && timeout 90 "$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  prometheus-client==0.26.0; }; then
  echo "Prometheus' Python library cannot be installed here, so it did not read the figures"
  exit 0
fi
PAPERBOY_ENV_FILE=/dev/null PAPERBOY_STATE="$folder/state" PAPERBOY_WEB_PORT=0 PAPERBOY_ADMIN_PORT=0 \
  node dist/adapters/cli/main.js 2>"$folder/log" &
program=$!
timeout 90 "$folder/venv/bin/python" test/admin/read_figures.py "$folder/log" "$folder/figures"
if command -v promtool >/dev/null; then promtool check metrics --extended <"$folder/figures" || true; fi
