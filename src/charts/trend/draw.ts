import { fitText, textWidth } from "../text-width.ts";
import type { Svg } from "../svg.ts";
import { element, label, picture } from "../svg.ts";
import type { Topic, Trend } from "./trend.ts";
import { FEW, shareAt } from "./trend.ts";
import { altText, highest } from "./words.ts";

/** In pixels. */
const SIZE = { width: 800, height: 440 };
const PLOT = { left: 64, right: 752, top: 92, bottom: 384 };
const TEXT = 14;
const INK = "#333333";
const PALE = "#d9d9d9";

/** Colours that the colour-blind tell apart (Okabe and Ito, “Color Universal Design”), and a pattern of line each. */
const LINES = [
  { colour: "#0072b2", dash: undefined },
  { colour: "#d55e00", dash: "8 4" },
  { colour: "#007f5f", dash: "2 3" },
  { colour: "#aa4499", dash: "12 4 2 4" },
  { colour: "#555555", dash: "5 2" },
] as const;

const lineOf = (i: number) => LINES[i % LINES.length] ?? LINES[0];

/** A round number of hundredths not below what is to be shown, and the steps up to it. */
function ticksUpTo(share: number): number[] {
  const steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25];
  const step = steps.find((one) => share / one <= 5) ?? 0.25;
  return Array.from({ length: Math.ceil(share / step - 1e-9) + 1 }, (_, i) => i * step);
}

interface Scale {
  readonly x: (place: number) => number;
  readonly y: (share: number) => number;
}

function scaleOf({ spans }: Trend, most: number): Scale {
  const wide = PLOT.right - PLOT.left;
  return {
    x: (place) => PLOT.left + (spans.length < 2 ? wide / 2 : (place / (spans.length - 1)) * wide),
    y: (share) => PLOT.bottom - (share / most) * (PLOT.bottom - PLOT.top),
  };
}

function drawGrid(ticks: readonly number[], { y }: Scale): Svg[] {
  return ticks.flatMap((tick) => [
    element("line", {
      x1: PLOT.left,
      x2: PLOT.right,
      y1: y(tick),
      y2: y(tick),
      stroke: tick === 0 ? INK : PALE,
    }),
    label(`${Number((tick * 100).toFixed(1))} %`, {
      x: PLOT.left - 8,
      y: y(tick) + 5,
      "text-anchor": "end",
      "font-size": TEXT - 1,
      fill: INK,
    }),
  ]);
}

/** Names of times, as many as fit beside each other, the last one always. */
function drawTimes({ spans }: Trend, { x }: Scale): Svg[] {
  const wide = textWidth(spans[0]?.name ?? "", TEXT - 1) + 16;
  const every = Math.max(1, Math.ceil((spans.length * wide) / (PLOT.right - PLOT.left)));
  const last = spans.length - 1;
  return spans.flatMap(({ name }, i) =>
    (last - i) % every === 0
      ? [
          element("line", { x1: x(i), x2: x(i), y1: PLOT.bottom, y2: PLOT.bottom + 5, stroke: INK }),
          label(name, {
            x: x(i),
            y: PLOT.bottom + 22,
            "text-anchor": "middle",
            "font-size": TEXT - 1,
            fill: INK,
          }),
        ]
      : [],
  );
}

/** A topic's line, which breaks where there are no papers; its points are hollow where there are few or a time is not over. */
function drawTopic(trend: Trend, topic: Topic, i: number, { x, y }: Scale): Svg[] {
  const { colour, dash } = lineOf(i);
  const points = trend.spans.map((span, place) => ({ span, place, share: shareAt(trend, topic, place) }));
  let move = true;
  const path = points.map(({ place, share }) => {
    if (share === undefined) {
      move = true;
      return "";
    }
    const to = `${move ? "M" : "L"}${x(place).toFixed(1)} ${y(share).toFixed(1)}`;
    move = false;
    return to;
  });
  const dots = points.flatMap(({ place, share, span }) => {
    if (share === undefined) return [];
    const hollow = span.papers < FEW || span.open;
    const fill = hollow ? "#ffffff" : colour;
    return [
      element("circle", { cx: x(place), cy: y(share), r: 3.5, fill, stroke: colour, "stroke-width": 1.5 }),
    ];
  });
  const line = {
    d: path.join(""),
    fill: "none",
    stroke: colour,
    "stroke-width": 2.5,
    "stroke-dasharray": dash,
  };
  return [element("path", line), ...dots];
}

/** The names of the topics beside a piece of their lines, in two rows. */
function drawLegend({ topics }: Trend): Svg[] {
  const room = topics.length > 3 ? Math.ceil(topics.length / 2) : topics.length;
  const wide = (SIZE.width - 48) / room;
  return topics.flatMap(({ name }, i) => {
    const { colour, dash } = lineOf(i);
    const [left, line] = [24 + (i % room) * wide, 52 + Math.floor(i / room) * 22];
    return [
      element("line", {
        x1: left,
        x2: left + 28,
        y1: line - 5,
        y2: line - 5,
        stroke: colour,
        "stroke-width": 2.5,
        "stroke-dasharray": dash,
      }),
      label(fitText(name, wide - 48, TEXT), { x: left + 36, y: line, "font-size": TEXT, fill: INK }),
    ];
  });
}

/** The shares of topics over time as lines. */
export function drawTrend(trend: Trend): Svg {
  const ticks = ticksUpTo(highest(trend));
  const scale = scaleOf(trend, ticks.at(-1) ?? 1);
  const few = trend.spans.some(({ papers, open }) => papers < FEW || open);
  const title = `Share of papers per ${trend.period}`;
  return picture(
    { ...SIZE, title, description: altText(trend) },
    label(title, { x: 24, y: 28, "font-size": 17, "font-weight": "bold", fill: INK }),
    ...drawLegend(trend),
    ...drawGrid(ticks, scale),
    ...drawTimes(trend, scale),
    ...trend.topics.flatMap((topic, i) => drawTopic(trend, topic, i, scale)),
    ...(few
      ? [
          label(`Hollow points: fewer than ${FEW} papers, or a ${trend.period} that is not over.`, {
            x: 24,
            y: SIZE.height - 12,
            "font-size": TEXT - 2,
            fill: INK,
          }),
        ]
      : []),
  );
}
