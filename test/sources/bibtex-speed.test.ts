import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseWebUrl } from "../../src/corpus/identifiers/links.ts";
import { readableText } from "../../src/corpus/readable-text.ts";
import { createEntryReader } from "../../src/sources/bibtex/entries/entries.ts";
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
      fc.constantFrom("Alpha", 'M{\\"u}ller', "De Sa", "van Berg", "Öst", "Šik", "O'Neil", "IEEE"),
      fc.constantFrom(
        "Ann",
        "A. B.",
        "Jean-Luc",
        "{\\'E}va",
        "Et Al",
        "A. et al.",
        "Ann AND",
        "Jan van der",
        "Jr.",
        "",
      ),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((names) =>
    names.map(([family, given]) => (given === "" ? family : `${family}, ${given}`)).join(" and "),
  );

/** Entries of which each value stands in braces or quotation marks, with what else may stand around it. */
const value = fc
  .array(
    fc.constantFrom("a", "{b}", "{c{d}}", " ", "\\{", "\\}", "%", "@x{", "=", ",", "\n", "{", "}", '"'),
    {
      maxLength: 6,
    },
  )
  .map((pieces) => pieces.join(""));
const field = fc
  .tuple(
    fc.constantFrom("title", "Title", "x-y", "a:b", "1st", "year", "key"),
    fc.constantFrom(" = ", "=", "\n=\n"),
    fc.oneof(
      value.map((inner) => `{${inner}}`),
      value.map((inner) => `"${inner}"`),
      fc.constantFrom("2017", "jan", "2017a"),
    ),
    fc.constantFrom(",", " ,\n", ",,"),
  )
  .map(
    ([name, equals, written, end]) =>
      (joined: string) =>
        `${name}${equals}${joined}${written}${end}`,
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

  it("read names as the long way does, to which a line's end and spaces before commas lead", () => {
    fc.assert(
      fc.property(named, (written) => {
        const told = () => undefined;
        expect(readNames(written, told)).toEqual(readNames(`\n${written.replaceAll(",", " ,")}`, told));
      }),
    );
  });

  it("take entries apart as the long way does, to which a sign of joining leads", () => {
    fc.assert(
      fc.property(fc.array(field, { maxLength: 5 }), (fields) => {
        const readAs = (joined: string) => {
          const all = `@misc{k,\n${fields.map((one) => one(joined)).join("")}}\n`;
          const [entry] = createEntryReader().read({ text: all, line: 1 });
          const found = [...(entry?.fields ?? [])].map(([name, { value: read, line }]) => [
            name,
            read.replaceAll("{}#", ""),
            line,
          ]);
          return { found, damages: entry?.damages };
        };
        const short = readAs("");
        // What is told of damage quotes what is written.
        fc.pre(short.damages?.length === 0);
        expect(short).toEqual(readAs("{}#"));
      }),
      { numRuns: 2000 },
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
