import type { CallToolResult, ImageContent } from "@modelcontextprotocol/server";
import {
  fromJsonSchema,
  McpServer,
  ResourceNotFoundError,
  ResourceTemplate,
} from "@modelcontextprotocol/server";
import type { Bot } from "../../src/bot/bot.ts";
import type { Caller } from "../../src/bot/command.ts";
import { filterRecord } from "../../src/bot/cards/filters.ts";
import type { Invocation, Reply } from "../../src/bot/reply.ts";
import { argumentsSchema } from "../platform/option-schema.ts";
import { drawPng } from "../platform/pictures.ts";
import { replyText } from "./plain-reply.ts";

/** A tool: a command under the name that programs expect. What it takes and answers is the command's. */
interface Tool {
  readonly name: string;
  readonly title: string;
  readonly command: string;
  /** What its records are called. Default `papers`. */
  readonly records?: string;
}

const TOOLS: readonly Tool[] = [
  { name: "search_papers", title: "Search papers", command: "search" },
  { name: "similar_papers", title: "Papers near one or several papers", command: "similar" },
  { name: "get_paper", title: "All that is known of a paper", command: "show" },
  { name: "cite_papers", title: "Citations", command: "cite" },
  { name: "topic_trends", title: "How often topics come up over time", command: "trend", records: "trends" },
  { name: "paper_map", title: "A map of the papers around one, or of several", command: "map" },
  { name: "todays_paper", title: "The paper of the day", command: "digest preview" },
];

/** Where a paper is read as a resource: its id follows, percent-encoded. */
const PAPER = "paperboy://paper/";

/** What a server of the Model Context Protocol is made with. */
export interface McpParts {
  readonly bot: Bot;
  readonly version: string;
  /** Who asks: one program, or one of many that are not told apart. */
  readonly caller: Caller;
}

/** Numbers and texts as they are typed. */
const asTyped = (args: Readonly<Record<string, unknown>>): Invocation["args"] =>
  Object.fromEntries(Object.entries(args).map(([name, value]) => [name, String(value)]));

const ask = ({ bot, caller }: McpParts, invocation: Invocation): Promise<Reply> =>
  bot.handle({ ...invocation, caller });

/** A reply's picture as PNG, which models take; nothing where it has none, or it cannot be drawn here. */
async function imageOf({ picture }: Reply): Promise<ImageContent[]> {
  const png = picture === undefined ? undefined : await drawPng(picture);
  return png === undefined ? [] : [{ type: "image", data: png.toString("base64"), mimeType: "image/png" }];
}

/**
 * A reply to a tool's call: its text and its picture for the model, the papers, or whatever its records are, as data. What a
 * person could mend, the model can.
 */
async function toolResult(reply: Reply, records = "papers"): Promise<CallToolResult> {
  return {
    content: [{ type: "text", text: replyText(reply) }, ...(await imageOf(reply))],
    structuredContent: {
      summary: reply.summary,
      ...(reply.list && { total: reply.list.total }),
      [records]: [...reply.data],
      ...(reply.filters && { filters: reply.filters.map(filterRecord) }),
    },
    ...(reply.tone === "mistake" || reply.tone === "fault" ? { isError: true } : {}),
  };
}

/** Each paper as a resource: its record in JSON. They are found by the tools, and never listed: there are too many. */
function registerPapers(server: McpServer, parts: McpParts): void {
  const template = new ResourceTemplate(`${PAPER}{id}`, { list: undefined });
  const about = {
    title: "A paper",
    description: "The record of a paper, by its id",
    mimeType: "application/json",
  };
  server.registerResource("paper", template, about, async (uri) => {
    const paper = decodeURIComponent(uri.href.slice(PAPER.length));
    const reply = await ask(parts, { command: "show", args: { paper } });
    const [record] = reply.data;
    if (reply.tone !== "plain" || record === undefined) throw new ResourceNotFoundError(uri.href);
    return {
      contents: [{ uri: uri.href, mimeType: about.mimeType, text: JSON.stringify(record, undefined, 2) }],
    };
  });
}

/** A server whose tools are commands of the bot; nothing is connected. */
export function createMcpServer(parts: McpParts): McpServer {
  const server = new McpServer(
    { name: "paperboy", title: "Paperboy", version: parts.version },
    {
      instructions:
        'Finds research papers in the library of this Paperboy. search_papers knows operators in its query: since:2024, before:2025, author:NAME, org:NAME, sort:newest, "a phrase", -word. Ids in its answers are taken by the other tools.',
    },
  );
  for (const { name, title, command, records } of TOOLS) {
    const declared = parts.bot.commands.find((one) => one.name === command);
    if (declared === undefined) throw new Error(`There is no command ${command} for the tool ${name}`);
    const inputSchema = fromJsonSchema<Record<string, unknown>>({ ...argumentsSchema(declared) });
    const about = { title, description: [declared.description, ...declared.notes].join("\n"), inputSchema };
    server.registerTool(
      name,
      { ...about, annotations: { readOnlyHint: true, openWorldHint: false } },
      async (args) => toolResult(await ask(parts, { command, args: asTyped(args) }), records),
    );
  }
  registerPapers(server, parts);
  return server;
}
