import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { createSeedBot } from "../support/seed-bot.ts";
import { README_DAY, renderReadme } from "./sections.ts";

const read = (name: string): Promise<string> => readFile(new URL(`../../${name}`, import.meta.url), "utf8");

describe("the README", () => {
  it("shows the conversation and the commands that the program really has (npm run readme)", async () => {
    const { bot, clock } = await createSeedBot();
    clock.now = README_DAY;
    const readme = await read("README.md");
    expect(readme).toBe(await renderReadme(readme, bot));
  });

  it("names only scripts that package.json has", async () => {
    const { scripts } = JSON.parse(await read("package.json")) as { scripts: Record<string, string> };
    const builtin = new Set(["ci", "link", "start", "test"]);
    const named = Array.from(
      (await read("README.md")).matchAll(/npm (?:run )?([a-z:-]+)/g),
      ([, name = ""]) => name,
    );
    expect(named.filter((name) => !builtin.has(name) && scripts[name] === undefined)).toEqual([]);
  });

  it("explains every setting of .env.example, and the example holds every setting the program reads", async () => {
    const settings = Array.from(
      (await read("adapters/cli/settings.ts")).matchAll(/"((?:PAPERBOY|DISCORD|SLACK)_[A-Z_]+)"/g),
      ([, name = ""]) => name,
    );
    const example = Array.from(
      (await read(".env.example")).matchAll(/^#? ?([A-Z_]+)=/gm),
      ([, name = ""]) => name,
    );
    expect(example.toSorted()).toEqual([...new Set(settings)].toSorted());
    const readme = await read("README.md");
    expect(example.filter((name) => !readme.includes(name))).toEqual([]);
  });
});
