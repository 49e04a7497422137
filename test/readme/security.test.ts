import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { settingsSource } from "./settings-source.ts";

const read = (name: string): Promise<string> => readFile(new URL(`../../${name}`, import.meta.url), "utf8");

it("docs/security.md names every host that a setting can replace, every port and every secret", async () => {
  const text = await read("docs/security.md");
  const sources = (await Promise.all(["src/sources/live.ts", "src/library/encoder/hub.ts"].map(read))).join(
    "\n",
  );
  const hosts = Array.from(sources.matchAll(/"https:\/\/([\w.-]+)"/g), ([, host = ""]) => host);
  expect(hosts.length).toBeGreaterThan(6);
  const settings = Array.from(
    (await settingsSource()).matchAll(/"(\w+_(?:PORT|TOKEN|SECRET|KEY))"/g),
    ([, name = ""]) => name,
  );
  expect(settings.length).toBeGreaterThan(8);
  expect([...hosts, ...settings].filter((name) => !text.includes(name))).toEqual([]);
});
