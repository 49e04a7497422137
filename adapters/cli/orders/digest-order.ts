import { parseArgs } from "node:util";
import type { Digests } from "../../../src/digest/digests.ts";
import { UserError } from "../../../src/user-error.ts";
import { escapeTerminal } from "../../terminal/escape.ts";
import type { Parts } from "../parts.ts";
import type { Stops } from "../serving/stops.ts";
import { hasPlatforms } from "../settings/settings.ts";
import type { ExitCode, Surroundings } from "../surroundings.ts";
import { lookOf, now } from "../surroundings.ts";
import type { ProgramOrder } from "./order.ts";
import { servingParts } from "./start-order.ts";

const USAGE = [
  "Send the digests that are due, and end.",
  "",
  "  paperboy digest --now            sends them",
  "  paperboy digest --now --dry-run  shows what every channel would get now, and sends nothing",
  "",
  "In a channel, /paper digest start sets one up; “help digest start” explains it.",
].join("\n");

/** Shows what every channel would get now. */
async function showDigests(digests: Digests, around: Surroundings): Promise<ExitCode> {
  const { previewAll } = await import("../serving/digests.ts");
  const shown = await previewAll(digests, now());
  const look = lookOf(around.stdout, around.env);
  const damaged = await digests.damaged();
  const { damagedWords } = await import("../../../src/digest/words.ts");
  const { renderReply } = await import("../../terminal/render.ts");
  for (const one of damaged) around.stderr.write(`${escapeTerminal(damagedWords(one))}\n`);
  for (const { first, reply } of shown)
    around.stdout.write(`${escapeTerminal(first)}\n\n${renderReply(reply, look, false)}\n\n`);
  if (shown.length === 0 && damaged.length === 0)
    around.stdout.write("No channel has a digest. “/paper digest start” sets one up.\n");
  return damaged.length === 0 ? 0 : 1;
}

/** Reads what is new, and sends the digests that are due. */
async function deliver(parts: Parts, stops: Stops | undefined): Promise<ExitCode> {
  if (stops === undefined)
    throw new UserError(
      "There is nowhere to send digests to: set DISCORD_TOKEN, Slack's tokens or PAPERBOY_SMTP_URL, or add --dry-run to see them here.",
    );
  const { openRefreshing, refreshOnce } = await import("../intake/refreshing.ts");
  const refreshing = await openRefreshing(parts);
  const read = async (signal: AbortSignal): Promise<void> => {
    if (refreshing !== undefined) await refreshOnce(refreshing, { signal });
  };
  const { sendDigests } = await import("../serving/sending.ts");
  const failed = await sendDigests(parts.settings, await servingParts(parts), {
    read,
    asked: stops.asked(),
  });
  const damaged = await (await parts.digests()).damaged();
  if (failed.length === 0 && damaged.length === 0) return 0;
  if (failed.length > 0)
    parts.log.error(`Not everything could be sent; the next run tries again. ${failed.join("; ")}`);
  // Set before the program ends, for requests that are never answered end it.
  process.exitCode = 1;
  return 1;
}

/** Whether nothing is sent. */
function parseDigest(words: readonly string[]): boolean {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { now: { type: "boolean" }, "dry-run": { type: "boolean" } },
    allowPositionals: true,
    strict: false,
  });
  const isRead = Object.keys(values).every((name) => name === "now" || name === "dry-run");
  if (values["now"] === true && isRead && positionals.length === 0) return values["dry-run"] === true;
  throw new UserError(
    "Say digest --now to send what is due and end, digest --now --dry-run to see what would be sent, or a command such as digest list; “help” lists them.",
  );
}

/** `paperboy digest --now`, with `--dry-run` to send nothing. */
export const digestOrder: ProgramOrder = {
  name: "digest",
  summary: [["digest --now", "send the digests that are due, and end (--dry-run shows them)"]],
  usage: USAGE,
  parse: (words) => {
    const dryRun = parseDigest(words);
    return {
      needs: "parts",
      reads: () => dryRun,
      ...(dryRun ? {} : { deed: { action: "digest --now", detail: "" } }),
      stoppable: (settings) => !dryRun && hasPlatforms(settings),
      run: async (parts, { around, stops }) =>
        dryRun ? showDigests(await parts.digests(), around) : deliver(parts, stops),
    };
  },
};
