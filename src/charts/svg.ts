/** Drawn text of SVG: whatever comes from papers and people in it is escaped. */
export type Svg = string & { readonly svg: true };

/** What XML 1.0 forbids, also as a number (w3.org/TR/xml, “Char”). */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Text as it may stand in an element or in an attribute. */
function escapeSvg(text: string): string {
  return text
    .replace(FORBIDDEN, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** Attributes; those that are undefined are left out, and numbers are written with at most one decimal. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

const written = (value: string | number): string =>
  typeof value === "number" ? String(Math.round(value * 10) / 10) : escapeSvg(value);

/** An element with what is drawn in it; text goes in by `textNode` alone. */
export function element(name: string, attributes: Attributes, ...children: readonly Svg[]): Svg {
  const said = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${written(value)}"`]))
    .join("");
  const inside = children.join("");
  return (inside === "" ? `<${name}${said}/>` : `<${name}${said}>${inside}</${name}>`) as Svg;
}

/** Escaped text inside an element. */
const textNode = (text: string): Svg => escapeSvg(text) as Svg;

/** A line of text. */
export const label = (text: string, attributes: Attributes): Svg =>
  element("text", attributes, textNode(text));

/** The font of all pictures: DejaVu Sans where pictures are drawn here, and on a page that of the reader. */
const FONT = "DejaVu Sans, Verdana, sans-serif";

/** A whole picture: its size in pixels, its name, what it shows for those who do not see it, and whether there are links in it. */
export function picture(
  {
    width,
    height,
    title,
    description,
    links = false,
  }: Readonly<Record<"width" | "height", number>> &
    Readonly<Record<"title" | "description", string>> & { readonly links?: boolean },
  ...children: readonly Svg[]
): Svg {
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      class: "picture",
      // What is inside an image is not read out, and links in it would be lost.
      role: links ? "group" : "img",
      "aria-label": title,
      "font-family": FONT,
    },
    element("desc", {}, textNode(description)),
    element("rect", { width, height, fill: "#ffffff" }),
    ...children,
  );
}
