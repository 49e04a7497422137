import { Parser } from "htmlparser2";

/** What a reader of markup is told, in the order of the text. */
export interface MarkupHandler {
  readonly open: (name: string, attributes: Record<string, string>) => void;
  readonly text: (text: string) => void;
  /** `implied` where the text has no closing tag of its own. */
  readonly close: (name: string, implied: boolean) => void;
}

/** Feeds nest four deep and pages some thirty. The parser's time grows with the square of the depth. */
const MAX_DEPTH = 500;
const PIECE = 16 * 1024;

/**
 * Walks through XML or HTML. Of entities XML knows the five of its own and numbers; a document type is passed over, so
 * that nothing outside the text is read and no entity grows. A text that nests deeper than any real one is left there,
 * with its elements still open. Never throws.
 */
export function walkMarkup(kind: "xml" | "html", markup: string, handler: MarkupHandler): void {
  let depth = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth++;
        handler.open(name, attributes);
      },
      ontext: (text) => handler.text(text),
      onclosetag(name, implied) {
        depth--;
        handler.close(name, implied);
      },
    },
    { xmlMode: kind === "xml" },
  );
  for (let from = 0; from < markup.length; from += PIECE) {
    if (depth > MAX_DEPTH) return;
    parser.write(markup.slice(from, from + PIECE));
  }
  if (depth <= MAX_DEPTH) parser.end();
}
