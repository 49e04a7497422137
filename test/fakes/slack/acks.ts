import { messagesOf } from "./args.ts";
import type { Parcel } from "./courier.ts";
import { isRecord, recordOf, recordsOf, textOf, type Json } from "./json.ts";
import { LIMITS } from "./limits.ts";
import { checkMessage } from "./messages.ts";
import { addAnswer } from "./response-urls.ts";
import { SlackError } from "./slack-error.ts";
import { checkStack, checkView, openView, updateView } from "./views.ts";
import { violate, type View, type World } from "./world.ts";

/** Puts what an acknowledgement says into effect; returns what a submission was refused for. */
export function applyAck(world: World, parcel: Parcel, body: unknown): Record<string, string> | undefined {
  try {
    if (parcel.submitted !== undefined) return submissionAck(world, parcel, parcel.submitted, body);
    if (body === undefined) return undefined;
    if (parcel.kind === "slash_commands") commandAck(world, parcel, body);
    else if (parcel.kind === "interactive")
      violate(world, `${parcel.label}: the acknowledgement must say nothing`);
    else if (parcel.payload["type"] !== "url_verification" && body !== "ok") {
      violate(world, `${parcel.label}: the acknowledgement of an event must say nothing`);
    }
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    violate(world, [`${parcel.label}: ack: ${error.message}`, ...messagesOf(error.extra)].join(" | "));
  }
  return undefined;
}

const COMMAND_ACK = new Set([
  "text",
  "blocks",
  "attachments",
  "response_type",
  "mrkdwn",
  "unfurl_links",
  "unfurl_media",
]);

function commandAck(world: World, parcel: Parcel, body: unknown): void {
  const said = typeof body === "string" ? { text: body } : recordOf(body);
  const unknown = Object.keys(said).filter((key) => !COMMAND_ACK.has(key));
  if (unknown.length > 0) violate(world, `${parcel.label}: ack: unknown ${unknown.join(", ")}`);
  checkMessage(world, said, { where: "ack", text: LIMITS.text, total: false });
  if (parcel.channel === undefined) return;
  const user = textOf(parcel.payload["user_id"]);
  addAnswer(world, { channel: parcel.channel, user, exchangeId: parcel.id, via: "ack" }, said);
}

/** Interactivity/modals: nothing or `clear` closes, `errors` keeps it open, `update` and `push` show another. */
function submissionAck(
  world: World,
  parcel: Parcel,
  view: View,
  body: unknown,
): Record<string, string> | undefined {
  const said = recordOf(body);
  switch (said["response_action"]) {
    case undefined:
      if (body !== undefined) violate(world, `${parcel.label}: ack without response_action`);
      close(world, view);
      return undefined;
    case "clear":
      for (const one of world.views.values()) if (one.rootId === view.rootId) one.open = false;
      world.watch.changed();
      return undefined;
    case "errors":
      return fieldErrors(world, parcel, view, said["errors"]);
    case "update":
      checkView(world, recordOf(said["view"]), "modal", view);
      updateView(world, view, recordOf(said["view"]));
      return undefined;
    case "push":
      pushed(world, parcel, view, recordOf(said["view"]));
      return undefined;
    default:
      violate(world, `${parcel.label}: ack: response_action ${JSON.stringify(said["response_action"])}`);
      return undefined;
  }
}

/** Closes a modal; the one below shows again. */
export function close(world: World, view: View): void {
  view.open = false;
  world.watch.changed();
}

function pushed(world: World, parcel: Parcel, view: View, content: Json): void {
  checkView(world, content, "modal");
  checkStack(world, view);
  const trigger = { teamId: view.teamId, user: view.user, exchangeId: parcel.id };
  openView(world, { ...trigger, id: "", createdAt: 0, view, used: true }, content, view);
}

/** Errors belong to input blocks of the view, by block id. */
function fieldErrors(world: World, parcel: Parcel, view: View, errors: unknown): Record<string, string> {
  const inputs = recordsOf(view.content["blocks"]).filter((block) => block["type"] === "input");
  const ids = inputs.map((block) => block["block_id"]);
  if (!isRecord(errors) || Object.keys(errors).length === 0) {
    violate(world, `${parcel.label}: ack: errors must name a block`);
    return {};
  }
  for (const [id, message] of Object.entries(errors)) {
    if (!ids.includes(id)) violate(world, `${parcel.label}: ack: errors for ${id}, which is no input block`);
    if (typeof message !== "string" || message === "") violate(world, `${parcel.label}: ack: an empty error`);
  }
  return Object.fromEntries(Object.entries(errors).map(([id, message]) => [id, String(message)]));
}
