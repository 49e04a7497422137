import { PNG } from "pngjs";
import { expect, it } from "vitest";
import { drawPng } from "../../adapters/platform/pictures.ts";

const picture = {
  name: "map",
  alt: "Map of 1 papers",
  chart: { kind: "map", map: { papers: [{ id: "a", title: "Wombats", asked: true }], edges: [] } },
} as const;

it("draws eight pictures that are asked for at once, lets all others go without, and draws again afterwards", async () => {
  const drawn = await Promise.all(Array.from({ length: 20 }, () => drawPng(picture)));
  expect(drawn.map((png) => png !== undefined)).toEqual(Array.from({ length: 20 }, (_none, i) => i < 8));
  const again = PNG.sync.read((await drawPng(picture)) ?? Buffer.alloc(0));
  expect(again.data.equals(PNG.sync.read(drawn[0] ?? Buffer.alloc(0)).data)).toBe(true);
});
