/** Short names that chats give to the thumbs. */
const THUMBS: Readonly<Record<string, string>> = {
  "+1": "👍",
  thumbsup: "👍",
  "-1": "👎",
  thumbsdown: "👎",
};

/** The tone of a hand, as a character or behind a short name, and the mark that a character is drawn in colours. */
const TONES = /::skin-tone-[2-6]|[\u{1F3FB}-\u{1F3FF}]|\uFE0F/gu;

/** Characters of the longest emoji, and of the longest name of one of a server's own. */
const LONGEST = 40;

/**
 * An emoji as reactions are compared: a character without its tone, or a short name: `👍`, `tada`. What is typed may have the
 * colons and brackets of chats: `:tada:`, `<:parrot:123>`. Undefined for what is none.
 */
export function parseEmoji(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^<a?:(\w+):\d+>$/, "$1")
    .replace(/^:(.+):$/, "$1")
    .replaceAll(TONES, "");
  const known = THUMBS[bare.toLowerCase()] ?? bare;
  if (known === "" || known.length > LONGEST) return undefined;
  return /^[\w+'-]{2,}$/.test(known) || /^[^\w\s:<>"&@#`*]+$/u.test(known) ? known : undefined;
}
