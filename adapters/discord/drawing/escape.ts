import { mapAddresses } from "../../platform/addresses.ts";
import { cleanText } from "../../platform/plain-text.ts";

/** Discord takes a backslash before any sign away and prints the sign. */
const SIGNS = /[\\*_~`|>#\-+[\]()<!]/g;

const escapeSigns = (text: string): string =>
  text.replace(SIGNS, (sign) => `\\${sign}`).replace(/@/g, "@\u200B");

/**
 * Text of papers and people that Discord prints as it is: no formatting, no mention, no masked link. Addresses in it
 * stand between the signs that Discord takes for an address alone: without them it takes the backslash of the next sign
 * for a part of the address.
 */
export function escapeDiscord(text: string): string {
  return mapAddresses(cleanText(text), (address) => `<${address.replace(/@/g, "%40")}>`, escapeSigns);
}

/** The same for the text of a masked link, where an address would end the link. */
export function escapeLabel(text: string): string {
  return escapeSigns(cleanText(text)).replace(/:\/\//g, ":\u200B//");
}

/** An address inside a masked link's brackets. */
export function escapeUrl(url: string): string {
  return url.replace(/[()<>\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

/** Lines to copy, between fences that nothing in them can close. */
export function escapeCode(text: string): string {
  return text.replace(/`/g, "'").replace(/[^\S\n]/g, " ");
}
