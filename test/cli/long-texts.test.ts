import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutText } from "../../src/corpus/long-texts.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const run = (args: readonly string[], state: string) => runProgram(args, { PAPERBOY_STATE: state });
const long = (word: string, length: number) => `${word} `.repeat(length / (word.length + 1) + 1);

describe("a text that is cut", () => {
  it("is its own beginning in whole code points, with a mark, and as long as it may be", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }),
        fc.integer({ min: 2, max: 200 }),
        (text, max) => {
          const cut = cutText(text, max);
          expect(cut.length).toBeLessThanOrEqual(max);
          expect(/\p{Cs}/u.test(cut)).toBe(false);
          expect(cut === text || (cut.endsWith("…") && text.startsWith(cut.slice(0, -1)))).toBe(true);
          expect(cut === text).toBe(text.length <= max);
        },
      ),
    );
    expect(cutText("wombats dig burrows", 12)).toBe("wombats dig…");
    expect(cutText("wombats dig burrows", 11)).toBe("wombats…");
  });
});

describe("a paper with an endless title or abstract", () => {
  it("is cut and told with file and line where it is taken in", async () => {
    const folder = await temporaryFolder();
    const [state, file, bib] = ["state", "more.jsonl", "more.bib"].map((name) => path.join(folder, name)) as [
      string,
      string,
      string,
    ];
    const lines = [
      { title: "A wombat paper" },
      { title: long("wombats", 50_000), id: "2306.00001" },
      { title: "Another", abstract: long("burrows", 30_000) },
    ];
    await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    await writeFile(bib, `@misc{a, title={${long("bilbies", 3000)}}}\n`);
    const { code, stdout, stderr } = await run(["ingest", file, bib], state);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^4 new papers, .*; 3 read in part\.$/m)]);
    expect(stderr).toMatch(
      /^more\.jsonl:2: expected a title of at most 1000 characters for 2306\.00001, found \d+, which were cut$/m,
    );
    expect(stderr).toMatch(
      /^more\.jsonl:3: expected an abstract of at most 20000 characters for “Another”, found \d+, which were cut$/m,
    );
    expect(stderr).toMatch(/^more\.bib:1: expected a title of at most 1000 characters for “bilbies/m);
    const stored = (await readFile(path.join(state, "papers.jsonl"), "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { title: string; abstract?: string });
    for (const { title, abstract = "" } of stored)
      expect([title.length <= 1000, abstract.length <= 20_000]).toEqual([true, true]);
    expect(stored[1]?.title).toMatch(/wombats…$/);
    expect((await run(["about"], state)).stderr).toBe("");
  });

  it("that an earlier version stored is cut and told; one that it cut itself is not", async () => {
    const state = await temporaryFolder();
    const line = (fields: object) => `${JSON.stringify({ listedOn: "x", ...fields })}\n`;
    await writeFile(
      path.join(state, "papers.jsonl"),
      line({ title: "Fine", abstract: `${"x".repeat(20_000)}…` }) + line({ title: long("wombats", 6000) }),
    );
    const { code, stdout, stderr } = await run(["search", "wombats", "--json"], state);
    expect([code, (JSON.parse(stdout) as { title: string }[])[0]?.title.length]).toEqual([
      0,
      expect.toSatisfy((length: number) => length <= 1000),
    ]);
    expect(stderr.match(/papers\.jsonl:\d/g)).toEqual(["papers.jsonl:2"]);
  });
});
