import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { Readings } from "../../adapters/admin/registry.ts";
import { createFigures } from "../../adapters/admin/registry.ts";

const read = (name: string): Promise<string> =>
  readFile(new URL(`../../docs/${name}`, import.meta.url), "utf8");

const NOTHING: Readings = {
  version: "0.0.0",
  papers: () => Promise.resolve(0),
  connected: () => ({}),
  underWay: () => ({}),
  due: () => Promise.resolve([]),
  waiting: () => Promise.resolve({ follows: 0, letters: 0 }),
  sources: () => Promise.resolve([]),
  now: () => new Date(0),
};

/** The samples that families of each type have, by their endings. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  gauge: [""],
  counter: ["_total"],
  histogram: ["_bucket", "_sum", "_count"],
};

/** The names of all families and of their samples. */
async function known() {
  const text = await createFigures().text(NOTHING);
  const types = Array.from(text.matchAll(/^# TYPE (\S+) (\S+)$/gm), ([, name = "", type = ""]) => ({
    name,
    type,
  }));
  const samples = types.flatMap(({ name, type }) => (ENDINGS[type] ?? []).map((ending) => name + ending));
  return { types, samples: new Set(samples) };
}

const namesIn = (text: string): string[] => text.match(/\b(?:paperboy|nodejs|process)_[a-z0-9_]+/g) ?? [];

describe("the dashboard and the page about figures", () => {
  it("ask for nothing but figures that there are", async () => {
    const { types, samples } = await known();
    const dashboard = JSON.parse(await read("grafana-dashboard.json")) as {
      panels: { targets: { expr: string }[] }[];
      templating: unknown;
    };
    const asked = dashboard.panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => namesIn(expr)));
    expect(asked.length).toBeGreaterThan(15);
    expect(
      [...asked, ...namesIn(JSON.stringify(dashboard.templating))].filter((name) => !samples.has(name)),
    ).toEqual([]);
    const families = types.flatMap(({ name, type }) => [
      name,
      ...(ENDINGS[type] ?? []).map((end) => name + end),
    ]);
    const told = namesIn(await read("monitoring.md"));
    expect(told.filter((name) => !families.includes(name))).toEqual([]);
  });

  it("show and explain each of the program's own", async () => {
    const { types } = await known();
    const own = types.map(({ name }) => name).filter((name) => name.startsWith("paperboy_"));
    const [dashboard, page] = await Promise.all([read("grafana-dashboard.json"), read("monitoring.md")]);
    expect(own.filter((name) => !dashboard.includes(name) || !page.includes(name))).toEqual([]);
  });
});
