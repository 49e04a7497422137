import { isRecord, recordsOf, textOf, type Json } from "../json.ts";

/** What names of slash commands and their options are made of: interactions/application-commands#naming. */
export const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/**
 * The characters of names, descriptions and values of a command and everything in it, of which there may be 8000.
 * Of a localized text the longest form counts.
 */
export function commandSize(part: Json): number {
  const value = part["value"];
  const own =
    longest(part, "name") + longest(part, "description") + (typeof value === "string" ? value.length : 0);
  const inside = [...recordsOf(part["options"]), ...recordsOf(part["choices"])];
  return inside.reduce((sum, one) => sum + commandSize(one), own);
}

function longest(part: Json, key: string): number {
  const forms = part[`${key}_localizations`];
  const others = isRecord(forms) ? Object.values(forms).map((form) => textOf(form).length) : [];
  return Math.max(textOf(part[key]).length, ...others);
}
