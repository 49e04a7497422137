/** Tags of HTML and of publishers' XML that titles and abstracts bring along. */
const TAG =
  /<\/?(?:i|b|u|em|strong|sub|sup|sc|scp|inf|italic|bold|p|br|span|div|(?:jats|mml):[\w-]+)(?:\s[^<>]*)?\/?>/gi;

/** A title or abstract without tags, small numbers as LaTeX: `H<sub>2</sub>O` -> `H\textsubscript{2}O`. */
export function withoutTags(text: string): string {
  if (!text.includes("<")) return text;
  return text
    .replace(/<sub>([^<>{}]{1,20})<\/sub>/gi, String.raw`\textsubscript{$1}`)
    .replace(/<sup>([^<>{}]{1,20})<\/sup>/gi, String.raw`\textsuperscript{$1}`)
    .replace(TAG, (tag) => (/^<\/?(?:p|br|div|jats:p)\b/i.test(tag) ? " " : ""));
}
