import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../../src/project-root.ts";
import { runProgram } from "../support/run-program.ts";

/** Notes every module that is loaded: hooks of Node run in a thread of their own, so that they write into a file. */
const HOOKS = `
import { appendFileSync } from "node:fs";
export async function load(url, context, next) {
  appendFileSync(process.env.LOADED, url + "\\n");
  return next(url, context);
}`;

let folder: string;
let state: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "paperboy-test-"));
  state = path.join(folder, "state");
  await writeFile(path.join(folder, "hooks.mjs"), HOOKS);
  await writeFile(
    path.join(folder, "note.mjs"),
    `import { register } from "node:module"; register(${JSON.stringify(pathToFileURL(path.join(folder, "hooks.mjs")).href)});`,
  );
  // The index is made once, so that every command finds it.
  await runProgram(["about"], { PAPERBOY_STATE: state });
});

afterAll(() => rm(folder, { recursive: true }));

/** The modules that a command loads: those of outside packages, and those of the program by their file. */
async function loadedBy(args: readonly string[]): Promise<{ packages: string[]; own: string[] }> {
  const LOADED = path.join(folder, `${args.join("-").replaceAll(/\W/g, "_")}.txt`);
  await writeFile(LOADED, "");
  const note = pathToFileURL(path.join(folder, "note.mjs")).href;
  const { code } = await runProgram(args, {
    PAPERBOY_STATE: state,
    NODE_OPTIONS: `--import ${note}`,
    LOADED,
  });
  expect(code).toBe(0);
  const urls = (await readFile(LOADED, "utf8")).split("\n").filter((url) => url.startsWith("file:"));
  const names = (pattern: RegExp): string[] => {
    const found = urls.flatMap((url) => pattern.exec(url)?.[1] ?? []);
    return [...new Set(found)].toSorted();
  };
  return {
    packages: names(/.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//),
    own: names(/\/dist\/((?:src|adapters)\/.*)\.js$/),
  };
}

/** What draws a reply in the terminal, and measures how wide it is. */
const DRAWING = [
  "ansi-regex",
  "ansi-styles",
  "get-east-asian-width",
  "string-width",
  "strip-ansi",
  "wrap-ansi",
];
/** What finds the settings, and reads what was typed. */
const BEGINNING = ["dotenv", "entities", "env-paths", "is-safe-filename", "luxon", "picocolors", "unicodeit"];
const INDEX = ["sorted-btree", "wink-porter2-stemmer"];

describe("the outside packages", () => {
  it.each([
    [["--version"], []],
    [["--help"], BEGINNING],
    [
      ["search", "curriculum learning"],
      [...BEGINNING, ...INDEX, ...DRAWING],
    ],
    [
      ["show", "FastDINOv2"],
      [...BEGINNING, ...INDEX, ...DRAWING],
    ],
    [["about"], [...BEGINNING, ...INDEX, ...DRAWING]],
    [
      ["cite", "FastDINOv2"],
      [...BEGINNING, ...INDEX],
    ],
  ])("that “paperboy %j” loads are those it needs", async (args, expected) => {
    expect((await loadedBy(args)).packages).toEqual(expected.toSorted());
  });

  it("of the platforms, the database and the schedule are not among those of a preview of a digest", async () => {
    const { packages } = await loadedBy(["digest", "preview"]);
    expect(packages).toContain("p-map");
    const others = ["pg", "discord.js", "@slack/bolt", "node-cron", "htmlparser2", "undici", "citeproc"];
    expect(others.filter((name) => packages.includes(name))).toEqual([]);
  });

  it("of a database on a server are not loaded where it lies in the state folder", async () => {
    const { packages } = await loadedBy(["key", "list"]);
    expect(packages).toContain("libsql");
    expect(packages.filter((name) => name === "pg" || name.startsWith("pg-"))).toEqual([]);
  });
});

describe("a search engine of its own", () => {
  it("is not loaded where none is set, neither its client nor what speaks to it", async () => {
    const { packages, own } = await loadedBy(["search", "curriculum learning"]);
    expect(packages).not.toContain("@opensearch-project/opensearch");
    expect(own.filter((name) => name.startsWith("src/search/opensearch/"))).toEqual([]);
  });
});

describe("the program's own parts", () => {
  it("that choose digests, merge papers, read pages and write citations are left out of a search", async () => {
    const { own } = await loadedBy(["search", "curriculum learning"]);
    expect(own).toContain("src/search/embedded/ranking/answer");
    const parts = [
      "src/schedule/looking/tick",
      "src/digest/choice/view",
      "src/library/intake/ingest",
      "src/corpus/pages/parse-page",
      "src/citation/citations",
      "adapters/terminal/chat",
    ];
    const there = parts.map((name) => existsSync(path.join(projectRoot(), `${name}.ts`)));
    expect(there).toEqual(parts.map(() => true));
    expect(parts.filter((name) => own.includes(name))).toEqual([]);
  });
});
