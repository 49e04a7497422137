import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderProblem } from "../../src/corpus/problem.ts";
import { utf8Chunks } from "../../src/sources/files/encoding.ts";
import { readBibtex } from "../../src/sources/bibtex/read-bibtex.ts";

const titlesAndProblems = async (chunks: Iterable<Uint8Array>) => {
  const titles: string[] = [];
  const problems: string[] = [];
  for await (const item of readBibtex(utf8Chunks(chunks), "f.bib")) {
    if (item.kind === "paper") titles.push(item.listing.title);
    const told =
      item.kind === "problem" ? [item.problem] : item.kind === "paper" ? (item.problems ?? []) : [];
    problems.push(...told.map(renderProblem));
  }
  return { titles, problems };
};

const file = Buffer.from(`% Encoding: UTF-8
Notes of mine, me@example.org
@string{x = "Schrödinger"}
@article{a, title = {Zoë and } # x, year = 2020}
  @misc{b,
  title = {Two} year = {2021}
}
@article{c, title = {Three, year=2022}
@comment{@misc{no, title={No}}} @misc{d, title={Four}}
`);

describe("a BibTeX file", () => {
  it("says the same in whatever pieces its bytes come, in UTF-8 and in UTF-16, with any ends of lines", async () => {
    const whole = await titlesAndProblems([file]);
    expect(whole).toEqual({
      titles: ["Zoë and Schrödinger", "Two", "Three", "Four"],
      problems: [
        "f.bib:6: expected a comma behind “title” of the entry “b”, found “year = {2021}”",
        "f.bib:8: expected a closing brace of “title” of the entry “c”, found “, year=2022}”",
      ],
    });
    const text = file.toString();
    const forms = [
      file,
      Buffer.from(`\uFEFF${text}`),
      Buffer.from(`\uFEFF${text}`, "utf16le"),
      Buffer.from(`\uFEFF${text}`, "utf16le").swap16(),
      Buffer.from(text.replaceAll("\n", "\r\n")),
      Buffer.from(text.replaceAll("\n", "\r")),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...forms),
        fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 30 }),
        async (bytes, cuts) => {
          const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
          const pieces = places.slice(1).map((to, i) => bytes.subarray(places[i], to));
          expect(await titlesAndProblems(pieces)).toEqual(whole);
        },
      ),
    );
  });

  it("of any length is read in flat memory", async () => {
    const entry = (i: number): string =>
      `@article{k${i},\n  title = {Paper ${i}},\n  abstract = {${"Some words of it. ".repeat(60)}}\n}\n`;
    let most = 0;
    function* bytes(): Generator<Uint8Array> {
      for (let i = 0; i < 60_000; i += 50) {
        most = Math.max(most, process.memoryUsage().arrayBuffers);
        yield Buffer.from(Array.from({ length: 50 }, (_, j) => entry(i + j)).join(""));
      }
    }
    const before = process.memoryUsage().arrayBuffers;
    let papers = 0;
    for await (const item of readBibtex(bytes(), "f.bib")) if (item.kind === "paper") papers++;
    expect(papers).toBe(60_000);
    // Two thirds of the file at the very most: what is let go waits for the collector.
    expect(most - before).toBeLessThan(45_000_000);
  });

  it("with an entry of more than 4 MB keeps its beginning, says so and reads on after it", async () => {
    const long = `@misc{a, title={Long},\n abstract={${"x".repeat(9_000_000)}}}\n@misc{b, title={Next}`;
    const pieces = Array.from({ length: 138 }, (_, i) =>
      Buffer.from(long.slice(i * 65_536, (i + 1) * 65_536)),
    );
    const { titles, problems } = await titlesAndProblems([...pieces, Buffer.from("}\n")]);
    expect(titles).toEqual(["Long", "Next"]);
    expect(problems).toEqual([
      expect.stringContaining("f.bib:2: expected a closing brace of “abstract” of the entry “a”"),
      expect.stringContaining("f.bib:2: expected “}” of the entry “a”"),
      expect.stringContaining("f.bib:1: expected an entry of at most"),
    ]);
  });

  it("may have all its entries on one line", async () => {
    const line = Array.from(
      { length: 60_000 },
      (_, i) => `@misc{k${i}, title={Paper ${i} ${"x".repeat(80)}}} `,
    );
    const { titles, problems } = await titlesAndProblems([Buffer.from(line.join(""))]);
    expect([titles.length, new Set(titles).size, problems]).toEqual([60_000, 60_000, []]);
  });

  it.each([
    ["% Encoding: Cp1252\n", "latin1", "Schr\u00f6dinger", 0],
    ["% Encoding: ISO8859_1\n", "latin1", "Schr\u00f6dinger", 0],
    ["%% Saved with string encoding Western (ISO Latin 1) \n", "latin1", "Schr\u00f6dinger", 0],
    ["", "latin1", "Schr\u00f6dinger", 1],
    ["% Encoding: UTF-8\n", "latin1", "Schr\u00f6dinger", 1],
    ["% Encoding: Cp1252\n", "utf8", "Schr\u00f6dinger", 0],
  ] as const)("that begins with %j in %s is read as what it is", async (head, encoding, title, told) => {
    const bytes = Buffer.from(`${head}@misc{a, year=2020,\n title={Schr\u00f6dinger}}`, encoding);
    const read = await titlesAndProblems([bytes]);
    expect([read.titles, read.problems.length]).toEqual([[title], told]);
  });

  it("that was put together from two encodings is read letter by letter, and told by the line", async () => {
    const bytes = Buffer.concat([
      Buffer.from("@misc{a,\n author={Zoë Ö},\n title={"),
      Buffer.from("Schr\u00f6dinger}}\n", "latin1"),
      Buffer.from("@misc{b, title={Zoë}}"),
    ]);
    expect(await titlesAndProblems([bytes])).toEqual({
      titles: ["Schrödinger", "Zoë"],
      problems: [
        "f.bib:3: expected text in UTF-8, found bytes that are not UTF-8 and were read as Windows-1252",
      ],
    });
  });
});
