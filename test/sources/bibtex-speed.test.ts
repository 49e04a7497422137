import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseWebUrl } from "../../src/corpus/identifiers/links.ts";
import { readableText } from "../../src/corpus/readable-text.ts";
import { plain } from "../../src/sources/bibtex/fields/entry-fields.ts";
import { readNames } from "../../src/sources/bibtex/names/names.ts";

/** Pieces of which titles, names and abstracts are made, with LaTeX that is common and LaTeX that is not. */
const piece = fc.constantFrom(
  ..."a Ann M{\\\"u}ller \\\"{o} {\\'{e}} {\\'\\i} {\\~n} {\\`a} {\\^o}t{\\'e} {\\v c} \\'a -- --- - é é ’ “ ß ﬁ {BERT} {{x}} $x^2$ & &amp; \\& % _ ~ '' `` < > 1--9 --no-cache -> \\ { } ( ) . , : \u00A0 \u00AD \u202E 漢 א , and".split(
    " ",
  ),
  " ",
  "  ",
  "\n",
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
const named = fc
  .array(
    fc.tuple(
      fc.constantFrom("Alpha", 'M{\\"u}ller', "De Sa", "van Berg", "Öst", "O'Neil"),
      fc.constantFrom("Ann", "A. B.", "Jean-Luc", "{\\'E}va", "Et Al", ""),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((names) =>
    names.map(([family, given]) => (given === "" ? family : `${family}, ${given}`)).join(" and "),
  );

describe("the short ways of the BibTeX reader", () => {
  it("read every text as the reader of all LaTeX does", () => {
    fc.assert(
      fc.property(text, (written) => {
        expect(plain(written)).toBe(readableText(written).replace(/[{}]/g, "").trim() || undefined);
      }),
      { numRuns: 3000 },
    );
  });

  it("read names as the long way does, to which a line's end leads", () => {
    fc.assert(
      fc.property(named, (written) => {
        const told = () => undefined;
        expect(readNames(written, told)).toEqual(readNames(`\n${written}`, told));
      }),
    );
  });

  it("leave no address as it is that is written otherwise in its normal form", () => {
    const part = fc.constantFrom(
      ..."a B 1 . .. / - _ ~ %20 example .org .com xn--a 127.0.0.1 0x7f : :80 @ ? # é".split(" "),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 10 }), (parts) => {
        const address = `https://${parts.join("")}`;
        const read = parseWebUrl(address);
        expect(read === undefined || read === new URL(address).href).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});
