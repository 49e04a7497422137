import { LIMITS } from "../limits.ts";
import { integer, list, oneOf, record, text, truth, typed, type Check } from "./shape.ts";

const style = {
  style: record({ may: { bold: truth, italic: truth, strike: truth, code: truth, underline: truth } }),
};
const border = { border: integer(0, 1) };
const id = text(LIMITS.id);

const spans = {
  text: record({ needs: { text: text(LIMITS.text) }, may: style }),
  link: record({
    needs: { url: text(LIMITS.buttonUrl) },
    may: { ...style, text: text(LIMITS.text), unsafe: truth },
  }),
  user: record({ needs: { user_id: id }, may: style }),
  usergroup: record({ needs: { usergroup_id: id }, may: style }),
  channel: record({ needs: { channel_id: id }, may: style }),
  team: record({ needs: { team_id: id }, may: style }),
  emoji: record({ needs: { name: id }, may: { ...style, unicode: id, url: text(LIMITS.buttonUrl) } }),
  broadcast: record({ needs: { range: oneOf("here", "channel", "everyone") }, may: style }),
  color: record({ needs: { value: id }, may: style }),
  date: record({
    needs: { timestamp: integer(0, 9_999_999_999), format: id },
    may: { ...style, url: text(LIMITS.buttonUrl), fallback: text(LIMITS.text) },
  }),
};

const section = record({ needs: { elements: list(typed(spans), Infinity, 0) } });

/** A rich_text block: block-kit/blocks/rich-text-block. */
export const richText: Check = record({
  needs: {
    elements: list(
      typed({
        rich_text_section: section,
        rich_text_quote: record({ needs: { elements: list(typed(spans)) }, may: border }),
        rich_text_preformatted: record({
          needs: { elements: list(typed({ text: spans.text, link: spans.link })) },
          may: { ...border, language: id },
        }),
        rich_text_list: record({
          needs: {
            elements: list(typed({ rich_text_section: section })),
            style: oneOf("bullet", "ordered"),
          },
          may: { ...border, indent: integer(0, 8), offset: integer(0, 1_000_000) },
        }),
      }),
    ),
  },
  may: { block_id: id },
});
