import type { Chart } from "./chart.ts";
import type { Svg } from "./svg.ts";
import { drawTrend } from "./trend/draw.ts";

/** A chart as SVG: without scripts, styles and addresses of others. */
export function drawChart(chart: Chart): Svg {
  return drawTrend(chart.trend);
}
