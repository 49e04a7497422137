#!/usr/bin/env bash
# bibtex-tidy 1.14.0: `--remove-braces` takes the braces out of formulas, and `--encode-urls` puts a backslash into addresses.
#
# Braces about words protect capitals, and taking them off is harmless; about exponents and indices they hold a formula together:
# `2^{10}` becomes `2^10`, which is set as 2¹0, and `x_{i+1}` becomes x with index i, plus 1. Of `url = {https://a.org/x_y}` the underscore
# becomes `\%5F`: an underscore is right in an address (RFC 3986, section 2.3), and biblatex, which reads `url` word for word, leads to a page
# with a backslash in its address. Fails when what it writes changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts bibtex-tidy@1.14.0
cat > a.bib <<'BIB'
@article{k,
  title = {Bounds $x_{i+1} \le 2^{10}$ in {NP}},
  url = {https://a.org/x_y}
}
BIB
fail=0
expect() {
  cp a.bib b.bib
  node_modules/.bin/bibtex-tidy b.bib --quiet --modify "$1"
  found=$(grep -E "^ *$2 " b.bib | sed -E 's/^[^{]*//; s/,$//')
  printf '%s: %s\n%s  %s\n' "$1" "$found" "(seen before)" "$3"
  [ "$found" = "$3" ] || fail=1
}
expect --remove-braces title '{Bounds $x_i+1 \le 2^10$ in NP}'
expect --encode-urls url '{https://a.org/x\%5Fy}'
exit "$fail"
