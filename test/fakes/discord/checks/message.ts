import { FLAGS, has } from "../flags.ts";
import { numberOf, recordsOf, stringsOf, textOf, type Json } from "../json.ts";
import { LIMITS } from "../limits.ts";
import { components, displayTexts, needsV2 } from "./components.ts";
import { embeds } from "./embeds.ts";
import {
  bits,
  integer,
  list,
  oneOf,
  record,
  snowflake,
  text,
  truth,
  type Check,
  type Path,
  type Problem,
} from "./shape.ts";

/** What decides which properties and flags a message may have. */
export interface MessageRules {
  /** `channel` and `interaction` create (a response or a follow-up), the other two edit what those made. */
  readonly kind: "channel" | "interaction" | "channel-edit" | "interaction-edit";
  /** The flags of the message that is edited (default none); IS_COMPONENTS_V2 cannot be taken off it. */
  readonly flags?: number;
}

const mentionIds = list(snowflake, { max: LIMITS.allowedMentionIds });

const allowedMentions = record({
  optional: {
    parse: list(oneOf(["roles", "users", "everyone"])),
    users: mentionIds,
    roles: mentionIds,
    replied_user: truth,
  },
  also: (value, path, problems) => {
    for (const kind of stringsOf(value["parse"])) {
      if (stringsOf(value[kind]).length === 0) continue;
      const message = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
      problems.push({ path, code: "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message });
    }
  },
});

const attachment = record({
  required: { id: integerOrDigits },
  optional: {
    filename: text({ max: 1024 }),
    description: text({ max: LIMITS.attachmentDescription }),
    title: text({ max: 1024 }),
  },
});

const nonce: Check = (value, path, problems) => {
  if (typeof value === "number") integer()(value, path, problems);
  else text({ max: LIMITS.nonce })(value, path, problems);
};

const reference = record({
  required: { message_id: snowflake },
  optional: { channel_id: snowflake, guild_id: snowflake, fail_if_not_exists: truth, type: oneOf([0]) },
});

/** Flags that may be given, by the kind of request: resources/message and interactions/receiving-and-responding. */
const SETTABLE = {
  channel: FLAGS.suppressEmbeds | FLAGS.suppressNotifications | FLAGS.componentsV2,
  interaction: FLAGS.suppressEmbeds | FLAGS.suppressNotifications | FLAGS.componentsV2 | FLAGS.ephemeral,
  "channel-edit": FLAGS.suppressEmbeds | FLAGS.componentsV2,
  "interaction-edit": FLAGS.suppressEmbeds | FLAGS.componentsV2,
};

/** A message to create or to edit. That something is left to show is looked at by `isEmptyMessage`. */
export function messageBody({ kind, flags = 0 }: MessageRules): Check {
  return record({
    optional: {
      content: text({ max: LIMITS.content }),
      // discord.js sends these two with false in every request.
      tts: truth,
      enforce_nonce: kind === "channel" ? truth : oneOf([false]),
      embeds,
      allowed_mentions: allowedMentions,
      components: () => {},
      attachments: list(attachment, { max: LIMITS.attachments }),
      flags: bits(SETTABLE[kind]),
      ...(kind === "channel"
        ? { nonce, message_reference: reference, sticker_ids: list(snowflake, { max: LIMITS.stickers }) }
        : {}),
    },
    also: (body, at, found) => togetherRules(body, flags, at, found),
  });
}

function togetherRules(body: Json, oldFlags: number, path: Path, problems: Problem[]): void {
  const given = numberOf(body["flags"]);
  const v2 = has(given | oldFlags, FLAGS.componentsV2);
  if (body["enforce_nonce"] === true && (body["nonce"] ?? undefined) === undefined) {
    problems.push({
      path: [...path, "nonce"],
      code: "BASE_TYPE_REQUIRED",
      message: "This field is required",
    });
  }
  const tree = body["components"];
  if (tree !== undefined && tree !== null) {
    if (!v2 && needsV2(recordsOf(tree))) {
      const words = "These components need MessageFlags.IS_COMPONENTS_V2";
      problems.push({ path: [...path, "components"], code: "UNION_TYPE_CHOICES", message: words });
    } else components(v2)(tree, [...path, "components"], problems);
  }
  if (v2) legacyFields(body, path, problems);
}

function legacyFields(body: Json, path: Path, problems: Problem[]): void {
  for (const key of ["content", "embeds", "sticker_ids", "poll"]) {
    const value = body[key];
    if (value === undefined || value === null || value === "") continue;
    if (Array.isArray(value) && value.length === 0) continue;
    const message = `The '${key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`;
    const code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
    problems.push({ path: [...path, key], code, message });
  }
}

function integerOrDigits(value: unknown, path: Path, problems: Problem[]): void {
  if (typeof value === "string" && /^\d+$/.test(value)) return;
  integer({ min: 0 })(value, path, problems);
}

/** Whether nothing would be shown: blank content and no embeds, components, stickers or files (50006). */
export function isEmptyMessage(body: Json): boolean {
  const parts = ["embeds", "components", "sticker_ids", "attachments"];
  return (
    textOf(body["content"]).trim() === "" &&
    parts.every((part) => !Array.isArray(body[part]) || body[part].length === 0)
  );
}

/** Whether the text displays are so large in bytes that the server itself fails. */
export function breaksServer(body: Json): boolean {
  const texts = displayTexts(recordsOf(body["components"]));
  const bytes = texts.reduce((sum, one) => sum + Buffer.byteLength(one) + LIMITS.v2TextDisplayBytes, 0);
  return bytes > LIMITS.v2TextBytes;
}
