#!/usr/bin/env bash
# Has the parser of Prometheus' own Python library read the figures of the compiled program: another implementation than the
# one that writes them; then Prometheus itself, with the configuration and alarms that docs/monitoring.md shows, and promtool.
# Says so, and ends well, where the library or Debian's package of Prometheus cannot be had. Compile first.
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

# Programs of one file each: the package is taken apart, and nothing of it is installed.
fetch_prometheus() {
  mkdir -p "$folder/package" && cd "$folder/package" || return 1
  command -v apt-get >/dev/null && command -v dpkg >/dev/null || return 1
  { timeout 90 apt-get download prometheus || { timeout 120 apt-get update -qq && timeout 90 apt-get download prometheus; }; } >/dev/null 2>&1 &&
    dpkg -x prometheus_*.deb .
}
programs=
if command -v promtool >/dev/null && command -v prometheus >/dev/null; then
  programs=$(dirname "$(command -v promtool)")
elif (fetch_prometheus); then
  programs="$folder/package/usr/bin"
fi
if [ -x "$programs/promtool" ] && [ -x "$programs/prometheus" ]; then
  timeout 90 python3 test/admin/ask_prometheus.py "$folder/log" "$folder/figures" "$programs" "$folder"
else
  echo "Prometheus is not here and its Debian package cannot be had, so it did not read the figures, and promtool checked nothing"
fi
