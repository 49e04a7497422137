import { once } from "node:events";
import { serveStdio, StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import type { Readable, Writable } from "node:stream";
import type { Log } from "../../src/log.ts";
import type { McpParts } from "./server.ts";
import { createMcpServer } from "./server.ts";

/** Serves one client over a pair of streams until the first one ends; nothing else may be written to the second. */
export async function serveMcpStreams(
  parts: McpParts,
  { input, output, log }: { readonly input: Readable; readonly output: Writable; readonly log: Log },
): Promise<void> {
  const ended = once(input, "end");
  const handle = serveStdio(() => createMcpServer(parts), {
    transport: new StdioServerTransport(input, output),
    onerror: ({ message }) => log.warn(`A message of the client was not understood: ${message}`),
  });
  await ended;
  await handle.close();
}
