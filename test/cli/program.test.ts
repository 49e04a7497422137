import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { devNull, tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { createBook } from "../../src/digest/book.ts";
import { DEFAULT_PLAN } from "../../src/digest/subscription.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import type { Ran } from "../support/run-program.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const program = fileURLToPath(new URL("../../dist/adapters/cli/main.js", import.meta.url));

/** Where runs that change nothing find one saved index. */
const shared = await mkdtemp(path.join(tmpdir(), "paperboy-test-"));
afterAll(() => rm(shared, { recursive: true }));

/** Runs the program, by default over the bundled pages alone. */
const run = (args: readonly string[], { input = "", state = shared, env = {} } = {}): Promise<Ran> =>
  runProgram(args, { PAPERBOY_STATE: state, ...env }, input);

describe("one command on the command line", () => {
  it("prints the answer and ends with 0", async () => {
    const { code, stdout } = await run(["search", "curriculum", "learning"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1–5 of \d+ papers for “curriculum learning”/);
    expect(stdout).not.toContain("Details:");
  });

  it("prints an array of objects with --json, as many as --limit says", async () => {
    const { code, stdout } = await run(["search", "curriculum learning", "--limit", "7", "--json"]);
    const found = JSON.parse(stdout) as Record<string, unknown>[];
    expect([code, found.length]).toEqual([0, 7]);
    for (const one of found) {
      expect(one).toMatchObject({
        id: expect.any(String),
        title: expect.any(String),
        url: expect.any(String),
        score: expect.any(Number),
      });
    }
  });

  it.each([
    ["similar", "FastDINOv2"],
    ["show", "tiny language models"],
    ["about"],
    ["random"],
    ["help", "search"],
  ])("runs %s %s", async (...args) => {
    const { code, stdout } = await run([...args, "--json"]);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as unknown[]).length).toBeGreaterThan(0);
  });

  it("takes options as flags, and a word with a hyphen in front as one to exclude", async () => {
    const { stdout } = await run([
      "search",
      "pretraining",
      "-graph",
      "--sort",
      "newest",
      "--after",
      "2024",
      "--json",
    ]);
    const found = JSON.parse(stdout) as { date: string; title: string; abstract: string }[];
    expect(found[0]?.date).toBe("2026-03-09");
    expect(found.some(({ title, abstract }) => /\bgraphs?\b/i.test(title + abstract))).toBe(false);
  });

  it.each([
    [["serach", "x"], /Did you mean “search”/],
    [["curriculum", "learning"], /type: search curriculum learning\. The commands are/],
    [["search"], /Search for what\?/],
    [["search", "foo:bar"], /“foo:” is not an operator/],
    [["search", "x", "--limit", "0"], /“limit” is “0”/],
    [["search", "x", "--color"], /Unknown option '--color'. The flags are --query/],
    [["-x"], /Unknown option '-x'. The flags are --json, --help, --version/],
    [["ingest", "-a.jsonl"], /Unknown option '-a'/],
    [["about", "me"], /“about” takes no words/],
    [["ingest"], /Which files\?/],
  ])("ends %s with 2 and says why on the error stream", async (args, said) => {
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.replaceAll("\n", " ")).toMatch(said);
  });

  it("ends with 1 where a paper is not there", async () => {
    const { code, stderr } = await run(["show", "1706.03762"]);
    expect(code).toBe(1);
    expect(stderr).toContain("is not in this corpus");
  });

  it("ends with 2 and names the setting where there are no pages", async () => {
    const { code, stderr } = await run(["about"], { env: { PAPERBOY_PAGES: "/nowhere" } });
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /The folder of saved pages, \/nowhere, cannot be read: ENOENT.* Set PAPERBOY_PAGES/,
    );
  });

  it("explains itself and tells its version", async () => {
    expect((await run(["--help"])).stdout).toContain("ingest FILE…");
    expect((await run(["search", "--help"])).stdout).toContain("Operators:");
    expect((await run(["--version"])).stdout).toMatch(
      /^\d+\.\d+\.\d+\nformats: papers \d+, database \d{4}-[a-z-]+, index \d+, backup \d+\n$/,
    );
  });

  it("takes in files, and reports lines it cannot read with 1", async () => {
    const state = await temporaryFolder();
    const file = path.join(state, "more.jsonl");
    await writeFile(file, '{"title": "A wombat paper", "id": "2306.00001"}\n{"title"\n');
    const first = await run(["ingest", file], { state });
    expect([first.code, first.stdout]).toEqual([
      1,
      "more.jsonl: 1 paper (1 new); left out: 1, for want of one JSON object (is the line cut off?) (1)\n1 new paper, 0 known better now, 0 already known; 1 could not be read.\n",
    ]);
    expect(first.stderr).toContain("more.jsonl:2: expected one JSON object");
    expect(JSON.parse((await run(["search", "wombat", "--json"], { state })).stdout)).toMatchObject([
      { id: "arxiv:2306.00001" },
    ]);
  });

  it("takes identifiers under other names, and tells those that it cannot read with file and line", async () => {
    const state = await temporaryFolder();
    const file = path.join(state, "more.jsonl");
    await writeFile(
      file,
      '{"title": "A wombat paper", "arxiv_id": "2306.00001"}\n{"title": "B", "arxiv_id": "?"}\n',
    );
    const { code, stdout, stderr } = await run(["ingest", file], { state });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^2 new papers, .*; 1 read in part\.$/m)]);
    expect(stderr).toContain("more.jsonl:2: expected an arXiv identifier in “arxiv_id”, found “?”");
    expect((await run(["show", "2306.00001"], { state })).stdout).toContain("A wombat paper");
  });

  it("is not surprised by a reader that goes away", async () => {
    const state = await temporaryFolder();
    const child = spawn(process.execPath, [program, "search", "training", "--limit", "100", "--json"], {
      cwd: tmpdir(),
      env: { PATH: process.env["PATH"], PAPERBOY_ENV_FILE: devNull, PAPERBOY_STATE: state },
    });
    child.stdout.destroy();
    const [stderr] = await Promise.all([text(child.stderr), once(child, "close")]);
    expect(stderr).not.toContain("EPIPE");
    expect(child.exitCode).toBe(0);
  });
});

describe("the chat of the program", () => {
  it("opens when nothing else is asked, without colour in a pipe", async () => {
    const { code, stdout } = await run([], { input: "search dinov2\n1\nexit\n" });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Paperboy knows 544 papers\./);
    expect(stdout).toContain("Id: title:dinov2");
    expect(stdout).not.toContain("\u001b");
  });

  it("has colour when told so, and never against NO_COLOR", async () => {
    expect((await run(["search", "dinov2"], { env: { FORCE_COLOR: "1" } })).stdout).toContain("\u001b[1m");
    expect(
      (await run(["search", "dinov2"], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } })).stdout,
    ).not.toContain("\u001b");
  });
});

describe("digests on the command line", () => {
  it("show what a channel would get, and say what is missing for sending", async () => {
    const preview = await run(["digest", "preview", "--topics", "diffusion", "--runners", "1"]);
    expect([preview.code, preview.stderr]).toEqual([0, ""]);
    expect(preview.stdout).toMatch(/Paper of the day · \d+ \w+ \d{4} · diffusion[\s\S]*Chosen for: /);
    const state = await temporaryFolder();
    expect((await run(["digest", "--now", "--dry-run"], { state })).stdout).toContain(
      "No channel has a digest",
    );
    const send = await run(["digest", "--now"], { state });
    expect([send.code, send.stderr]).toEqual([2, expect.stringContaining("set DISCORD_TOKEN")]);
    expect((await run(["digest", "--nwo"])).stderr).toContain("digest --now --dry-run");
    expect((await run(["digest", "start"])).stderr).toContain("There is no channel here");
  });

  it("show what every channel would get now, and send nothing", async () => {
    const state = await temporaryFolder();
    const store = await openSqliteStore(path.join(state, "paperboy.sqlite"), () => new Date());
    const createdAt = new Date("2026-01-01T00:00:00Z");
    await createBook(store, () => new Date()).put({
      id: "d1",
      place: { platform: "slack", server: "T1", channel: "C1" },
      createdBy: "U1",
      createdAt,
      scheduledSince: createdAt,
      plan: { ...DEFAULT_PLAN, topics: "diffusion" },
      state: { kind: "active" },
    });
    const { code, stdout } = await run(["digest", "--now", "--dry-run"], { state });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^slack T1 C1: digest d1, on weekdays at 09:00 UTC\n[\s\S]*Paper of the day/);
    expect(await store.slots.open()).toEqual([]);
    await store.close();
  });
});
