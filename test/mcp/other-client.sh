#!/usr/bin/env bash
# Has the Python library of the Model Context Protocol ask the compiled program: another implementation than the one it is
# made with. Says so, and ends well, where that cannot be installed. Compile first.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if ! { python3 -m venv "$folder/venv" && timeout 90 "$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  mcp==2.3.0; }; then
  echo "The Python library of the Model Context Protocol cannot be installed here, so it was not asked"
  exit 0
fi
timeout 90 "$folder/venv/bin/python" test/mcp/python_client.py dist/adapters/cli/main.js "$folder/state"
