import { readableText } from "../../corpus/readable-text.ts";
import type { BibEntry, Damage } from "./structure.ts";

/** The fields of an entry as they are asked for. */
export interface EntryFields {
  readonly type: string;
  /** The value of the first of these fields that is there and not empty, as it is written. */
  readonly raw: (...names: readonly string[]) => string | undefined;
  /** The same as people read it: no LaTeX, no braces; undefined where it says nothing. */
  readonly text: (...names: readonly string[]) => string | undefined;
  /** Notes what of a field is not as it should be, and goes on. */
  readonly tell: (name: string, expected: string, found: string) => void;
}

/** A text with nothing in it that could be LaTeX, an entity, a line's end or another script: most are such. */
const SIMPLE = /^[!-#%'-@A-Z[\]_a-z|](?:[ !-#%'-@A-Z[\]_a-z|]*[!-#%'-@A-Z[\]_a-z|])?$/;
const isSimple = (text: string): boolean =>
  SIMPLE.test(text) && !text.includes("--") && !text.includes("  ") && !text.includes("''");

/** Readable, and free of the braces that only keep capitals. */
export function plain(text: string): string | undefined {
  if (isSimple(text)) return text;
  // `{{Title}}` and a title over several lines are the commonest of the others.
  const inner = text
    .replace(/\s+/g, " ")
    .replace(/^ ?\{([^{}]*)\} ?$/, "$1")
    .trim();
  if (isSimple(inner)) return inner;
  const readable = readableText(text).replace(/[{}]/g, "").trim();
  return readable === "" ? undefined : readable;
}

/** The fields of an entry; what is told of them is added to `damages`. */
export function openFields({ type, line, fields }: BibEntry, damages: Damage[]): EntryFields {
  const raw = (...names: readonly string[]): string | undefined => {
    for (const name of names) {
      const value = fields.get(name)?.value;
      if (value !== undefined && value.trim() !== "") return value;
    }
    return undefined;
  };
  return {
    type,
    raw,
    text(...names) {
      for (const name of names) {
        const value = fields.get(name)?.value;
        const text = value === undefined ? undefined : plain(value);
        if (text !== undefined) return text;
      }
      return undefined;
    },
    tell(name, expected, found) {
      damages.push({ line: fields.get(name)?.line ?? line, expected: `${expected} in “${name}”`, found });
    },
  };
}
