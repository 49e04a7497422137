#!/usr/bin/env bash
# Has Schemathesis (PyPI) ask the compiled program's API whatever its document allows and forbids, for 40 seconds at most: no
# answer may be one that the document does not have. Says so, and ends well, where it cannot be installed. Compile first.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
program=
trap '[ -z "$program" ] || kill "$program" 2>/dev/null || true; rm -rf "$folder"' EXIT
if ! { python3 -m venv "$folder/venv" && timeout 120 "$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  schemathesis==4.32.5; }; then
  echo "Schemathesis cannot be installed here, so it did not ask the API"
  exit 0
fi
export PAPERBOY_ENV_FILE=/dev/null PAPERBOY_STATE="$folder/state" PAPERBOY_API_LIMIT=100000
key=$(node dist/adapters/cli/main.js key create schemathesis 2>/dev/null)
PAPERBOY_WEB_PORT=0 PAPERBOY_LOG_FORMAT=text node dist/adapters/cli/main.js 2>"$folder/log" &
program=$!
for _ in $(seq 300); do grep -q 'Web: pages at' "$folder/log" && break || sleep 0.1; done
address=$(sed -n 's/.*Web: pages at \(http:\/\/[^ ]*\)\/.*/\1/p' "$folder/log")
# 422 is what the query language cannot understand: the document cannot say which words those are; 431 what is too long for
# a server of Node's.
cat >"$folder/schemathesis.toml" <<'END'
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "404", "422", "431"]
[checks.negative_data_rejection]
expected-statuses = ["400", "401", "404", "405", "422", "431"]
END
schemathesis=${SCHEMATHESIS:-$folder/venv/bin/schemathesis}
cd "$folder"
"$schemathesis" --config-file "$folder/schemathesis.toml" run "$address/api/v1/openapi.json" \
  --header "Authorization: Bearer $key" --seed 1 --max-time 40 --phases examples,coverage,fuzzing --no-color | cut -c 1-300
