/** An element with all in it. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlNode | string)[];
}

/** Letters of an element; those of real records have some thousand. */
export const MAX_LETTERS = 1024 * 1024;

/** An element that was read to its end; without what is in it where that was too long. */
export interface BuiltNode {
  readonly node: XmlNode;
  readonly letters: number;
}

type OpenNode = XmlNode & { readonly children: (XmlNode | string)[] };

/** Builds one element after the other out of what a parser tells. */
export function createTreeBuilder() {
  const open: OpenNode[] = [];
  let letters = 0;
  return {
    isBuilding: (): boolean => open.length > 0,
    open(name: string, attributes: Record<string, string>): void {
      const own = name.length + JSON.stringify(attributes).length;
      letters = open.length === 0 ? own : letters + own;
      open.push({ name, attributes, children: [] });
    },
    text(text: string): void {
      if (open.length > 0) letters += text.length;
      if (letters <= MAX_LETTERS) open.at(-1)?.children.push(text);
    },
    /** Ends the innermost element; gives the outermost when that is it. */
    close(): BuiltNode | undefined {
      const node = open.pop();
      const parent = open.at(-1);
      if (parent !== undefined && node !== undefined && letters <= MAX_LETTERS) parent.children.push(node);
      return node === undefined || parent !== undefined ? undefined : { node, letters };
    },
  };
}

/** The elements of that name directly in another. */
export function childrenOf({ children }: XmlNode, name: string): XmlNode[] {
  return children.filter((child): child is XmlNode => typeof child !== "string" && child.name === name);
}

/** All text in an element, of the elements in it too; `shown` may write one of these in another way. */
export function textOfNode(
  { children }: XmlNode,
  shown: (node: XmlNode, text: string) => string = (_node, text) => text,
): string {
  return children
    .map((child) => (typeof child === "string" ? child : shown(child, textOfNode(child, shown))))
    .join("");
}

/** The text of the first element of that name that says something; undefined where none does. */
export function childText(node: XmlNode, name: string): string | undefined {
  return childrenOf(node, name)
    .map((child) => textOfNode(child).trim())
    .find((text) => text !== "");
}
