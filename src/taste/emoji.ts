/** Short names that chats give to the thumbs. */
const THUMBS: Readonly<Record<string, string>> = {
  "+1": "👍",
  thumbsup: "👍",
  "-1": "👎",
  thumbsdown: "👎",
};

/** The tone of a hand, as a character or behind a short name, and the mark that a character is drawn in colours. */
const TONES = /::skin-tone-[2-6]|[\u{1F3FB}-\u{1F3FF}]|\uFE0F/gu;

/** Characters of the longest name that a server gives to one of its own. */
const LONGEST = 60;

/** What an emoji that is a character begins with. */
const CHARACTER = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\u20E3)/u;

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const charactersOf = (text: string): string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment);

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
  if (CHARACTER.test(known)) return charactersOf(known).length === 1 ? known : undefined;
  return /^[\p{L}\p{N}_+'-]{2,}$/u.test(known) && known.length <= LONGEST ? known : undefined;
}

/** The emoji of a list that is typed, each once; characters need nothing between them. A text where that is none. */
export function parseEmojis(text: string): readonly string[] | { readonly wrong: string } {
  const all = new Set<string>();
  for (const word of text
    .replace(/<a?:\w+:\d+>/g, " $& ")
    .split(/[\s,]+/)
    .filter((one) => one !== "")) {
    const pieces = parseEmoji(word) === undefined ? charactersOf(word) : [word];
    for (const piece of pieces) {
      const one = parseEmoji(piece);
      if (one === undefined) return { wrong: word };
      all.add(one);
    }
  }
  return [...all];
}
