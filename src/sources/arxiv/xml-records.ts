import { Parser } from "htmlparser2";

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

/**
 * Takes an Atom or RSS feed apart: its records (`entry`, `item`) and the rest. The parser knows the five entities of
 * XML and numbers only; a document type is passed over, so that nothing outside the text is ever read and no entity
 * grows. Never throws; what comes before a cut is kept.
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

  const parser = new Parser(
    {
      onopentag(qualified, attributes) {
        const name = localName(qualified);
        root ??= name;
        const starts = record === undefined && RECORDS.has(name);
        const parent = open.at(-1)?.path ?? "";
        const inside =
          record === undefined && open.length === 0 ? "" : parent === "" ? name : `${parent}/${name}`;
        const path = starts ? "" : open.length < MAX_DEPTH ? inside : parent;
        if (starts) record = [];
        open.push({ name, path, attributes: localAttributes(attributes), text: "" });
      },
      ontext(text) {
        const element = open.at(-1);
        if (element !== undefined) element.text += text;
      },
      onclosetag(_name, implied) {
        const element = open.pop();
        if (element !== undefined) close(element, implied);
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
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
