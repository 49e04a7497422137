import type { Chart } from "./chart.ts";
import { isDrawable } from "./letters.ts";
import type { HrefOf } from "./map/draw.ts";
import { drawMap } from "./map/draw.ts";
import type { Svg } from "./svg.ts";
import { drawTrend } from "./trend/draw.ts";

/** How a chart is drawn. */
export interface Drawing {
  /** Whether the font of pictures is all there is, which lacks some scripts: names in these are replaced by numbers. Default no. */
  readonly ownFont?: boolean;
  /** The page of a paper, to which its box leads. Default: boxes lead nowhere. */
  readonly hrefOf?: HrefOf;
}

/** A chart as SVG: without scripts, styles and addresses of others. */
export function drawChart(chart: Chart, { ownFont = false, hrefOf }: Drawing = {}): Svg {
  const drawn = (name: string, instead: string): string => (ownFont && !isDrawable(name) ? instead : name);
  switch (chart.kind) {
    case "trend": {
      const topics = chart.trend.topics.map((topic, i) => ({
        ...topic,
        name: drawn(topic.name, `Topic ${i + 1}`),
      }));
      return drawTrend({ ...chart.trend, topics });
    }
    case "map": {
      const papers = chart.map.papers.map((paper) => ({
        ...paper,
        title: drawn(paper.title, "(see below)"),
      }));
      const edges = chart.map.edges.map((edge) => ({
        ...edge,
        shared: edge.shared.filter((word) => !ownFont || isDrawable(word)),
      }));
      return drawMap({ papers, edges }, hrefOf);
    }
  }
}
