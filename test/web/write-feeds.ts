import { writeFile } from "node:fs/promises";
import path from "node:path";
import { seedRoutes } from "./serve-seed.ts";

/** Writes feeds of a search and of an archive into a folder, for other readers; with how many entries each has. */
const [folder = "."] = process.argv.slice(2);
const url = "https://papers.example";
const { app, archive, close } = await seedRoutes(url);
const expected: Record<string, number> = {};
for (const kind of ["atom", "rss", "json"])
  for (const [name, where, entries] of [
    ["search", `/feed.${kind}?q=pretraining`, 50],
    ["archive", `/archive/${archive}/feed.${kind}`, 3],
  ] as const) {
    const response = await app.request(url + where);
    const file = `${name}.${kind}`;
    await writeFile(path.join(folder, file), await response.text());
    expected[file] = entries;
  }
await writeFile(path.join(folder, "expected.json"), JSON.stringify(expected));
await close();
