#!/usr/bin/env bash
# edtf 4.11.1 (npm) and edtf 5.0.2 (PyPI): of “2004-06/”, an end that is not known, one ends in 1970 and the other in 2014; spring is
# January to March in one and March to May in the other.
#
# biblatex's dates are EDTF (ISO 8601-2): `2004-06/` began in June 2004, and when it ended is unknown; `2020-21` is the spring of 2020. For JavaScript
# the interval's `max` is 1 January 1970, before its `min`, so that a search by a span of years never finds it; for Python it ends
# ten years after its beginning. The same spring begins in January for the one and in March for the other. Fails when what they give
# changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts edtf@4.11.1
python3 -m venv python
python/bin/pip --quiet install edtf==5.0.2
cat > read.mjs <<'JS'
import edtf from "edtf";
const day = (time) => new Date(time).toISOString().slice(0, 10);
for (const text of ["2004-06/", "2020-21"]) console.log(`${text} ${day(edtf(text).min)} ${day(edtf(text).max)}`);
JS
cat > read.py <<'PY'
from time import strftime
from edtf import parse_edtf
for text in ("2004-06/", "2020-21"):
    date = parse_edtf(text)
    print(text, strftime("%Y-%m-%d", date.lower_strict()), strftime("%Y-%m-%d", date.upper_strict()))
PY
fail=0
expect() {
  printf '%s\n%s\n(seen before)\n%s\n' "$1" "$2" "$3"
  [ "$2" = "$3" ] || fail=1
}
expect npm "$(node read.mjs)" $'2004-06/ 2004-06-01 1970-01-01\n2020-21 2020-01-01 2020-03-31'
expect PyPI "$(python/bin/python read.py)" $'2004-06/ 2004-06-01 2014-06-01\n2020-21 2020-03-01 2020-05-31'
exit "$fail"
