import { walkMarkup } from "../markup.ts";

/** An element of a feed's record, or of its head. */
export interface XmlField {
  /** Local names from below the record, so that prefixes may be any: `author/name`. */
  readonly path: string;
  /** All text inside, of the elements in it too. */
  readonly text: string;
  /** By local name. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A feed taken apart. */
export interface XmlFeed {
  /** Local name of the outermost element; absent in a text that is no XML. */
  readonly root?: string;
  /** What stands in the feed outside its records. */
  readonly head: readonly XmlField[];
  /** The records that are there from their first to their last tag. */
  readonly records: readonly (readonly XmlField[])[];
  /** Whether the outermost element ends. */
  readonly whole: boolean;
}

interface Open {
  readonly name: string;
  readonly path: string;
  readonly attributes: Record<string, string>;
  text: string;
}

const RECORDS = new Set(["entry", "item"]);
/** Feeds nest three deep; deeper elements of a hostile text are not given paths, which would grow with its square. */
const MAX_DEPTH = 16;

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

function localAttributes(attributes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [localName(name), value]));
}

function pathBelow(parent: string, name: string, depth: number): string {
  if (depth >= MAX_DEPTH) return parent;
  return parent === "" ? name : `${parent}/${name}`;
}

/**
 * Takes an Atom or RSS feed apart: its records (`entry`, `item`) and the rest. Never throws; what comes before a cut
 * is kept, save the record that is cut.
 */
export function readXmlFeed(xml: string): XmlFeed {
  const open: Open[] = [];
  const head: XmlField[] = [];
  const records: XmlField[][] = [];
  let record: XmlField[] | undefined;
  let root: string | undefined;
  let whole = false;

  const close = (element: Open, implied: boolean): void => {
    const parent = open.at(-1);
    if (parent === undefined) {
      whole = !implied;
    } else if (record !== undefined && RECORDS.has(element.name) && element.path === "") {
      if (!implied) records.push(record);
      record = undefined;
    } else {
      parent.text += element.text;
      if (open.length < MAX_DEPTH) (record ?? head).push(element);
    }
  };

  walkMarkup("xml", xml, {
    open(qualified, attributes) {
      const name = localName(qualified);
      root ??= name;
      const starts = record === undefined && RECORDS.has(name);
      const path = starts || open.length === 0 ? "" : pathBelow(open.at(-1)?.path ?? "", name, open.length);
      if (starts) record = [];
      open.push({ name, path, attributes: localAttributes(attributes), text: "" });
    },
    text(text) {
      const element = open.at(-1);
      if (element !== undefined) element.text += text;
    },
    close(_name, implied) {
      const element = open.pop();
      if (element !== undefined) close(element, implied);
    },
  });
  return { ...(root === undefined ? {} : { root }), head, records, whole };
}

/** The text of the first element with this path that says something. */
export function fieldText(fields: readonly XmlField[], path: string): string | undefined {
  return fields.find((field) => field.path === path && field.text.trim() !== "")?.text.trim();
}

/** The elements with this path. */
export function fieldsAt(fields: readonly XmlField[], path: string): XmlField[] {
  return fields.filter((field) => field.path === path);
}
