import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const run = (args: readonly string[], state: string) => runProgram(args, { PAPERBOY_STATE: state });

const makeFolder = (place: string): Promise<unknown> => mkdir(place);
const makePipe = async (place: string): Promise<unknown> => execFileSync("sh", ["-c", `mkfifo "$0"`, place]);

/** Nested a hundred thousand deep. */
const deep = (before: string, inside: string, after: string): string =>
  `${before.repeat(100_000)}${inside}${after.repeat(100_000)}`;

describe("a state of which something is of the wrong kind", () => {
  it.each([
    ["papers.jsonl", "a folder", makeFolder, ["search", "dinov2"]],
    ["papers.jsonl", "a pipe", makePipe, ["about"]],
    ["paperboy.sqlite", "a folder", makeFolder, ["digest", "--now", "--dry-run"]],
    ["paperboy.sqlite", "a pipe", makePipe, ["digest", "--now", "--dry-run"]],
    ["papers.jsonl", "a folder", makeFolder, ["backup", "/tmp/never"]],
    ["paperboy.sqlite", "a folder", makeFolder, ["backup", "/tmp/never"]],
  ] as const)("%s as %s is one line that says what and what to do", async (name, kind, make, args) => {
    const state = await temporaryFolder();
    const place = path.join(state, name);
    await make(place);
    const { code, stderr } = await run(args, state);
    expect(code).toBe(2);
    // Where there was no index before, one was made.
    expect(stderr.replace(/^.*Built the index.*\n/, "")).toBe(
      `${place} is ${kind}, where Paperboy keeps a file. Move it away, or set PAPERBOY_STATE to another folder.\n`,
    );
  });

  it.each([
    ["a folder", makeFolder],
    ["a pipe", makePipe],
  ])("answers where papers.index is %s, with one line", async (kind, make) => {
    const state = await temporaryFolder();
    const place = path.join(state, "papers.index");
    await make(place);
    const { code, stdout, stderr } = await run(["search", "dinov2"], state);
    expect([code, stdout]).toEqual([0, expect.stringContaining("FastDINOv2")]);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).toContain(`${place} is ${kind}, where Paperboy keeps a file. Move it away`);
  });

  it("is itself a file: one line", async () => {
    const state = path.join(await temporaryFolder(), "state");
    await writeFile(state, "x");
    for (const args of [["about"], ["backup", "/tmp/never"], ["digest", "--now", "--dry-run"]])
      expect(await run(args, state)).toEqual({
        code: 2,
        stdout: "",
        stderr: `${state} is a file, where Paperboy keeps a folder. Move it away, or set PAPERBOY_STATE to another folder.\n`,
      });
    expect(await readFile(state, "utf8")).toBe("x");
  });
});

describe("a line nested a hundred thousand deep", () => {
  const nested = deep('{"kind":"counted","count":', "1", "}");

  it("among those taken in is one problem with its number, and all others go on", async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, "deep.jsonl");
    const lines = [
      '{"title": "First wombat"}',
      `{"title": "Deep authors", "authors": ${nested}}`,
      `{"title": "Deep elsewhere", "x": ${deep("[", "", "]")}}`,
      deep("[", "", "]"),
      '{"title": "Last wombat"}',
    ];
    await writeFile(file, `${lines.join("\n")}\n`);
    const { code, stdout, stderr } = await run(["ingest", file], path.join(folder, "state"));
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(/^2 new papers, 0 known better now, 0 already known; 3 could not be read\.$/m),
    ]);
    const told = stderr.split("\n").filter((line) => line.includes("deep.jsonl"));
    expect(told.map((line) => line.slice(0, 80))).toEqual([
      expect.stringMatching(/^deep\.jsonl:2: expected an object nested at most 32 deep/),
      expect.stringMatching(/^deep\.jsonl:3: expected an object nested at most 32 deep/),
      expect.stringMatching(/^deep\.jsonl:4: expected/),
    ]);
  });

  it("among those stored is one line with its number, and all others are there", async () => {
    const state = await temporaryFolder();
    const stored = (title: string, more = "") => `{"title":"${title}","listedOn":"x"${more}}\n`;
    await writeFile(
      path.join(state, "papers.jsonl"),
      stored("First wombat") +
        stored("Deep wombat", `,"organisation":{"name":"x","y":${nested}}`) +
        stored("Other wombat", `,"x":${deep("[", "", "]")}`) +
        stored("Last wombat"),
    );
    const { code, stdout, stderr } = await run(["search", "wombat"], state);
    expect([code, stdout]).toEqual([0, expect.stringContaining("1–2 of 2 papers")]);
    expect(stderr).toMatch(/papers\.jsonl:2: expected a paper this program stored/);
    expect(stderr).toMatch(/papers\.jsonl:3: expected a paper this program stored/);
    expect(stderr).not.toContain("call stack");
    expect(await run(["search", "wombat"], state)).toMatchObject({ code: 0, stdout });
  });
});
