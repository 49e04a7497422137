import type { Markup } from "../../platform/markup.ts";
import { escapeCode, escapeDiscord, escapeLabel, escapeUrl } from "./escape.ts";
import { textCost } from "./limits.ts";

/** Discord's markdown. */
export const discordMarkup: Markup = {
  cost: textCost,
  plain: escapeDiscord,
  strong: (text) => `**${escapeLabel(text)}**`,
  emphasis: (text) => `*${escapeLabel(text)}*`,
  code: (text) => `\`${escapeCode(text).replace(/\n/g, " ")}\``,
  person: (id) => (/^\d{15,21}$/.test(id) ? `<@${id}>` : escapeDiscord(id)),
  channel: (id) => (/^\d{15,21}$/.test(id) ? `<#${id}>` : escapeDiscord(id)),
  codeBlock: (text) => `\`\`\`\n${escapeCode(text)}\n\`\`\``,
  heading: (rendered) => `### ${rendered}`,
  address: escapeUrl,
  link: (label, address) => `[${escapeLabel(label)}](${address})`,
  bullet: "- ",
};
