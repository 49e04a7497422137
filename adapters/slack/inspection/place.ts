import { webApi } from "@slack/bolt";
import type { Place } from "../../../src/schedule/place.ts";
import type { Finding } from "../../../src/health/finding.ts";
import { failure, fine, warning } from "../../../src/health/finding.ts";

const GONE_TODO = "End its digest with “digest stop” and its id.";

/** What is to be done about a token that the bot would have renewed. */
export const RENEWED_BY_BOT =
  "It may have expired while no bot ran: start the bot, which renews it, and look again.";

/** What is found of a place in a workspace that removed the app. */
export const notInstalled = ({ server = "" }: Place): Finding =>
  failure(
    `The workspace ${server} no longer has the app; no digest can be posted.`,
    "Install the app there again; docs/slack.md says how.",
  );

/** What is found of a place in a workspace whose token no key opens that is there. */
export const sealedAway = ({ server = "", channel }: Place): Finding =>
  failure(
    `The channel ${channel}: the token of its workspace ${server} cannot be read; no digest can be posted.`,
    "See what is said of the key above.",
  );

/** Whether the bot can post a digest in a place. Rejects where Slack cannot be asked. */
export async function inspectPlace(client: webApi.WebClient, { channel, direct }: Place): Promise<Finding> {
  if (direct === true) return fine("The direct messages can be written to.");
  try {
    const { channel: info = {} } = await client.conversations.info({ channel });
    const name = `#${info.name ?? channel}`;
    if (info.is_archived === true)
      return failure(`${name} is archived; no digest can be posted.`, `Unarchive it. Or: ${GONE_TODO}`);
    if (info.is_member === false)
      return failure(
        `${name}: the bot is not in it; no digest can be posted.`,
        "Type /invite @Paperboy there.",
      );
    return fine(`${name}: digests can be posted.`);
  } catch (error) {
    const code = error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
    if (code === "channel_not_found")
      return failure(
        `The channel ${channel} is gone, or private without the bot.`,
        `Type /invite @Paperboy there. Or: ${GONE_TODO}`,
      );
    if (code === "token_expired")
      return warning(`The channel ${channel}: the token of its workspace is not accepted.`, RENEWED_BY_BOT);
    if (code === undefined) throw error;
    return failure(
      `The channel ${channel}: Slack refuses to tell of it (${code}).`,
      "Install the app again; docs/slack.md says how.",
    );
  }
}
