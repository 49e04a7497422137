import { box, escapeXml, sheet, tag } from "./svg.ts";

/** A run of signs that look alike, and the column at which it begins. */
interface Run {
  readonly column: number;
  readonly text: string;
  readonly codes: ReadonlySet<number>;
}

/** Codes that end another one, by what it begins with (ECMA-48, select graphic rendition). */
const ENDS: Readonly<Record<number, readonly number[]>> = { 22: [1, 2], 23: [3], 39: [33] };

const ESCAPE = "\u001b";

/** What sets a look, kept by `split`. */
const CODE = new RegExp(String.raw`(${ESCAPE}\[\d+m)`);

/** Cuts a line with colours into runs. Throws for a code that is not drawn, so that no picture leaves one out. */
function runsOf(line: string): Run[] {
  const runs: Run[] = [];
  let codes = new Set<number>();
  let column = 0;
  for (const part of line.split(CODE)) {
    const code = part.startsWith(ESCAPE) ? Number.parseInt(part.slice(2), 10) : NaN;
    if (Number.isNaN(code)) {
      if (part !== "") runs.push({ column, text: part, codes });
      column += part.length;
    } else if (ENDS[code] !== undefined) {
      codes = new Set([...codes].filter((one) => !ENDS[code]?.includes(one)));
    } else if (Object.values(ENDS).flat().includes(code)) codes = new Set([...codes, code]);
    else throw new Error(`No picture of the terminal's code ${code} is known`);
  }
  return runs;
}

const [SIZE, COLUMN, LINE, EDGE, TOP] = [13, 7.83, 18, 18, 40];
const FONT = "Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";

function paintOf(codes: ReadonlySet<number>): Record<string, string> {
  return {
    fill: codes.has(33) ? "#8f5902" : codes.has(2) ? "#7a7f87" : "#24292f",
    ...(codes.has(1) ? { "font-weight": "bold" } : {}),
    ...(codes.has(3) ? { "font-style": "italic" } : {}),
  };
}

/** A terminal's window with what stands in it. */
export function drawTerminal(text: string, columns: number, title: string): string {
  const lines = text.split("\n");
  const width = Math.ceil(2 * EDGE + columns * COLUMN);
  const height = TOP + lines.length * LINE + EDGE;
  const drawn = lines.flatMap((line, i) =>
    runsOf(line)
      .filter((run) => run.text.trim() !== "")
      .map((run) => {
        const indent = run.text.length - run.text.trimStart().length;
        const x = EDGE + (run.column + indent) * COLUMN;
        const y = TOP + i * LINE + SIZE;
        return tag("text", { x, y, "font-size": SIZE, ...paintOf(run.codes) }, escapeXml(run.text.trim()));
      }),
  );
  const dots = ["#e0645c", "#e0b44c", "#6bb35f"].map((fill, i) =>
    tag("circle", { cx: 20 + i * 18, cy: 18, r: 5.5, fill }),
  );
  return sheet({ title, width, height, font: FONT }, [
    box(
      { x: 0.5, y: 0.5, width: width - 1, height: height - 1, round: 10 },
      { fill: "#fbfbfa", stroke: "#d0d4d9" },
    ),
    ...dots,
    ...drawn,
  ]);
}
