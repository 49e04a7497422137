import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));

const files = ["src", "adapters"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .map((name) => path.posix.join(folder, name.split(path.sep).join("/"))),
);

const textOf = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** What a file imports, types or values. */
const importsOf = (file: string): string[] => [
  ...Array.from(
    textOf(file).matchAll(/^(?:import|export)\b[^;]*?from "([^"]+)"|^import "([^"]+)"/gm),
    ([, from, bare]) => from ?? bare ?? "",
  ),
  ...Array.from(textOf(file).matchAll(/\bimport\("([^"]+)"\)/g), ([, name = ""]) => name),
];

/** The layer of a file: `src/bot`, `adapters/terminal`, or `src` for the leaves that anything may use. */
const layerOf = (file: string): string => {
  const [top = "", second = "", ...rest] = file.split("/");
  return rest.length === 0 ? top : `${top}/${second}`;
};

const searchDown = ["src/corpus", "src/files", "src"];
const ALLOWED: Record<string, readonly string[]> = {
  src: [],
  "src/files": ["src"],
  "src/corpus": ["src"],
  "src/citation": ["src/corpus", "src"],
  "src/charts": [],
  "src/search": searchDown,
  "src/store": ["src/corpus", "src/files", "src"],
  "src/schedule": ["src/search", "src/store", ...searchDown],
  "src/taste": ["src/schedule", "src/store", ...searchDown],
  "src/club": ["src/schedule", "src/store", ...searchDown],
  "src/follow": ["src/schedule", "src/search", "src/store", ...searchDown],
  "src/digest": ["src/taste", "src/schedule", "src/search", "src/store", ...searchDown],
  "src/sources": searchDown,
  "src/library": ["src/search", "src/sources", "src/store", ...searchDown],
  "src/reading": ["src/search", "src/store", "src/corpus", "src"],
  "src/memory": ["src/reading", "src/schedule", "src/search", "src/store", "src/corpus", "src"],
  "src/mailing": ["src/schedule", "src/digest", "src/store", "src"],
  "src/health": ["src/schedule", "src/digest", "src/library", "src/store", "src/corpus", "src"],
  "src/portable": [
    "src/reading",
    "src/mailing",
    "src/schedule",
    "src/club",
    "src/follow",
    "src/digest",
    "src/search",
    "src/store",
    ...searchDown,
  ],
  "src/bot": [
    "src/charts",
    "src/citation",
    "src/health",
    "src/reading",
    "src/memory",
    "src/mailing",
    "src/schedule",
    "src/club",
    "src/follow",
    "src/digest",
    "src/taste",
    "src/library",
    "src/search",
    "src/store",
    ...searchDown,
  ],
  "adapters/terminal": ["src/bot"],
  "adapters/platform": [
    "src/bot",
    "src/charts",
    "src/health",
    "src/schedule",
    "src/follow",
    "src/digest",
    "src",
  ],
  "adapters/doctor": [
    "adapters/platform",
    "src/health",
    "src/schedule",
    "src/digest",
    "src/library",
    "src/store",
    "src/files",
    "src",
  ],
  "adapters/mcp": ["adapters/platform", "src/bot", "src"],
  "adapters/http": ["adapters/platform", "src"],
  "adapters/api": ["adapters/platform", "src/bot", "src/charts", "src/store", "src"],
  "adapters/web": [
    "adapters/http",
    "adapters/platform",
    "src/bot",
    "src/charts",
    "src/mailing",
    "src/schedule",
    "src/digest",
    "src",
  ],
  "adapters/mail": ["adapters/platform", "src/bot", "src/health", "src/mailing", "src/schedule", "src"],
  "adapters/admin": ["adapters/http", "adapters/platform", "src/store", "src"],
  "adapters/discord": [
    "adapters/platform",
    "src/bot",
    "src/memory",
    "src/health",
    "src/schedule",
    "src/digest",
    "src",
  ],
  "adapters/slack": [
    "adapters/platform",
    "src/bot",
    "src/memory",
    "src/health",
    "src/schedule",
    "src/digest",
    "src/store",
    "src",
  ],
  "adapters/cli": [
    "adapters/terminal",
    "adapters/discord",
    "adapters/slack",
    "adapters/mcp",
    "adapters/web",
    "adapters/api",
    "adapters/mail",
    "adapters/admin",
    "adapters/doctor",
    "adapters/http",
    "adapters/platform",
    "src/bot",
    "src/portable",
    "src/health",
    "src/reading",
    "src/memory",
    "src/mailing",
    "src/schedule",
    "src/club",
    "src/follow",
    "src/digest",
    "src/library",
    "src/search",
    "src/sources",
    "src/store",
    ...searchDown,
  ],
};

/** Outside packages and the layer each of them lives in: one, but for what routes requests, in pages and in the API. */
const HOMES: Record<string, string | readonly string[]> = {
  minisearch: "src/search",
  "sorted-btree": "src/search",
  "wink-porter2-stemmer": "src/search",
  "@opensearch-project/opensearch": "src/search",
  "chrono-node": "src/search",
  entities: "src/corpus",
  htmlparser2: "src/sources",
  unicodeit: "src/corpus",
  citeproc: "src/citation",
  "quick-lru": "adapters/web",
  "wrap-ansi": "adapters/terminal",
  "discord.js": "adapters/discord",
  dotenv: "adapters/cli",
  pino: "adapters/cli",
  "env-paths": "adapters/cli",
  yaml: "adapters/cli",
  kysely: "src/store",
  libsql: "src/store",
  pg: "src/store",
  luxon: "src/schedule",
  "p-map": "src/schedule",
  "node-cron": "adapters/cli",
  "modern-tar": "adapters/cli",
  "@slack/bolt": "adapters/slack",
  "@modelcontextprotocol/server": "adapters/mcp",
  "@resvg/resvg-js": "adapters/platform",
  "d3-force": "src/charts",
  feedsmith: "adapters/web",
  hono: ["adapters/web", "adapters/api"],
  nodemailer: "adapters/mail",
  "@hono/node-server": "adapters/http",
  "prom-client": "adapters/admin",
};
/** Colours are drawn in the terminal and switched on or off where the program is put together. */
const SHARED = new Set(["picocolors"]);

const packageOf = (name: string): string =>
  name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");

describe("the layers", () => {
  it("are all known, and no file lies outside them", () => {
    expect([...new Set(files.map(layerOf))].toSorted()).toEqual(Object.keys(ALLOWED).toSorted());
  });

  it("import downwards only", () => {
    const upward = files.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith("."))
        .map((name) => layerOf(path.posix.join(path.posix.dirname(file), name)))
        .filter((layer) => layer !== layerOf(file) && !ALLOWED[layerOf(file)]?.includes(layer))
        .map((layer) => `${file} imports ${layer}`),
    );
    expect(upward).toEqual([]);
  });

  it("give every outside package one home", () => {
    const builtin = new Set(builtinModules);
    const astray = files.flatMap((file) =>
      importsOf(file)
        .filter((name) => !name.startsWith(".") && !name.startsWith("node:") && !builtin.has(name))
        .map(packageOf)
        .filter((name) => !SHARED.has(name) && ![HOMES[name]].flat().includes(layerOf(file)))
        .map((name) => `${file} imports ${name}`),
    );
    expect(astray).toEqual([]);
  });
});
