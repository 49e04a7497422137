import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayName } from "../../src/corpus/names/person-name.ts";
import { renderProblem } from "../../src/corpus/problem.ts";
import { parseBibtex } from "../../src/sources/bibtex/read-bibtex.ts";

const read = (value: string, field = "author") => {
  const { items, problems } = parseBibtex("f.bib", `@book{k, title={x},\n ${field}={${value}}}`);
  const listing = items[0]?.listing;
  return { authors: listing?.authors, editors: listing?.editors, problems: problems.map(renderProblem) };
};
const parts = (value: string) => {
  const { authors } = read(value);
  return authors?.kind === "named" ? authors.parts : undefined;
};

describe("the names of an entry", () => {
  it.each([
    ["Vaswani, Ashish", { family: "Vaswani", given: "Ashish" }],
    ["Ashish Vaswani", { family: "Vaswani", given: "Ashish" }],
    ["van der Berg, Jan", { particle: "van der", family: "Berg", given: "Jan" }],
    ["Jan van der Berg", { particle: "van der", family: "Berg", given: "Jan" }],
    ["De Sa, Christopher", { family: "De Sa", given: "Christopher" }],
    [String.raw`Garc{\'\i}a L{\'o}pez, Mar{\'\i}a`, { family: "García López", given: "María" }],
    ["King, Jr., Martin Luther", { family: "King", suffix: "Jr.", given: "Martin Luther" }],
    ["King, Martin Luther, Jr.", { family: "King", suffix: "Jr.", given: "Martin Luther" }],
    ["King Jr., Martin Luther", { family: "King", suffix: "Jr.", given: "Martin Luther" }],
    ["de la Vall{\\'e}e Poussin, Charles", { particle: "de la", family: "Vallée Poussin", given: "Charles" }],
    ["Charles de la Vall{\\'e}e Poussin", { particle: "de la", family: "Vallée Poussin", given: "Charles" }],
    ["Jean de La Fontaine", { particle: "de", family: "La Fontaine", given: "Jean" }],
    ["{van der Berg}, Jan", { family: "van der Berg", given: "Jan" }],
    ["Jan {van der Berg}", { family: "van der Berg", given: "Jan" }],
    ["Louis~Le~Cun", { family: "Cun", given: "Louis Le" }],
    ["van Gogh, Vincent", { particle: "van", family: "Gogh", given: "Vincent" }],
    ["danah boyd", { family: "boyd", given: "danah" }],
    ["{Google Research}", { literal: "Google Research" }],
    ["{{Google Research}}", { literal: "Google Research" }],
    ["{Barnes and Noble, Inc.}", { literal: "Barnes and Noble, Inc." }],
    ["Plato", { literal: "Plato" }],
    ["given=Ann, family=Alpha", { given: "Ann", family: "Alpha" }],
    [
      "family={de Alpha}, given={Ann Bea}, given-i=AB, prefix=van, suffix=Jr, useprefix=true",
      { given: "Ann Bea", particle: "van", family: "de Alpha", suffix: "Jr" },
    ],
    ["M&uuml;ller, J&ouml;rg", { family: "Müller", given: "Jörg" }],
    ["{\\'E}va Tardos", { family: "Tardos", given: "Éva" }],
    ["{\\L}ukasz Kaiser", { family: "Kaiser", given: "Łukasz" }],
    ["{\\'e}tienne Bar", { family: "Bar", given: "étienne" }],
  ])("%s is one in its parts, and nothing is told", (name, expected) => {
    expect([parts(name), read(name).problems]).toEqual([[expected], []]);
  });

  const four = ["A Alpha", "B Beta", "CD Gamma", "E Delta"];
  it.each([
    ["Alpha A, Beta B, Gamma CD, Delta E", four],
    ["Alpha, A.; Beta, B.", ["A. Alpha", "B. Beta"]],
    ["Ann Alpha; Bob Beta; {Some; Group}", ["Ann Alpha", "Bob Beta", "Some; Group"]],
    ["A. Alpha & B. Beta", ["A. Alpha", "B. Beta"]],
    [String.raw`Alpha, A. \& Beta, B.`, ["A. Alpha", "B. Beta"]],
    ["Alpha, A. and and Beta, B.", ["A. Alpha", "B. Beta"]],
    ["Alpha, A. and", ["A. Alpha"]],
    ["Ann Alpha, Bob Beta, and Carol Gamma", ["Ann Alpha", "Bob Beta", "Carol Gamma"]],
    ["Ann Alpha, Bob Beta, Dan Delta and Carol Gamma", ["Ann Alpha", "Bob Beta", "Dan Delta", "Carol Gamma"]],
    ["Alpha, A., Beta, B. B., Gamma, C.", ["A. Alpha", "B. B. Beta", "C. Gamma"]],
    ["{Alpha, Ann and Beta, Bob}", ["Ann Alpha", "Bob Beta"]],
    ["Alpha, Beta, Gamma", ["Alpha, Beta, Gamma"]],
    ["Johnson & Johnson", ["Johnson & Johnson"]],
  ])("%s are told with their line", (value, names) => {
    const { authors, problems } = read(value);
    expect(authors).toMatchObject({ kind: "named", names });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(
      /^f\.bib:2: expected names with “and” between them in “author” of the entry “k”, found /,
    );
  });

  it.each(["Alpha, A. and others", "Alpha, A. and {others}", "Alpha, A. et al.", "Alpha, A. and et al."])(
    "%s say that there are more",
    (value) => {
      expect(read(value)).toMatchObject({ authors: { names: ["A. Alpha"], others: true }, problems: [] });
    },
  );

  it("are those of the editors too", () => {
    expect(read("Alpha, A. and {The Group}", "editor")).toMatchObject({
      authors: undefined,
      editors: { names: ["A. Alpha", "The Group"] },
    });
  });

  it("in the form “von Last, Jr, First” come back with the parts that they were written with", () => {
    const word = fc.constantFrom(
      "Alpha",
      "Li",
      "Öst",
      "{\\'E}va",
      "O'Neil",
      "Saint-Exup{\\'e}ry",
      "{de Facto}",
    );
    const small = fc.constantFrom("van", "de la", "von und zu");
    const name = fc.record({
      particle: fc.option(small, { nil: undefined }),
      family: fc.array(word, { minLength: 1, maxLength: 3 }).map((all) => all.join(" ")),
      suffix: fc.option(fc.constantFrom("Jr.", "III"), { nil: undefined }),
      given: fc.array(word, { minLength: 1, maxLength: 3 }).map((all) => all.join(" ")),
    });
    const readable = (text: string): string =>
      text
        .replace("{\\'E}", "É")
        .replace(/\{\\'E\}/g, "É")
        .replace(/\{\\'e\}/g, "é")
        .replace(/[{}]/g, "");
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), (names) => {
        const value = names
          .map(({ particle, family, suffix, given }) =>
            [[particle, family].filter(Boolean).join(" "), suffix, given].filter(Boolean).join(", "),
          )
          .join(" and ");
        const expected = names.map((one) =>
          Object.fromEntries(
            Object.entries(one).flatMap(([key, text]) => (text === undefined ? [] : [[key, readable(text)]])),
          ),
        );
        expect(parts(value)).toEqual(expected);
        expect(read(value).authors).toMatchObject({ names: expected.map(displayName) });
      }),
    );
  });
});
