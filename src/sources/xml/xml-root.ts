/** How an XML file begins. */
export interface XmlRoot {
  /** The outermost element, with its prefix: `rdf:RDF`. */
  readonly name: string;
  /** Its first tag, as it is written. */
  readonly tag: string;
  /** What follows. */
  readonly behind: string;
}

/** What may stand before the outermost element: declarations, comments and a document type. */
const BEFORE = /\s*(?:<\?[^>]*>|<!--[^]*?-->|<!DOCTYPE[^>[]*(?:\[[^\]]*\]\s*)?>)/iy;
const ROOT = /\s*(<([A-Za-z_][\w:.-]*)(?:\s[^<>]*)?\/?>)/y;

/** The outermost element of an XML file with this beginning, after which a mark of its encoding may stand; undefined for other texts. */
export function xmlRoot(start: string): XmlRoot | undefined {
  let at = /^(?:\uFEFF|\u00EF\u00BB\u00BF)?/.exec(start)?.[0].length ?? 0;
  for (BEFORE.lastIndex = at; BEFORE.test(start); at = BEFORE.lastIndex);
  ROOT.lastIndex = at;
  const [all, tag, name] = ROOT.exec(start) ?? [];
  if (all === undefined || tag === undefined || name === undefined) return undefined;
  return { name, tag, behind: start.slice(at + all.length) };
}
