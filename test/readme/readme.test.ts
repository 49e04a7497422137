import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { SETTING_NAMES } from "../../adapters/cli/settings/setting-names.ts";
import { createSeedBot } from "../support/seed-bot.ts";
import { GENERATED_PAGES, README_DAY, renderPage } from "./sections.ts";
import { settingsSource } from "./settings-source.ts";

const read = (name: string): Promise<string> => readFile(new URL(`../../${name}`, import.meta.url), "utf8");

const pages = async (): Promise<string[]> => {
  const docs = await readdir(new URL("../../docs", import.meta.url));
  return ["README.md", ...docs.filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`)];
};

describe("README and docs", () => {
  it.each(GENERATED_PAGES)("show in %s what the program really says (npm run readme)", async (page) => {
    const { bot, clock } = await createSeedBot();
    clock.now = README_DAY;
    const text = await read(page);
    expect(text).toBe(await renderPage(page, text, bot));
  });

  it("are read in five minutes: README has at most 200 lines", async () => {
    expect((await read("README.md")).split("\n").length).toBeLessThanOrEqual(201);
  });

  it("link to files that are there, and README to every page", async () => {
    const missing: string[] = [];
    for (const page of await pages())
      for (const [, target = ""] of (await read(page)).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)) {
        const file = path.posix.join(path.posix.dirname(page), target);
        await read(file).catch(() => missing.push(`${page}: ${target}`));
      }
    expect(missing).toEqual([]);
    const readme = await read("README.md");
    expect((await pages()).filter((page) => page !== "README.md" && !readme.includes(`](${page})`))).toEqual(
      [],
    );
  });

  it("name only scripts that package.json has", async () => {
    const { scripts } = JSON.parse(await read("package.json")) as { scripts: Record<string, string> };
    const builtin = new Set([
      "ci",
      "link",
      "start",
      "test",
      "install",
      "pack",
      "root",
      "prefix",
      "uninstall",
    ]);
    const texts = await Promise.all((await pages()).map(read));
    const named = texts.flatMap((text) =>
      Array.from(text.matchAll(/npm (?:run )?([a-z:-]+)/g), ([, name = ""]) => name),
    );
    expect(named.filter((name) => !builtin.has(name) && scripts[name] === undefined)).toEqual([]);
  });

  it("explains every setting of .env.example, and the example holds every setting the program reads", async () => {
    const settings = Array.from(
      (await settingsSource()).matchAll(/"((?:PAPERBOY|DISCORD|SLACK|OPENALEX|SEMANTIC)_[A-Z_]+)"/g),
      ([, name = ""]) => name,
    );
    const example = Array.from(
      (await read(".env.example")).matchAll(/^#? ?([A-Z_]+)=/gm),
      ([, name = ""]) => name,
    );
    expect(example.toSorted()).toEqual([...new Set(settings)].toSorted());
    expect([...SETTING_NAMES].toSorted()).toEqual(example.toSorted());
    const table = await read("docs/settings.md");
    expect(example.filter((name) => !table.includes(name))).toEqual([]);
  });
});
