#!/usr/bin/env bash
# BibTeX 0.99d: of names in UTF-8 it shortens “Étienne” to half a letter, and takes a family name “Öst Berg” for a particle.
#
# BibTeX knows bytes. An initial is the first byte of `É`, on which LaTeX stops with “Invalid UTF-8 byte”; whether a word begins
# small it asks of the first byte that is a letter of ASCII, which in `Öst` is “s”, so that “Öst” becomes a particle. With
# accents as commands, `{\'E}tienne` and `{\"O}st`, both are right. Needs bibtex and abbrv.bst; fails when what it writes changes.
set -euo pipefail
command -v bibtex >/dev/null || { echo "bibtex is not on this machine"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > names.bib <<'BIB'
@misc{letters, author = {Öst Berg, Étienne}, title = {T}}
@misc{commands, author = {{\"O}st Berg, {\'E}tienne}, title = {T}}
BIB
# A style that writes the parts of each name between bars: particle, family name, initial.
cat > parts.bst <<'BST'
ENTRY { author title } {} {}
FUNCTION {default.type} { cite$ " " * author #1 "{vv}|{ll}|{f}" format.name$ * write$ newline$ }
FUNCTION {misc} { default.type }
READ
ITERATE {call.type$}
BST
printf '\\relax\n\\citation{letters}\n\\citation{commands}\n\\bibstyle{parts}\n\\bibdata{names}\n' > list.aux
bibtex list >/dev/null
fail=0
expect() {
  found=$(sed -n "s/^$1 //p" list.bbl | cat -v)
  printf '%-9s %s (seen before: %s)\n' "$1" "$found" "$2"
  [ "$found" = "$2" ] || fail=1
}
bibtex --version | head -1
export LC_ALL=C
expect letters 'M-CM-^Vst|Berg|M-C'
expect commands "|{\\\"O}st~Berg|{\\'E}"
exit "$fail"
