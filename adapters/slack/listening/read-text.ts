/** What stands between Slack's brackets, as people would write it. */
function readBracket(inside: string): string {
  const [target = "", label] = inside.split("|", 2);
  if (target.startsWith("@")) return `@${label ?? target.slice(1)}`;
  if (target.startsWith("#")) return `#${label ?? target.slice(1)}`;
  if (target.startsWith("!")) return label ?? `@${target.slice(1).split("^")[0] ?? ""}`;
  return target;
}

/**
 * Text from Slack as people meant it: links, people and channels out of their brackets, `&amp;` and its like as signs,
 * and quotes that phones make round as straight ones.
 */
export function readText(text: string): string {
  return text
    .replace(/<([^<>]+)>/g, (_all, inside: string) => readBracket(inside))
    .replace(/[\u201C\u201D\u201E\u00AB\u00BB]/g, '"')
    .replace(/[\u2018\u2019\u201A]/g, "'")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}

/** The same without the mention of the bot itself. */
export function readMention(text: string, botUserId: string): string {
  const mention = new RegExp(`<@${botUserId}(\\|[^>]*)?>`, "g");
  return readText(text.replace(mention, " ")).trim();
}
