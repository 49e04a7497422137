import { recordOf, recordsOf, textOf, type Json } from "../json.ts";
import { LIMITS } from "../limits.ts";
import { address, filledText, integer, list, oneOf, record, timestamp, truth, type Check } from "./shape.ts";

const link = address(["http", "https"]);
const picture = address(["http", "https", "attachment"]);

const embed = record({
  optional: {
    title: filledText(LIMITS.embedTitle),
    type: oneOf(["rich"]),
    description: filledText(LIMITS.embedDescription),
    url: link,
    timestamp,
    color: integer({ min: 0, max: 0xffffff }),
    footer: record({
      required: { text: filledText(LIMITS.embedFooter) },
      optional: { icon_url: picture },
    }),
    image: record({ required: { url: picture } }),
    thumbnail: record({ required: { url: picture } }),
    author: record({
      required: { name: filledText(LIMITS.embedAuthor) },
      optional: { url: link, icon_url: picture },
    }),
    fields: list(
      record({
        required: { name: filledText(LIMITS.embedFieldName), value: filledText(LIMITS.embedFieldValue) },
        optional: { inline: truth },
      }),
      { max: LIMITS.embedFields },
    ),
  },
  also: (value, path, problems) => {
    const shown = ["title", "description", "image", "thumbnail", "author", "footer", "fields"];
    if (!shown.some((key) => value[key] !== undefined && value[key] !== null)) {
      problems.push({
        path: [...path, "description"],
        code: "BASE_TYPE_REQUIRED",
        message: "This field is required",
      });
    }
  },
});

/** The embeds of one message: each, their number, and the 6000 characters they share. */
export const embeds: Check = (value, path, problems) => {
  list(embed, { max: LIMITS.embeds })(value, path, problems);
  const total = recordsOf(value).reduce((sum, one) => sum + embedLength(one), 0);
  if (total > LIMITS.embedsTotal) {
    const message = `Embed size exceeds maximum size of ${LIMITS.embedsTotal}`;
    problems.push({ path, code: "MAX_EMBED_SIZE_EXCEEDED", message });
  }
};

/** Everything an embed shows as text, part by part. */
export function embedTexts(one: Json): string[] {
  const fields = recordsOf(one["fields"]).flatMap((field) => [textOf(field["name"]), textOf(field["value"])]);
  return [
    textOf(recordOf(one["author"])["name"]),
    textOf(one["title"]),
    textOf(one["description"]),
    ...fields,
    textOf(recordOf(one["footer"])["text"]),
  ].filter((part) => part !== "");
}

function embedLength(one: Json): number {
  return embedTexts(one).reduce((sum, part) => sum + part.length, 0);
}
