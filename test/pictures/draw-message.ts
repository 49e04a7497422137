import type { Line, Look, Part, Piece } from "./parts.ts";
import { textWidth, wrap } from "./measure.ts";
import { box, escapeXml, sheet, tag } from "./svg.ts";

interface ButtonPaint {
  readonly fill: string;
  readonly stroke: string;
  readonly text: string;
}

/** How a platform looks. */
export interface Theme {
  readonly title: string;
  /** What the person typed, above the answer. */
  readonly typed: string;
  /** Beside the bot's name. */
  readonly badge: string;
  readonly avatar: string;
  readonly text: string;
  readonly muted: string;
  readonly link: string;
  readonly headingSize: number;
  /** The card around the answer: its colours, and the bar at its left; none where the platform draws none. */
  readonly card?: { readonly fill: string; readonly stroke: string; readonly bar: string };
  readonly button: ButtonPaint;
  readonly primary: ButtonPaint;
}

/** A phone's width in pixels. */
const WIDTH = 420;
const FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif";
const [BODY, SMALL, LABEL] = [15, 12.5, 13];
const [EDGE, GAP, CONTROL] = [16, 9, 32];
/** The bot's picture and the space behind it; answers stand to the right of it. */
const AVATAR = 36;
const LINE = 1.36;

/** Something drawn, and how high it is. */
interface Drawn {
  readonly svg: readonly string[];
  readonly height: number;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

function drawPiece({ text, looks }: Piece, theme: Theme): string {
  const paints: Record<Look, Record<string, string>> = {
    strong: { "font-weight": "bold" },
    emphasis: { "font-style": "italic" },
    link: { fill: theme.link },
    code: { "font-family": "monospace" },
  };
  return tag(
    "tspan",
    Object.fromEntries(looks.flatMap((look) => Object.entries(paints[look]))),
    escapeXml(text),
  );
}

function drawLine({ size, pieces }: Line, { x, y, width }: Place, theme: Theme): Drawn {
  const pixels = { heading: theme.headingSize, body: BODY, small: SMALL }[size];
  const bold = size === "heading";
  const lines = wrap(pieces, width, { size: pixels, bold });
  const step = pixels * LINE;
  const svg = lines.map((line, i) =>
    tag(
      "text",
      {
        "xml:space": "preserve",
        x,
        y: y + i * step + pixels,
        "font-size": pixels,
        fill: size === "small" ? theme.muted : theme.text,
        ...(bold ? { "font-weight": "bold" } : {}),
      },
      line.map((piece) => drawPiece(piece, theme)).join("") || " ",
    ),
  );
  return { svg, height: lines.length * step };
}

const buttonWidth = (label: string): number => textWidth(label, LABEL, true) + 24;

function drawButton(label: string, paint: ButtonPaint, { x, y }: Pick<Place, "x" | "y">): string[] {
  const width = buttonWidth(label);
  return [
    box({ x, y, width, height: CONTROL, round: 7 }, { fill: paint.fill, stroke: paint.stroke }),
    tag(
      "text",
      {
        x: x + width / 2,
        y: y + CONTROL / 2 + LABEL * 0.36,
        "font-size": LABEL,
        "font-weight": "bold",
        "text-anchor": "middle",
        fill: paint.text,
      },
      escapeXml(label),
    ),
  ];
}

function drawText(part: Extract<Part, { kind: "text" }>, place: Place, theme: Theme): Drawn {
  const besides = part.beside === undefined ? 0 : buttonWidth(part.beside) + 12;
  const svg: string[] = [];
  let height = 0;
  for (const line of part.lines) {
    const drawn = drawLine(line, { x: place.x, y: place.y + height, width: place.width - besides }, theme);
    svg.push(...drawn.svg);
    height += drawn.height + 2;
  }
  if (part.beside !== undefined)
    svg.push(
      ...drawButton(part.beside, theme.button, { x: place.x + place.width - besides + 12, y: place.y + 1 }),
    );
  return { svg, height: Math.max(height, part.beside === undefined ? 0 : CONTROL) };
}

function drawMenu(label: string, { x, y, width }: Place, theme: Theme): Drawn {
  const right = x + width - 22;
  const paint = { fill: "#ffffff", stroke: "#c4c9ce" };
  return {
    svg: [
      box({ x, y, width, height: CONTROL, round: 7 }, paint),
      tag(
        "text",
        { x: x + 12, y: y + CONTROL / 2 + LABEL * 0.36, "font-size": LABEL, fill: theme.muted },
        escapeXml(label),
      ),
      tag("path", {
        d: `M${right} ${Math.round(y) + 14}l5 5l5 -5`,
        fill: "none",
        stroke: theme.muted,
        "stroke-width": 1.6,
      }),
    ],
    height: CONTROL,
  };
}

function drawButtons({ labels }: Extract<Part, { kind: "buttons" }>, place: Place, theme: Theme): Drawn {
  const svg: string[] = [];
  let [x, row] = [place.x, 0];
  for (const { text, primary } of labels) {
    if (x > place.x && x + buttonWidth(text) > place.x + place.width) [x, row] = [place.x, row + 1];
    const y = place.y + row * (CONTROL + GAP);
    svg.push(...drawButton(text, primary ? theme.primary : theme.button, { x, y }));
    x += buttonWidth(text) + 8;
  }
  return { svg, height: CONTROL + row * (CONTROL + GAP) };
}

function drawPart(part: Part, place: Place, theme: Theme): Drawn {
  switch (part.kind) {
    case "text":
      return drawText(part, place, theme);
    case "menu":
      return drawMenu(part.label, place, theme);
    case "buttons":
      return drawButtons(part, place, theme);
  }
}

/** What was typed, and the bot's name above its answer. */
function drawTop(theme: Theme): Drawn {
  const name = "Paperboy";
  const after = EDGE + AVATAR + GAP + textWidth(name, BODY, true) + 8;
  const words = (text: string, x: number, y: number, paint: Record<string, string | number>): string =>
    tag("text", { x, y, ...paint }, escapeXml(text));
  return {
    svg: [
      words(theme.typed, EDGE, 24, { "font-size": SMALL, fill: theme.muted }),
      box({ x: EDGE, y: 38, width: AVATAR, height: AVATAR, round: 9 }, { fill: theme.avatar }),
      words("P", EDGE + AVATAR / 2, 63, {
        "font-size": 20,
        fill: "#ffffff",
        "font-weight": "bold",
        "text-anchor": "middle",
      }),
      words(name, EDGE + AVATAR + GAP, 53, { "font-size": BODY, fill: theme.text, "font-weight": "bold" }),
      words("APP", after, 53, { "font-size": 11, fill: theme.muted }),
      words(theme.badge, EDGE + AVATAR + GAP, 70, { "font-size": SMALL, fill: theme.muted }),
    ],
    height: 84,
  };
}

/** A message as a platform draws it on a phone. */
export function drawMessage(parts: readonly Part[], theme: Theme): string {
  const top = drawTop(theme);
  const inset = theme.card === undefined ? 0 : 14;
  const place = { x: EDGE + inset + 2, width: WIDTH - 2 * (EDGE + inset) };
  const svg: string[] = [];
  let y = top.height + inset;
  for (const part of parts) {
    const drawn = drawPart(part, { ...place, y }, theme);
    svg.push(...drawn.svg);
    y += drawn.height + GAP;
  }
  const bottom = y - GAP + inset;
  const height = Math.ceil(bottom + EDGE);
  const around = { x: EDGE, y: top.height, width: WIDTH - 2 * EDGE, height: bottom - top.height, round: 8 };
  const { card } = theme;
  const frame =
    card === undefined
      ? []
      : [
          box(around, { fill: card.bar }),
          box({ ...around, x: EDGE + 4, width: around.width - 4 }, { fill: card.fill, stroke: card.stroke }),
        ];
  const paper = box(
    { x: 0.5, y: 0.5, width: WIDTH - 1, height: height - 1, round: 12 },
    { fill: "#ffffff", stroke: "#d9dce0" },
  );
  return sheet({ title: theme.title, width: WIDTH, height, font: FONT }, [
    paper,
    ...top.svg,
    ...frame,
    ...svg,
  ]);
}
