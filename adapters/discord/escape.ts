import { cutWhole } from "../platform/markup.ts";

/** Characters that are kept in an address that Discord links by itself; it ends at any other. */
const ADDRESS = /https?:\/\/[\w\-.~%/?=&#:+]+/g;

/** Discord takes a backslash before any sign away and prints the sign. */
const SIGNS = /[\\*_~`|>#\-+[\]()<!]/g;

/** Characters that turn the direction of reading or hide: they could make a text look like another. */
const HIDDEN = /[\p{Cc}\p{Cs}\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu;

const escapeSigns = (text: string): string =>
  text.replace(SIGNS, (sign) => `\\${sign}`).replace(/@/g, "@\u200B");

function clean(text: string): string {
  return text.replace(/\s+/g, " ").replace(HIDDEN, "");
}

/**
 * Text of papers and people that Discord prints as it is: no formatting, no mention, no masked link. Addresses in it
 * stay whole, so that they lead where they say.
 */
export function escapeDiscord(text: string): string {
  let escaped = "";
  let at = 0;
  const readable = clean(text);
  for (const match of readable.matchAll(ADDRESS)) {
    escaped += escapeSigns(readable.slice(at, match.index)) + match[0];
    at = match.index + match[0].length;
  }
  return escaped + escapeSigns(readable.slice(at));
}

/** The same for the text of a masked link, where an address would end the link. */
export function escapeLabel(text: string): string {
  return escapeSigns(clean(text)).replace(/:\/\//g, ":\u200B//");
}

/** An address inside a masked link's brackets. */
export function escapeUrl(url: string): string {
  return url.replace(/[()<>\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

/** Lines to copy, between fences that nothing in them can close. */
export function escapeCode(text: string): string {
  return text.replace(/`/g, "'").replace(/[^\S\n]/g, " ");
}

/** Plain text for labels, options and choices, cut to a length with an ellipsis; never empty. */
export function plainText(text: string, length: number): string {
  const readable = clean(text).trim();
  if (readable === "") return "…";
  return readable.length <= length ? readable : `${cutWhole(readable, length - 1).trimEnd()}…`;
}
