import { messageBlocks, textTotal } from "./blocks/blocks.ts";
import { problemsOf } from "./blocks/shape.ts";
import { isRecord, recordsOf, textOf, type Json } from "./json.ts";
import { LIMITS } from "./limits.ts";
import { markupOf } from "./mrkdwn.ts";
import { broken } from "./slack-error.ts";
import { newTs, violate, type Channel, type Message, type World } from "./world.ts";

/** What a message is checked for besides its blocks. */
export interface MessageRules {
  /** For reports: a method, `response_url` or `ack`. */
  readonly where: string;
  /** Characters of `text`. */
  readonly text: number;
  /** Whether `msg_blocks_too_long` is answered; not for response_url. */
  readonly total: boolean;
}

/** Refuses a message as Slack does; notes as a violation where blocks come without `text`. */
export function checkMessage(world: World, args: Json, rules: MessageRules): void {
  const blocks = recordsOf(args["blocks"]);
  const text = textOf(args["text"]);
  const markdown = textOf(args["markdown_text"]);
  const attachments = recordsOf(args["attachments"]);
  if (args["text"] !== undefined && typeof args["text"] !== "string") throw broken("invalid_arguments");
  if (args["blocks"] !== undefined && !Array.isArray(args["blocks"])) throw broken("invalid_blocks_format");
  if (markdown !== "" && (blocks.length > 0 || text !== "")) throw broken("markdown_text_conflict");
  if (markdown.length > LIMITS.markdownText) throw broken("msg_too_long");
  if (text.trim() === "" && markdown === "" && blocks.length === 0 && attachments.length === 0) {
    throw broken("no_text");
  }
  if (text.length > rules.text) throw broken("msg_too_long");
  if (attachments.length > LIMITS.attachments) throw broken("too_many_attachments");
  const nested = attachments.flatMap((one, at) =>
    one["blocks"] === undefined ? [] : problemsOf(messageBlocks, one["blocks"], `/attachments/${at}/blocks`),
  );
  const problems = [...problemsOf(messageBlocks, args["blocks"] ?? [], "/blocks"), ...nested];
  if (problems.length > 0) throw broken("invalid_blocks", problems);
  if (rules.total && textTotal(blocks) > LIMITS.blocksTotal) throw broken("msg_blocks_too_long");
  checkMetadata(args["metadata"]);
  if (blocks.length > 0 && text.trim() === "") {
    violate(world, `${rules.where}: blocks without text, which notifications and screen readers need`);
  }
}

function checkMetadata(metadata: unknown): void {
  if (metadata === undefined) return;
  if (!isRecord(metadata)) throw broken("invalid_metadata_format");
  const unknown = Object.keys(metadata).some((key) => key !== "event_type" && key !== "event_payload");
  const { event_type: type, event_payload: payload } = metadata;
  if (unknown || typeof type !== "string" || !/^\w[\w.:-]*$/.test(type) || !isRecord(payload)) {
    throw broken("invalid_metadata_format");
  }
  if (Buffer.byteLength(JSON.stringify(metadata)) > LIMITS.metadataBytes) throw broken("metadata_too_large");
}

/** Where a new message goes and who writes it. */
export interface Placing {
  readonly channel: Channel;
  readonly user: string;
  readonly from: Message["from"];
  readonly via: Message["via"];
  readonly threadTs?: string | undefined;
  readonly broadcast?: boolean;
  readonly ephemeralFor?: string | undefined;
  readonly exchangeId?: string | undefined;
}

/** Stores a message that passed the checks. */
export function addMessage(world: World, placing: Placing, args: Json): Message {
  const message: Message = {
    ts: newTs(world),
    channel: placing.channel,
    from: placing.from,
    user: placing.user,
    via: placing.via,
    threadTs: placing.threadTs,
    broadcast: placing.broadcast ?? false,
    ephemeralFor: placing.ephemeralFor,
    exchangeId: placing.exchangeId,
    text: "",
    blocks: [],
    attachments: [],
    metadata: undefined,
    edits: -1,
    deleted: false,
    pings: [],
    links: [],
    args: {},
  };
  writeMessage(world, message, args);
  world.messages.push(message);
  world.watch.changed();
  return message;
}

/**
 * Puts new content into a message, in place of all of the old. `chat.update` is different: there blocks and
 * attachments that are not sent stay, and have to be sent empty to go.
 */
export function writeMessage(world: World, message: Message, args: Json): void {
  const { pings, links } = markupOf(args);
  message.text = textOf(args["text"]) || textOf(args["markdown_text"]);
  message.blocks = recordsOf(args["blocks"]).map((block, at) => ({ block_id: `b${at}`, ...block }));
  message.attachments = recordsOf(args["attachments"]);
  if (isRecord(args["metadata"])) message.metadata = args["metadata"];
  message.pings = pings;
  message.links = links;
  message.args = args;
  message.edits++;
  world.watch.changed();
}

/** Removes a message from sight. */
export function removeMessage(world: World, message: Message): void {
  message.deleted = true;
  world.watch.changed();
}

/** A message that everyone in the channel can see. */
export function findMessage(world: World, channel: Channel, ts: unknown): Message | undefined {
  return world.messages.find(
    (one) => one.channel === channel && one.ts === ts && !one.deleted && one.ephemeralFor === undefined,
  );
}
