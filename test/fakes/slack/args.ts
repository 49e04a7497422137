import { isRecord, recordOf, type Json } from "./json.ts";
import type { MethodRule } from "./method-table.ts";
import { broken } from "./slack-error.ts";

/** Arguments that are JSON texts in a form: @slack/web-api serializes nested values so. */
const LISTS = new Set(["blocks", "attachments", "loading_messages", "user_auth_blocks", "file_ids", "files"]);
const OBJECTS = new Set(["view", "metadata", "unfurls"]);
const TRUTHS = new Set([
  "as_user",
  "exclude_archived",
  "include_all_metadata",
  "include_locale",
  "include_num_members",
  "inclusive",
  "link_names",
  "mrkdwn",
  "prevent_creation",
  "reply_broadcast",
  "return_im",
  "test",
  "unfurl_links",
  "unfurl_media",
  "user_auth_required",
]);
/** Slack takes these with every method. */
const ALWAYS = ["token", "team_id"];
const UNREADABLE: Readonly<Record<string, string>> = {
  blocks: "invalid_blocks_format",
  attachments: "invalid_attachments",
  metadata: "invalid_metadata_format",
  unfurls: "invalid_unfurls_format",
};

/** Reads a request's body by its content type: a form, or JSON; undefined where it is neither. */
export function parseBody(raw: string, contentType: string): Json | undefined {
  if (contentType.startsWith("application/json")) {
    try {
      const parsed: unknown = JSON.parse(raw === "" ? "{}" : raw);
      return isRecord(parsed) ? parsed : undefined;
    } catch {
      return undefined;
    }
  }
  if (raw === "" || contentType.startsWith("application/x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(raw));
  }
  return undefined;
}

/** Turns texts into the lists, objects, truths and numbers they stand for; what cannot be read stays text. */
export function readArgs(given: Json): Json {
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, readArg(key, value)]));
}

function readArg(key: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (TRUTHS.has(key)) return truthOf(value);
  if (key === "limit") return /^\d+$/.test(value) ? Number(value) : value;
  if (!LISTS.has(key) && !OBJECTS.has(key)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function truthOf(value: string): unknown {
  if (value === "true" || value === "1") return true;
  return value === "false" || value === "0" ? false : value;
}

/** Refuses unknown, missing and mistyped arguments; Slack would ignore an unknown one, and the mistake with it. */
export function checkArgs(method: string, rule: MethodRule, args: Json): void {
  const known = [...rule.needs, ...rule.may, ...ALWAYS];
  const unknown = Object.keys(args).filter((key) => !known.includes(key));
  if (unknown.length > 0) {
    throw broken(
      "invalid_arguments",
      unknown.map((key) => `[ERROR] unknown argument: ${key} of ${method}`),
    );
  }
  const missing = rule.needs.filter((key) => args[key] === undefined || args[key] === "");
  if (missing.length > 0) {
    throw broken(
      "invalid_arguments",
      missing.map((key) => `[ERROR] missing required field: ${key}`),
    );
  }
  for (const [key, value] of Object.entries(args)) checkType(key, value);
}

function checkType(key: string, value: unknown): void {
  const wrong =
    (LISTS.has(key) && !Array.isArray(value)) ||
    (OBJECTS.has(key) && !isRecord(value)) ||
    (TRUTHS.has(key) && typeof value !== "boolean") ||
    (key === "limit" && typeof value !== "number");
  if (wrong) throw broken(UNREADABLE[key] ?? "invalid_arguments", [`[ERROR] ${key} has the wrong type`]);
  if (key === "attachments" && !(value as unknown[]).every(isRecord)) throw broken("invalid_attachments");
}

/** The `extra` of an error that names messages; for reports. */
export function messagesOf(extra: Readonly<Record<string, unknown>>): string[] {
  const { messages } = recordOf(extra["response_metadata"]);
  return Array.isArray(messages) ? messages.map(String) : [];
}
