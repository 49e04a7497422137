import { decodeHTML } from "entities";
import { latexToText } from "./latex/latex.ts";

/**
 * Text of a source as people read it, on one line: HTML entities decoded, LaTeX made readable, control, zero-width
 * and direction-changing characters gone (they could forge a terminal's output or a name), and what is no character at all
 * (XML allows none of it: one would spoil a whole feed), white space folded,
 * Unicode composed (NFC). Lone surrogates become U+FFFD. Never throws.
 */
export function readableText(text: string): string {
  const decoded = text.includes("&") ? decodeHTML(text) : text;
  return latexToText(decoded.replace(/\p{Cs}/gu, "\uFFFD"))
    .replace(/\s+/g, " ")
    .replace(
      /[\p{Cc}\p{Noncharacter_Code_Point}\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu,
      "",
    )
    .trim()
    .normalize("NFC");
}
