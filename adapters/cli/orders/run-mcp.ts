import { serveMcpStreams } from "../../mcp/stdio.ts";
import type { Parts } from "../parts.ts";
import { startFollowing } from "../intake/refreshing.ts";
import type { ExitCode, Surroundings } from "../surroundings.ts";

/** Answers one client of the Model Context Protocol on standard input and output, until it leaves. */
export async function runMcp(
  { bot, library, log, settings, version, record }: Parts,
  { stdin, stdout }: Surroundings,
): Promise<ExitCode> {
  const stop = startFollowing(library, { state: settings.library.state, log, record });
  try {
    await serveMcpStreams(
      { bot, version, caller: { platform: "mcp", user: "local" } },
      { input: stdin, output: stdout, log },
    );
  } finally {
    await stop();
  }
  return 0;
}
