declare module "citeproc" {
  /** An element of XML. */
  export interface XmlNode {
    name: string;
    attrs: Record<string, string>;
    children: (XmlNode | string)[];
  }
  /** How output is marked up: `text_escape`, and for each decoration a pattern, a function or false. */
  type OutputFormat = Record<string, unknown>;
  interface System {
    retrieveItem: (id: string) => unknown;
    retrieveLocale: (lang: string) => string;
  }
  export class Engine {
    constructor(sys: System, style: XmlNode, lang?: string);
    opt: { development_extensions: Record<string, boolean> };
    setOutputFormat(name: string): void;
    updateItems(ids: readonly string[]): void;
    makeBibliography(): [{ entry_ids: string[][]; bibliography_errors: unknown[] }, string[]] | false;
  }
  /** The module itself. */
  export interface Processor {
    Engine: typeof Engine;
    parseXml: (xml: string) => XmlNode;
    debug: (text: string) => void;
    Output: { Formats: Record<string, OutputFormat> };
  }
  const CSL: Processor;
  export default CSL;
}
