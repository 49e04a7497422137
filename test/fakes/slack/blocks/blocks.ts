import { recordsOf, type Json } from "../json.ts";
import { LIMITS } from "../limits.ts";
import { accessory, actionElement, contextAction, inputElement, onlyButton } from "./elements.ts";
import { anyText, image, mrkdwn, plain } from "./objects.ts";
import { richText } from "./rich-text.ts";
import { address, complain, list, oneOf, record, text, truth, typed, unique, type Check } from "./shape.ts";
import { table } from "./table.ts";

const blockId = { block_id: text(LIMITS.id) };

const withUniqueActions = (value: Json, path: string, problems: string[]): void =>
  unique(recordsOf(value["elements"]), "action_id", { path: `${path}/elements`, problems });

const section = record({
  may: {
    ...blockId,
    text: anyText(LIMITS.sectionText),
    fields: list(anyText(LIMITS.sectionField), LIMITS.sectionFields),
    accessory,
    expand: truth,
  },
  also: (value, path, problems) => {
    if (value["text"] === undefined && value["fields"] === undefined) {
      complain(problems, path, "missing required field: text or fields");
    }
  },
});

const context = record({
  needs: {
    elements: list(
      typed({
        image: image(),
        plain_text: anyText(LIMITS.sectionField),
        mrkdwn: anyText(LIMITS.sectionField),
      }),
      LIMITS.contextElements,
    ),
  },
  may: blockId,
});

const input = record({
  needs: { label: plain(LIMITS.inputLabel), element: inputElement },
  may: { ...blockId, hint: plain(LIMITS.inputLabel), optional: truth, dispatch_action: truth },
});

const video = record({
  needs: {
    alt_text: text(LIMITS.altText),
    title: plain(LIMITS.videoTitle),
    thumbnail_url: address(LIMITS.videoUrl),
    video_url: address(LIMITS.videoUrl),
  },
  may: {
    ...blockId,
    title_url: address(LIMITS.videoUrl),
    author_name: text(50),
    provider_name: text(50),
    provider_icon_url: address(LIMITS.videoUrl),
    description: plain(LIMITS.videoTitle),
  },
});

const card = record({
  may: {
    ...blockId,
    hero_image: typed({ image: image() }),
    icon: typed({ image: image() }),
    title: mrkdwn(LIMITS.cardTitle),
    subtitle: mrkdwn(LIMITS.cardTitle),
    body: mrkdwn(LIMITS.cardBody),
    actions: list(onlyButton, LIMITS.actionElements),
  },
});

/** Blocks that go in messages, modals and Home tabs alike. */
const EVERYWHERE: Readonly<Record<string, Check>> = {
  section,
  context,
  input,
  video,
  divider: record({ may: blockId }),
  header: record({ needs: { text: plain(LIMITS.header) }, may: blockId }),
  image: image({ ...blockId, title: plain(LIMITS.imageTitle) }),
  actions: record({
    needs: { elements: list(actionElement, LIMITS.actionElements) },
    may: blockId,
    also: withUniqueActions,
  }),
  rich_text: richText,
};

/** Blocks of messages only. */
const IN_MESSAGES: Readonly<Record<string, Check>> = {
  table,
  card,
  markdown: record({ needs: { text: text(LIMITS.markdownText) }, may: blockId }),
  file: record({ needs: { source: oneOf("remote"), external_id: text(LIMITS.id) }, may: blockId }),
  alert: record({
    needs: { text: anyText(LIMITS.sectionText) },
    may: { ...blockId, level: oneOf("default", "info", "warning", "error", "success") },
  }),
  carousel: record({ needs: { elements: list(typed({ card }), LIMITS.carouselCards) }, may: blockId }),
  context_actions: record({
    needs: { elements: list(contextAction, LIMITS.contextActions) },
    may: blockId,
    also: withUniqueActions,
  }),
};

const viewBlock = typed(EVERYWHERE);
const messageBlock = typed({ ...EVERYWHERE, ...IN_MESSAGES });

/** The blocks of a message, with the rules over all of them. */
export const messageBlocks: Check = (value, path, problems) => {
  list(messageBlock, LIMITS.messageBlocks, 0)(value, path, problems);
  const blocks = recordsOf(value);
  unique(blocks, "block_id", { path, problems });
  const markdown = blocks.filter((block) => block["type"] === "markdown");
  const total = markdown.reduce((sum, block) => sum + String(block["text"]).length, 0);
  if (total > LIMITS.markdownText) {
    complain(
      problems,
      path,
      `markdown blocks must be less than ${LIMITS.markdownText + 1} characters together`,
    );
  }
  if (blocks.filter((block) => block["type"] === "table").length > 1) {
    complain(problems, path, "only one table is allowed");
  }
};

/** The blocks of a modal or a Home tab. */
export const viewBlocks: Check = (value, path, problems) => {
  list(viewBlock, LIMITS.viewBlocks, 0)(value, path, problems);
  unique(recordsOf(value), "block_id", { path, problems });
};

/** How many characters the texts of blocks have together, as `msg_blocks_too_long` counts them. */
export function textTotal(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item: unknown) => sum + textTotal(item), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, entry]) =>
      sum + (key === "text" && typeof entry === "string" ? entry.length : textTotal(entry)),
    0,
  );
}
