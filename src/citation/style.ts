import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { XmlNode } from "citeproc";
import { UserError } from "../user-error.ts";
import { projectRoot } from "../project-root.ts";

/** The styles that come with the program, in the order in which they are offered. */
export const STYLES = ["apa", "ieee", "acm", "chicago-author-date", "nature"] as const;
export type StyleName = (typeof STYLES)[number];

const FILES: Readonly<Record<StyleName, string>> = {
  apa: "apa",
  ieee: "ieee",
  acm: "acm-sig-proceedings",
  "chicago-author-date": "chicago-author-date",
  nature: "nature",
};

/** A style by its name, or what a file of the Citation Style Language says. */
export type StyleChoice =
  | { readonly kind: "named"; readonly name: StyleName }
  | { readonly kind: "file"; readonly name: string; readonly xml: string };

/** A style that can be built, and whether it leaves the order to the caller. */
export interface PreparedStyle {
  readonly node: XmlNode;
  /** Its own sorting would take seconds to build; the works must come by their authors, dates and titles. */
  readonly unsorted: boolean;
}

const styleFile = (name: string): string => path.join(projectRoot(), "data/styles", name);

/** The terms of a language, such as “accessed”; undefined where the program has none of it. */
export function readLocale(language: string): string | undefined {
  const file = styleFile(`locales-${language}.xml`);
  return /^[a-zA-Z-]+$/.test(language) && existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

const isNode = (child: XmlNode | string): child is XmlNode => typeof child !== "string";
const childNamed = (node: XmlNode, name: string): XmlNode | undefined =>
  node.children.filter(isNode).find((child) => child.name === name);

/** Elements of sorting, macros in macros counted as often as they are called, up to which a style is taken as it is. */
const SORT_SIZE = 2000;

/** How many elements come of a node where each call of a macro stands for the macro. */
function expandedSize(node: XmlNode, macros: ReadonlyMap<string, XmlNode>): number {
  const known = new Map<string, number>();
  const sizeOf = (one: XmlNode): number => {
    const inside = one.children.filter(isNode).reduce((sum, child) => sum + sizeOf(child), 1);
    const { macro } = one.attrs;
    if (macro === undefined) return inside;
    // A macro that calls itself is refused by the engine.
    if (!known.has(macro)) known.set(macro, 0);
    const called = macros.get(macro);
    if (known.get(macro) === 0 && called !== undefined) known.set(macro, sizeOf(called));
    return inside + (known.get(macro) ?? 0);
  };
  return sizeOf(node);
}

/**
 * Takes sorting out of a style where it is large: citeproc 2.4.63 builds a macro of a sort key anew for each call of it and
 * of those inside it, which takes it seconds for APA's and Chicago's styles, and without it less than a tenth.
 */
function withoutLargeSorting(style: XmlNode): PreparedStyle {
  const macros = new Map(
    style.children.flatMap((child) =>
      isNode(child) && child.name === "macro" ? [[child.attrs["name"] ?? "", child]] : [],
    ),
  );
  const isLarge = (part: string): boolean => {
    const sorting = childNamed(childNamed(style, part) ?? style, "sort");
    return sorting !== undefined && expandedSize(sorting, macros) > SORT_SIZE;
  };
  const large = ["citation", "bibliography"].filter(isLarge);
  const children = style.children.map((child) =>
    isNode(child) && large.includes(child.name)
      ? { ...child, children: child.children.filter((one) => !isNode(one) || one.name !== "sort") }
      : child,
  );
  return { node: { ...style, children }, unsorted: large.includes("bibliography") };
}

/** What a file lacks that names a style. Undefined for a style that can be used. */
function lackOf(style: XmlNode | undefined): string | undefined {
  if (style?.name !== "style")
    return "is no style of the Citation Style Language: its first element must be “style”";
  const links = (childNamed(style, "info")?.children ?? []).filter(isNode);
  const parent = links.find((link) => link.name === "link" && link.attrs["rel"] === "independent-parent");
  if (childNamed(style, "bibliography") !== undefined) return undefined;
  return parent === undefined
    ? "has no bibliography, so it does not say what an entry looks like; name a style that has one"
    : `only says that it is the same as ${parent.attrs["href"] ?? "another"}; name that style's file`;
}

/** A style in the form that citeproc builds. Throws a UserError for a file that is none. */
export function prepareStyle(choice: StyleChoice, parseXml: (xml: string) => XmlNode): PreparedStyle {
  const xml =
    choice.kind === "file" ? choice.xml : readFileSync(styleFile(`${FILES[choice.name]}.csl`), "utf8");
  const parse = (): XmlNode | undefined => {
    try {
      return parseXml(xml);
    } catch {
      return undefined;
    }
  };
  const style = parse();
  const lack = lackOf(style);
  if (lack !== undefined || style === undefined)
    throw new UserError(`“${choice.name}” ${lack ?? ""}. Or name one of ${STYLES.join(", ")}.`);
  return withoutLargeSorting(style);
}
