import type { Chart } from "./chart.ts";
import type { Svg } from "./svg.ts";
import { isDrawable } from "./letters.ts";
import { drawTrend } from "./trend/draw.ts";

/** How a chart is drawn. */
export interface Drawing {
  /** Whether the font of pictures is all there is, which lacks some scripts: names in these are replaced by numbers. Default no. */
  readonly ownFont?: boolean;
}

/** A chart as SVG: without scripts, styles and addresses of others. */
export function drawChart({ trend }: Chart, { ownFont = false }: Drawing = {}): Svg {
  if (!ownFont) return drawTrend(trend);
  const topics = trend.topics.map((topic, i) =>
    isDrawable(topic.name) ? topic : { ...topic, name: `Topic ${i + 1}` },
  );
  return drawTrend({ ...trend, topics });
}
