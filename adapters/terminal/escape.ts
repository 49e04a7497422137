/**
 * Text that a terminal prints as it is: no control sequence that could move the cursor, change colours or forge
 * output, and no character that turns the direction of reading. Line ends become spaces.
 */
export function escapeTerminal(text: string): string {
  return withoutControls(text.replace(/\s+/g, " "));
}

/** The same of several lines, which stay lines as they are. */
export function escapeLines(text: string): string {
  return text.split("\n").map(withoutControls).join("\n");
}

function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu, "");
}
