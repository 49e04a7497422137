const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as it stands in SVG; signs that XML does not know are left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}

type Attributes = Readonly<Record<string, string | number>>;

/** An element; `inside` is SVG already. */
export function tag(name: string, attributes: Attributes, inside = ""): string {
  const all = Object.entries(attributes).map(([key, value]) => {
    return ` ${key}="${typeof value === "number" ? String(Math.round(value * 10) / 10) : escapeXml(value)}"`;
  });
  return `<${name}${all.join("")}${inside === "" ? "/>" : `>${inside}</${name}>`}`;
}

/** A box with round corners. */
export function box(
  at: { x: number; y: number; width: number; height: number; round: number },
  paint: Attributes,
) {
  const { round, ...place } = at;
  return tag("rect", { ...place, rx: round, ...paint });
}

/** What a picture says to those who do not see it, and how large it is. */
export interface Sheet {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly font: string;
}

/** A whole picture. */
export function sheet({ title, width, height, font }: Sheet, elements: readonly string[]): string {
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${width} ${Math.round(height * 10) / 10}`,
    "font-family": font,
    role: "img",
  };
  const inside = [tag("title", {}, escapeXml(title)), ...elements].join("\n");
  return `${tag("svg", attributes, `\n${inside}\n`)}\n`;
}
