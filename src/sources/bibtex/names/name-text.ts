import { readableText } from "../../../corpus/readable-text.ts";

/** Stands for what is inside braces, which is never looked into. */
const HIDDEN = "\u0001";

/**
 * A text of the same length in which only what stands outside braces shows: `{Barnes and Noble}, {Inc.}` has one comma and
 * no "and". Names of characters, `&uuml;`, are hidden too.
 */
export function outsideBraces(text: string): string {
  const shown = text.includes("&")
    ? text.replace(/&#?\w{2,10};/g, (name) => HIDDEN.repeat(name.length))
    : text;
  if (!shown.includes("{")) return shown;
  let depth = 0;
  return shown.replace(/[{}]|[^{}]+/g, (piece) => {
    const inside = depth > 0;
    if (piece === "{") depth++;
    else if (piece === "}") depth = Math.max(0, depth - 1);
    else return inside ? HIDDEN.repeat(piece.length) : piece;
    return HIDDEN;
  });
}

/** Parts a text where the pattern, which is global, is found outside braces. */
export function splitOutside(text: string, pattern: RegExp): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { 0: found, index } of outsideBraces(text).matchAll(pattern)) {
    parts.push(text.slice(from, index).trim());
    from = index + found.length;
  }
  return [...parts, text.slice(from).trim()];
}

/** What a group of braces holds that is the whole text; undefined for other texts. */
export function insideBraces(text: string): string | undefined {
  if (!text.startsWith("{") || !text.endsWith("}")) return undefined;
  let depth = 0;
  for (let i = 0; i < text.length - 1; i++) {
    if (text[i] === "{") depth++;
    else if (text[i] === "}" && --depth === 0) return undefined;
  }
  return text.slice(1, -1).trim();
}

/** A part of a name as people read it; most have nothing to be read. */
export function readPart(text: string): string {
  if (/^[A-Za-z .,'()]*$/.test(text)) return text.trim();
  return readableText(text).replace(/[{}]/g, "").trim();
}
