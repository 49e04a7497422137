import type { SimulationNodeDatum } from "d3-force";
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import type { PaperMap } from "./paper-map.ts";

/** The middle of a box. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The size of every paper's box, in pixels, and the least room between two. */
export const BOX = { width: 196, height: 46 } as const;
const GAP = 22;

/** Pixels between papers that share all, and how many more between those that share nothing. */
const NEAR = 170;
const FAR = 240;
/** Steps until the simulation rests (d3-force: `alpha` is below `alphaMin` after 300). */
const STEPS = 300;
/** Rounds of pushing boxes apart before the whole map is stretched. */
const ROUNDS = 200;

interface Moved extends SimulationNodeDatum {
  x: number;
  y: number;
}

/** Where papers come to rest that draw each other as near as they are alike. Without chance: the same map gives the same places. */
function rest({ papers, edges }: PaperMap): Moved[] {
  const [only, ...others] = papers.filter(({ asked }) => asked);
  const nodes = papers.map((paper, i): Moved => {
    const angle = (i / papers.length) * 2 * Math.PI;
    const start = { x: Math.cos(angle) * NEAR * 1.5, y: Math.sin(angle) * NEAR };
    return others.length === 0 && paper === only ? { x: 0, y: 0, fx: 0, fy: 0 } : start;
  });
  const links = edges.map(({ ends: [source, target], score }) => ({ source, target, score }));
  forceSimulation(nodes)
    .force(
      "link",
      forceLink<Moved, (typeof links)[number]>(links).distance(({ score }) => NEAR + FAR * (1 - score)),
    )
    .force("apart", forceManyBody().strength(-900))
    .force("boxes", forceCollide(BOX.width / 2))
    .force("x", forceX(0).strength(0.03))
    .force("y", forceY(0).strength(0.08))
    .stop()
    .tick(STEPS);
  return nodes;
}

/** Pushes two boxes apart where they are too close, the shorter way; whether they were. */
function part(a: Moved, b: Moved): boolean {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const [inX, inY] = [BOX.width + GAP - Math.abs(dx), BOX.height + GAP - Math.abs(dy)];
  if (inX <= 0.01 || inY <= 0.01) return false;
  if (inX < inY) {
    const push = ((dx < 0 ? -1 : 1) * inX) / 2;
    a.x -= push;
    b.x += push;
  } else {
    const push = ((dy < 0 ? -1 : 1) * inY) / 2;
    a.y -= push;
    b.y += push;
  }
  return true;
}

function partAll(nodes: readonly Moved[]): boolean {
  let moved = false;
  nodes.forEach((a, i) => {
    for (const b of nodes.slice(i + 1)) moved = part(a, b) || moved;
  });
  return moved;
}

/** The middles of the papers' boxes, no two of which overlap: like papers are near each other. */
export function layOut(map: PaperMap): readonly Point[] {
  const nodes = rest(map);
  while (partAll(nodes)) {
    for (let round = 1; round < ROUNDS && partAll(nodes); round++);
    // Whatever pushes each other in a circle has room once all is larger.
    for (const node of nodes) {
      node.x *= 1.05;
      node.y *= 1.05;
    }
  }
  return nodes.map(({ x, y }) => ({ x, y }));
}
