import { readableText } from "../../corpus/readable-text.ts";
import { walkMarkup } from "../markup.ts";

/** Elements behind which a new word begins. */
const BLOCKS = new Set(["p", "title", "sec", "list", "list-item", "disp-formula", "break", "abstract"]);
/** What a heading over an abstract says; it is no part of it. */
const HEADING = /^(?:abstract|summary)[.:]?$/i;

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

/**
 * The text of an abstract or title in JATS with MathML, as Crossref gives it: headings end in a colon, formulas are their
 * TeX where there is one, else the letters of their MathML. Undefined where nothing is left. Never throws.
 */
export function textOfJats(markup: string): string | undefined {
  let text = "";
  let heading: string | undefined;
  let tex = false;
  let skipped = 0;
  const skips = (name: string): boolean => name === "math" && tex;
  const add = (more: string): void => {
    if (heading === undefined) text += more;
    else heading += more;
  };
  walkMarkup("xml", markup, {
    open(qualified) {
      const name = localName(qualified);
      if (name === "alternatives" || name === "inline-formula") tex = false;
      if (name === "tex-math") tex = true;
      if (skipped > 0 || skips(name)) skipped++;
      else if (name === "title") heading = "";
      else if (BLOCKS.has(name)) add(" ");
    },
    text(more) {
      if (skipped === 0) add(more);
    },
    close(qualified) {
      const name = localName(qualified);
      if (skipped > 0) skipped--;
      else if (name === "title" && heading !== undefined) {
        const said = heading.trim();
        heading = undefined;
        text += said === "" || HEADING.test(said) ? " " : ` ${said.replace(/[.:]$/, "")}: `;
      } else if (BLOCKS.has(name)) add(" ");
      if (name === "inline-formula") tex = false;
    },
  });
  const readable = readableText(text + (heading ?? ""));
  return readable === "" ? undefined : readable;
}
