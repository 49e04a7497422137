import { createMcpHandler } from "@modelcontextprotocol/server";
import type { Log } from "../../src/log.ts";
import type { McpParts } from "./server.ts";
import { createMcpServer } from "./server.ts";

/** Answers clients of the Model Context Protocol that ask by HTTP, each request by itself: nothing is kept between them. */
export interface McpHandler {
  readonly answer: (request: Request) => Promise<Response>;
  readonly close: () => Promise<void>;
}

/** A handler of the protocol's streamable HTTP; who may reach it is for the server in front of it to say. */
export function createMcpHttp(parts: McpParts, log: Log): McpHandler {
  const handler = createMcpHandler(() => createMcpServer(parts), {
    onerror: ({ message }) => log.warn(`A request to /mcp was not understood: ${message}`),
  });
  return { answer: (request) => handler.fetch(request), close: () => handler.close() };
}
