import { mapAddresses } from "../../platform/addresses.ts";
import { cleanText } from "../../platform/plain-text.ts";

/**
 * Slack has no sign that takes the meaning from its own signs, so those that could begin a format are printed as signs
 * that look like them: `*`, `~`, the backtick, and `_` at the edge of a word.
 */
const LOOKALIKES: Readonly<Record<string, string>> = { "*": "∗", "~": "∼", "`": "'", _: "ˍ" };
const FORMATS = /[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

/** The name of an emoji between colons, which Slack would draw. */
const EMOJI = /:(?=[a-z0-9_+'-]+:)/gi;

/** The three signs that Slack reads as its own (docs.slack.dev/messaging/formatting-message-text). */
function escapeEntities(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

function escapeSigns(text: string): string {
  const harmless = text
    .replace(FORMATS, (sign) => LOOKALIKES[sign] ?? sign)
    .replace(EMOJI, ":\u200B")
    .replace(/^>/, "›");
  return escapeEntities(harmless);
}

/** An address between the signs of a link. */
export function escapeUrl(url: string): string {
  const whole = url.replace(/[<>|\s]/g, (sign) => encodeURIComponent(sign));
  return escapeEntities(whole);
}

/**
 * Text of papers and people that Slack prints as it is: no formatting, no mention, no masked link. Addresses in it are
 * links that show where they lead.
 */
export function escapeSlack(text: string): string {
  return mapAddresses(cleanText(text), (address) => `<${escapeUrl(address)}>`, escapeSigns);
}

/** The same for the text of a link or of strong words, where an address stays text. */
export function escapeLabel(text: string): string {
  return escapeSigns(cleanText(text));
}

/** Lines to copy, between fences that nothing in them can close. */
export function escapeCode(text: string): string {
  return escapeEntities(text.replace(/`/g, "'").replace(/[^\S\n]/g, " "));
}
