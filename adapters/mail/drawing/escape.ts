import { cleanText } from "../../platform/plain-text.ts";

const SIGNS: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text of papers and people in HTML, between tags or in a quoted attribute; in one line, without characters that hide. */
export function escapeHtml(text: string): string {
  return cleanText(text).replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? "");
}

/** A web address that a mail program may open; undefined for others, such as javascript: */
export const openable = (url: string): string | undefined =>
  URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? new URL(url).href : undefined;
