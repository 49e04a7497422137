import type { Svg } from "../svg.ts";
import { element, label, picture } from "../svg.ts";
import { breakText, fitText, textWidth } from "../text-width.ts";
import type { Point } from "./layout.ts";
import { BOX, layOut } from "./layout.ts";
import type { MapEdge, MapNode, PaperMap } from "./paper-map.ts";
import { altText, sharedText } from "./words.ts";

const MARGIN = 24;
const TEXT = 12;
const SMALL = 11;
const LINE = 15;
const INK = "#222222";
const ASKED = "#005a8d";
const EDGE = "#9a9a9a";
/** Pixels of the words on an edge. */
const WORDS = 150;
/** Where on an edge its words may stand, the first that is free. */
const STEPS = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];

/** The page of a paper; undefined where the picture has no links. */
export type HrefOf = (id: string) => string | undefined;

interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

const overlaps = (a: Box, b: Box): boolean =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2;

function drawNode({ id, title, asked }: MapNode, i: number, { x, y }: Point, hrefOf: HrefOf): Svg {
  const lines = breakText(`${i + 1}. ${title}`, { width: BOX.width - 16, size: TEXT, lines: 2 });
  const top = y + TEXT / 2 - 2 - ((lines.length - 1) * LINE) / 2;
  const text = lines.map((line, at) =>
    label(line, {
      x,
      y: top + at * LINE,
      "text-anchor": "middle",
      "font-size": TEXT,
      fill: asked ? "#ffffff" : INK,
    }),
  );
  const box = element("rect", {
    x: x - BOX.width / 2,
    y: y - BOX.height / 2,
    width: BOX.width,
    height: BOX.height,
    rx: 8,
    fill: asked ? ASKED : "#ffffff",
    stroke: ASKED,
    "stroke-width": 1.5,
  });
  const href = hrefOf(id);
  return href === undefined
    ? element("g", {}, box, ...text)
    : element("a", { href, "aria-label": `${i + 1}. ${title}` }, box, ...text);
}

/** The words of edges, each where it is free of boxes and other words; those that find no place are in the list beside the picture. */
function placeWords(
  edges: readonly MapEdge[],
  points: readonly Point[],
): { readonly text: string; readonly box: Box }[] {
  const taken: Box[] = points.map((point) => ({ ...point, ...BOX }));
  return edges.flatMap((edge) => {
    const [a, b] = edge.ends.map((place) => points[place]);
    if (a === undefined || b === undefined || edge.shared.length === 0) return [];
    const text = fitText(sharedText(edge), WORDS, SMALL);
    const size = { width: textWidth(text, SMALL) + 6, height: SMALL + 5 };
    const places = STEPS.map((step) => ({
      x: a.x + (b.x - a.x) * step,
      y: a.y + (b.y - a.y) * step,
      ...size,
    }));
    const box = places.find((place) => !taken.some((other) => overlaps(place, other)));
    if (box === undefined) return [];
    taken.push(box);
    return [{ text, box }];
  });
}

/** The frame around points, moved so that it begins at 0. */
function framed(points: readonly Point[]): {
  readonly points: readonly Point[];
  readonly width: number;
  readonly height: number;
} {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs) - BOX.width / 2 - MARGIN, Math.min(...ys) - BOX.height / 2 - MARGIN];
  return {
    points: points.map(({ x, y }) => ({ x: x - left, y: y - top })),
    width: Math.ceil(Math.max(...xs) + BOX.width / 2 + MARGIN - left),
    height: Math.ceil(Math.max(...ys) + BOX.height / 2 + MARGIN - top),
  };
}

/** Papers as boxes, near each other as far as they are alike, with lines that name what they share. */
export function drawMap(map: PaperMap, hrefOf: HrefOf = () => undefined): Svg {
  const { points, ...size } = framed(layOut(map));
  const edges = map.edges.toSorted((a, b) => b.score - a.score);
  const lines = edges.map(({ ends: [a, b], score }) =>
    element("line", {
      x1: points[a]?.x,
      y1: points[a]?.y,
      x2: points[b]?.x,
      y2: points[b]?.y,
      stroke: EDGE,
      "stroke-width": 1 + 3 * Math.min(1, Math.max(0, score)),
    }),
  );
  const words = placeWords(edges, points).flatMap(({ text, box }) => [
    element("rect", {
      x: box.x - box.width / 2,
      y: box.y - box.height / 2,
      width: box.width,
      height: box.height,
      fill: "#ffffff",
    }),
    label(text, {
      x: box.x,
      y: box.y + SMALL / 2 - 1.5,
      "text-anchor": "middle",
      "font-size": SMALL,
      fill: "#444444",
    }),
  ]);
  const nodes = map.papers.map((paper, i) => drawNode(paper, i, points[i] ?? { x: 0, y: 0 }, hrefOf));
  const links = map.papers.some(({ id }) => hrefOf(id) !== undefined);
  const title = `Map of ${map.papers.length} papers`;
  return picture({ ...size, title, description: altText(map), links }, ...lines, ...words, ...nodes);
}
