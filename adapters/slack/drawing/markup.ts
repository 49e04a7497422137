import type { Markup } from "../../platform/markup.ts";
import { escapeCode, escapeLabel, escapeSlack, escapeUrl } from "./escape.ts";

/** Slack's mrkdwn. */
export const slackMarkup: Markup = {
  cost: (rendered) => rendered.length,
  plain: escapeSlack,
  strong: (text) => wrap("*", text),
  emphasis: (text) => wrap("_", text),
  code: (text) => wrap("`", text),
  person: (id) => (/^[UW][A-Z0-9]+$/.test(id) ? `<@${id}>` : escapeSlack(id)),
  channel: (id) => (/^[CG][A-Z0-9]+$/.test(id) ? `<#${id}>` : escapeSlack(id)),
  codeBlock: (text) => `\`\`\`\n${escapeCode(text)}\n\`\`\``,
  // A heading is a link and its number; the link alone would be plain beside the other text.
  heading: (rendered) => `*${rendered}*`,
  address: escapeUrl,
  link: (label, address) => `<${address}|${escapeLabel(label).trim() || "…"}>`,
  bullet: "• ",
};

/** Slack takes a sign for a format only where it touches a word; white space stays outside. */
function wrap(sign: string, text: string): string {
  const [, before = "", inside = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(escapeLabel(text)) ?? [];
  return inside === "" ? before + after : `${before}${sign}${inside}${sign}${after}`;
}
