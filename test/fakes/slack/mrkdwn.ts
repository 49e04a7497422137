import { isRecord, recordOf, recordsOf, textOf, type Json } from "./json.ts";
import type { Link } from "./world.ts";

/** What the texts of a message would do when shown. */
export interface Markup {
  readonly pings: readonly string[];
  readonly links: readonly Link[];
}

const PING = /<(?:!(?:channel|here|everyone|group)|@[UW][A-Z0-9]+|!subteam\^[A-Z0-9]+)(?:[|@][^<>]*)?>/g;
const LINK = /<((?:https?:\/\/|mailto:|tel:|slack:\/\/)[^<>|]+)(?:\|([^<>]*))?>/g;
const BARE = /https?:\/\/[^\s<>|]+/g;
const MARKDOWN_LINK = /\[([^\]]*)\]\(\s*<?([^()\s<>]+)>?[^()]*\)/g;
const NAME = /@(?:channel|here|everyone)\b/g;

/**
 * Finds what the texts of a message ping and link to: formatting-message-text. Code spans and the `text` that blocks
 * hide count too, which is stricter than Slack, so that nothing hides.
 */
export function markupOf(message: Json): Markup {
  const found = { pings: [] as string[], links: [] as Link[] };
  const named = message["link_names"] === true || message["parse"] === "full";
  readText(textOf(message["text"]), found);
  if (named) found.pings.push(...matches(textOf(message["text"]), NAME).map(([ping]) => ping));
  readMarkdown(textOf(message["markdown_text"]), found);
  for (const block of recordsOf(message["blocks"])) readBlock(block, found);
  for (const attachment of recordsOf(message["attachments"])) {
    for (const key of ["pretext", "text", "fallback"]) readText(textOf(attachment[key]), found);
    for (const field of recordsOf(attachment["fields"])) readText(textOf(field["value"]), found);
    for (const block of recordsOf(attachment["blocks"])) readBlock(block, found);
  }
  return { pings: [...new Set(found.pings)], links: found.links };
}

interface Found {
  readonly pings: string[];
  readonly links: Link[];
}

function readText(text: string, found: Found): void {
  found.pings.push(...matches(text, PING).map(([ping]) => ping));
  found.links.push(...matches(text, LINK).map(([, url = "", label]) => ({ url, label })));
  const rest = text.replaceAll(LINK, " ");
  found.links.push(...matches(rest, BARE).map(([url]) => ({ url, label: undefined })));
}

function readMarkdown(text: string, found: Found): void {
  found.links.push(...matches(text, MARKDOWN_LINK).map(([, label, url = ""]) => ({ url, label })));
  readText(text.replaceAll(MARKDOWN_LINK, " "), found);
}

function readBlock(value: unknown, found: Found): void {
  if (Array.isArray(value)) return value.forEach((item: unknown) => readBlock(item, found));
  if (!isRecord(value)) return undefined;
  switch (value["type"]) {
    case "mrkdwn":
      return readText(textOf(value["text"]), found);
    case "markdown":
      return readMarkdown(textOf(value["text"]), found);
    case "user":
      return void found.pings.push(`<@${textOf(value["user_id"])}>`);
    case "usergroup":
      return void found.pings.push(`<!subteam^${textOf(value["usergroup_id"])}>`);
    case "broadcast":
      return void found.pings.push(`<!${textOf(value["range"])}>`);
    case "link":
      return void found.links.push({ url: textOf(value["url"]), label: labelOf(value["text"]) });
    default:
      return Object.values(recordOf(value)).forEach((item) => readBlock(item, found));
  }
}

/** All matches with their groups; an array, since iterators have no methods in the language level used here. */
function matches(text: string, pattern: RegExp): RegExpExecArray[] {
  return [...text.matchAll(pattern)];
}

function labelOf(text: unknown): string | undefined {
  return typeof text === "string" ? text : undefined;
}

/** Text as Slack passes it on: the three characters of its markup as entities. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Text that a person typed, escaped and with its addresses as links, as events carry it. */
export function typedText(text: string): string {
  return escapeText(text).replaceAll(BARE, (url) => `<${url}>`);
}
