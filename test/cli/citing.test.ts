import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Runs `cite` in a state of its own with these papers. */
async function citing(papers: readonly object[]) {
  const state = await temporaryFolder();
  const lines = papers.map((paper) => JSON.stringify(paper)).join("\n");
  await writeFile(path.join(state, "some.jsonl"), lines);
  const env = { PAPERBOY_STATE: path.join(state, "state") };
  await runProgram(["ingest", path.join(state, "some.jsonl")], env);
  return (...args: string[]) => runProgram(["cite", ...args], env);
}

const PAPERS = [
  { title: "A tiny wombat", id: "2301.00001", authors: ["Ann Alpha", "Bo Beta"], date: "2023-01-02" },
  { title: "Another wombat", authors: ["Cy Gamma"] },
];

describe("citing on the command line", () => {
  it("prints the entries alone, and what is to be said of them on the error stream", async () => {
    const cite = await citing(PAPERS);
    const { code, stdout, stderr } = await cite("A tiny wombat; Another wombat; xyzzy", "--format", "ris");
    expect(stdout).toBe(
      "TY  - UNPB\nID  - alpha2023tiny\nTI  - A tiny wombat\nAU  - Alpha, Ann\nAU  - Beta, Bo\nPY  - 2023\nDA  - 2023/01/02/\nPB  - arXiv\nDB  - arXiv\nAN  - arXiv:2301.00001\nUR  - https://arxiv.org/abs/2301.00001\nER  - \nTY  - GEN\nID  - gammaanother\nTI  - Another wombat\nAU  - Gamma, Cy\nER  - \n",
    );
    expect(stderr).toContain("gammaanother: Not stated here, please add: the year.\n");
    expect(stderr).toContain("“xyzzy”");
    expect(code).toBe(0);
    // As in a chat, in one argument or in several; where both are said the flag counts.
    const typed = [
      ["A tiny wombat; Another wombat; xyzzy format:ris"],
      ["A tiny wombat; Another wombat; xyzzy", "format:ris"],
    ];
    for (const words of typed) expect((await cite(...words)).stdout).toBe(stdout);
    expect((await cite("A tiny wombat", "format:ris", "--format", "bibtex")).stdout).toMatch(/^@/);
  });

  it("refuses words behind a command that takes options alone, and takes the options as they are typed in a chat", async () => {
    const env = { PAPERBOY_STATE: await temporaryFolder() };
    const [right, wrong] = [
      await runProgram(["club", "start", "day:thu", "time:16:00"], env),
      await runProgram(["club", "start", "day:thu", "thursday"], env),
    ];
    expect(right.stdout + right.stderr).toContain("There is no channel here");
    expect([wrong.code, wrong.stderr.includes("“club start” takes no words, but got “thursday”")]).toEqual([
      2,
      true,
    ]);
  });

  it("gives a paper the same key alone and in a list, beside another of the library that would have it", async () => {
    const cite = await citing([
      ...PAPERS,
      { title: "A tiny koala", id: "2301.00002", authors: ["Zoe Alpha"], date: "2023-05-06" },
      { title: "The tiny emu", id: "2201.00002", authors: ["Yan Alpha"], date: "2022-05-06" },
    ]);
    const keysOf = async (...args: string[]) =>
      [...(await cite(...args)).stdout.matchAll(/^@\w+\{(\w+),/gm)].map(([, key]) => key);
    const [first, second, other] = await keysOf("A tiny wombat; A tiny koala; The tiny emu");
    expect([first, other]).toEqual(["alpha2023tiny", "alpha2022tiny"]);
    expect(second).toMatch(/^alpha2023tiny[a-z]{2}$/);
    expect(await keysOf("A tiny koala")).toEqual([second]);
    expect(await keysOf("A tiny koala; The tiny emu; A tiny wombat")).toEqual([second, other, first]);
  });

  it("writes text as a file of the Citation Style Language says", async () => {
    const cite = await citing(PAPERS);
    const { stdout } = await cite("A tiny wombat", "--style", path.resolve("data/styles/ieee.csl"));
    expect(stdout).toBe(
      "[1] A. Alpha and B. Beta, “A tiny wombat,” Jan. 02, 2023, arXiv: arXiv:2301.00001. [Online]. Available: https://arxiv.org/abs/2301.00001\n",
    );
    const missing = await cite("A tiny wombat", "--style", "nowhere/x.csl");
    expect([missing.code, missing.stdout]).toEqual([2, ""]);
    expect(missing.stderr).toContain("The style “nowhere/x.csl” cannot be read (ENOENT)");
    const wrong = await cite("A tiny wombat", "--style", "mla");
    expect(wrong.stderr.replaceAll("\n", " ")).toContain(
      "it must be apa, ieee, acm, chicago-author-date, nature",
    );
    expect((await cite("A tiny wombat", "--style", "acm", "--format", "bibtex")).code).toBe(2);
  });
});
