import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A folder for files, with a state folder beside it, and the program run over both. */
async function folder() {
  const root = await temporaryFolder();
  const state = path.join(root, "state");
  const files = path.join(root, "files");
  await mkdir(files);
  return {
    files,
    write: async (name: string, content: string | Uint8Array) => {
      const file = path.join(files, name);
      await writeFile(file, content);
      return file;
    },
    run: (...args: string[]) => runProgram(args, { PAPERBOY_STATE: state }),
  };
}

const line = (fields: object): string => `${JSON.stringify(fields)}\n`;

describe("what ingest says of each file", () => {
  it("is how many papers it has, what was left out, and which fields were not understood and how often", async () => {
    const { run, write } = await folder();
    const first = await write("first.jsonl", line({ title: "Wombats" }) + line({ title: "Bilbies" }));
    await run("ingest", first);
    const second = await write(
      "second.jsonl",
      [
        { title: "Wombats", file: "a.pdf" },
        { title: "Wombats" },
        { title: "Bilbies", abstract: "Of bilbies.", file: "b.pdf", annote: "read" },
        { title: "Quolls", doi: "?" },
        { name: "No title" },
      ]
        .map(line)
        .join(""),
    );
    const { code, stdout, stderr } = await run("ingest", second);
    expect([code, stdout]).toEqual([
      1,
      "second.jsonl: 4 papers (1 new, 2 known better now, 1 known); left out: 1, for want of an object with a “title” that is a text (1); 1 read in part; not understood: annote (1), file (2)\n" +
        "1 new paper, 2 known better now, 1 already known; 1 could not be read; 1 read in part.\n",
    ]);
    expect(stderr.split("\n").slice(0, 2)).toEqual([
      "second.jsonl:4: expected a DOI in “doi”, found “?”",
      expect.stringMatching(/^second\.jsonl:5: expected an object with a “title”/),
    ]);
  });

  it("is the same in a dry run, and holds over files that are taken in together", async () => {
    const { run, write, files } = await folder();
    const many = (from: number, count: number): string =>
      Array.from({ length: count }, (_, i) => line({ title: `Paper number ${from + i}` })).join("");
    await write("a.jsonl", many(0, 3));
    await write("b.jsonl", many(3, 1200));
    await write("c.jsonl", many(1200, 10));
    const said =
      "a.jsonl: 3 papers (3 new)\nb.jsonl: 1200 papers (1200 new)\nc.jsonl: 10 papers (7 new, 3 known)\n";
    const [dry, real] = [await run("ingest", "--dry-run", files), await run("ingest", files)];
    expect(dry.stdout.startsWith(`${said}Nothing was changed`)).toBe(true);
    expect(real.stdout.startsWith(`${said}1210 new papers`)).toBe(true);
  });

  it("is told as JSON where that is asked for", async () => {
    const { run, write } = await folder();
    const { stdout } = await run(
      "ingest",
      "--json",
      await write("a.jsonl", line({ title: "Wombats", file: "x" })),
    );
    expect(JSON.parse(stdout)).toMatchObject([
      {
        added: 1,
        files: [
          { name: "a.jsonl", papers: 1, outcomes: { added: 1 }, left: {}, partly: 0, fields: { file: 1 } },
        ],
      },
    ]);
  });

  it("is no more than fits: names of fields may be any text, in any number", async () => {
    const { run, write } = await folder();
    const fields = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`\u001b[31m${"x".repeat(80)}${i}`, 1]),
    );
    const { stdout, code } = await run(
      "ingest",
      await write("a.jsonl", line({ title: "Wombats", ...fields })),
    );
    expect(code).toBe(0);
    expect(stdout).not.toContain("\u001b");
    expect(stdout).toMatch(/and 89 more$/m);
    expect(stdout.length).toBeLessThan(2000);
  });

  it("is left out for more than twenty files, but for their number", async () => {
    const { run, write, files } = await folder();
    for (let i = 0; i < 22; i++) await write(`${i}.jsonl`, line({ title: `Paper number ${i}` }));
    const { stdout } = await run("ingest", files);
    expect(stdout.split("\n").slice(-3)).toEqual([
      "… and 2 more files",
      "22 new papers, 0 known better now, 0 already known.",
      "",
    ]);
  });
});

describe("ingest -", () => {
  it("takes in what is written to its standard input", async () => {
    const root = await temporaryFolder();
    const env = { PAPERBOY_STATE: path.join(root, "state") };
    const { code, stdout } = await runProgram(["ingest", "-"], env, "TY  - JOUR\nTI  - Wombats\nER  - \n");
    expect([code, stdout]).toEqual([
      0,
      "standard input: 1 paper (1 new)\n1 new paper, 0 known better now, 0 already known.\n",
    ]);
  });

  it("takes in a folder, and says what in it was passed over", async () => {
    const { run, write, files } = await folder();
    await write("a.jsonl", line({ title: "Wombats" }));
    await write("b.pdf", "%PDF");
    const { code, stdout } = await run("ingest", files);
    expect([code, stdout]).toEqual([
      0,
      "a.jsonl: 1 paper (1 new)\nfiles: passed over 1 × a PDF: take the paper in by its id or DOI, or export its reference from Zotero as RIS or BibTeX\n1 new paper, 0 known better now, 0 already known.\n",
    ]);
  });
});

describe("ingest --map", () => {
  it("says what the columns of a table mean", async () => {
    const { run, write } = await folder();
    const file = await write("a.csv", "Nome;Anno\nWombats;2019\n");
    expect((await run("ingest", file)).stderr).toContain('such as --map "title=Name"');
    const { code, stdout } = await run("ingest", file, "--map", "title=Nome,year=Anno");
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^a\.csv: 1 paper \(1 new\)\n/)]);
    const wrong = await run("ingest", file, "--map", "titel=Nome");
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("--map has “titel=Nome”")]);
  });
});
