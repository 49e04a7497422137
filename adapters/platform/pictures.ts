import { existsSync } from "node:fs";
import path from "node:path";
import type { Picture } from "../../src/charts/chart.ts";
import { drawChart } from "../../src/charts/draw.ts";
import { lazily } from "../../src/lazily.ts";
import { projectRoot } from "../../src/project-root.ts";

/** Pixels of a picture for each of its drawing: sharp on a phone, and some 60 kB. */
const ZOOM = 2;
/** A picture that takes longer is left out, so that no answer waits for one; usual are 50 ms. */
const PATIENCE_MS = 3000;

/** What draws, and its font: loaded with the first picture. */
const drawing = lazily(async () => {
  const { renderAsync } = await import("@resvg/resvg-js");
  const file = path.join(projectRoot(), "data/fonts/DejaVuSans.ttf");
  if (!existsSync(file)) throw new Error(`${file} is missing: Paperboy is not installed whole`);
  const font = { loadSystemFonts: false, fontFiles: [file], defaultFontFamily: "DejaVu Sans" };
  return (svg: string) =>
    renderAsync(svg, { font, fitTo: { mode: "zoom", value: ZOOM } }, AbortSignal.timeout(PATIENCE_MS));
});

/** Pictures that wait for each other: with more the last would come late, so that its answer goes without. */
const MOST_WAITING = 8;

/** Pictures are drawn one after the other, beside the program's own thread. */
let before: Promise<unknown> = Promise.resolve();
let waiting = 0;

/**
 * A picture as PNG, drawn on this machine. Undefined where it cannot be drawn in time, where eight others wait, or at all, as
 * on a system for which the library has no build: all that it shows is in the answer's words too.
 */
export function drawPng({ chart }: Picture): Promise<Buffer | undefined> {
  if (waiting >= MOST_WAITING) return Promise.resolve(undefined);
  waiting++;
  const mine = before.then(async () => {
    try {
      const draw = await drawing();
      return (await draw(drawChart(chart, { ownFont: true }))).asPng();
    } catch {
      return undefined;
    } finally {
      waiting--;
    }
  });
  before = mine;
  return mine;
}
