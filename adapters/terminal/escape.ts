/**
 * Text that a terminal prints as it is: no control sequence that could move the cursor, change colours or forge
 * output, and no character that turns the direction of reading. Line ends become spaces.
 */
export function escapeTerminal(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\p{Cc}\p{Cs}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu, "");
}
