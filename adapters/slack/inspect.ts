import { webApi } from "@slack/bolt";
import type { Place } from "../../src/digest/subscription.ts";
import type { Finding } from "../../src/health/finding.ts";
import { failure, fine, warning } from "../../src/health/finding.ts";
import type { Log } from "../../src/log.ts";
import type { Store } from "../../src/store/store.ts";
import { UserError } from "../../src/user-error.ts";
import type { Inspection } from "../platform/inspection.ts";
import { createLead, QUESTION_MS } from "../platform/inspection.ts";
import { checkToken } from "./identity.ts";
import type { OwnToken, SlackSettings } from "./settings.ts";
import { ownTokenOf } from "./settings.ts";
import { installationId } from "./tokens/installations.ts";
import { createOnlyToken } from "./tokens/own-token.ts";
import { createTokens } from "./tokens/rotation.ts";
import { clientOptions } from "./transport/client.ts";
import { fatalSocketError } from "./transport/start-errors.ts";

const GONE_TODO = "End its digest with “digest stop” and its id.";

/** What is found of a place in a workspace that removed the app. */
export const notInstalled = ({ server = "" }: Place): Finding =>
  failure(
    `The workspace ${server} no longer has the app; no digest can be posted.`,
    "Install the app there again; docs/slack.md says how.",
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
    if (code === undefined) throw error;
    return failure(
      `The channel ${channel}: Slack refuses to tell of it (${code}).`,
      "Install the app again; docs/slack.md says how.",
    );
  }
}

/** What a question gives as findings; one whose error only a person can mend is a failure. */
async function askedAs(question: () => Promise<Finding>, todo: string): Promise<Finding> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof UserError) return failure(error.message, todo);
    throw error;
  }
}

/** A token that expires may have done so while no bot ran, which renews it. */
const softened = (found: Finding, own: OwnToken | undefined): Finding =>
  own?.rotation === undefined || found.level !== "failure"
    ? found
    : warning(
        found.what,
        "It may have expired while no bot ran: start the bot, which renews it, and look again.",
      );

type KeptTokens = Pick<Store, "installations" | "turns">;

/** The tokens as they were kept last. None is renewed: a refresh token works once, and is the bot's. */
function tokensIn({ installations, turns }: KeptTokens, { connection }: SlackSettings, log: Log) {
  const tokens = createTokens({ installations, turns, renew: undefined, log, now: () => new Date() });
  const own = ownTokenOf(connection);
  const only = own && createOnlyToken(own, { installations, tokens, fail: () => undefined });
  return async (server: string): Promise<string | undefined> =>
    only === undefined ? (await tokens.find(installationId(server)))?.bot?.token : only.current();
}

/** Looks at Slack with the tokens of the settings, without opening a connection. */
export function createSlackInspection(
  settings: SlackSettings,
  { store, log }: { readonly store: () => Promise<KeptTokens>; readonly log: Log },
): Inspection {
  const { note, lead } = createLead();
  const made = clientOptions(settings, { log });
  const options: webApi.WebClientOptions = {
    ...made,
    timeout: QUESTION_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    async fetch(...asked) {
      const response = await (made.fetch ?? fetch)(...asked);
      note(response.headers.get("date"));
      return response;
    },
  };
  const { connection, unfurl } = settings;
  const own = ownTokenOf(connection);
  // A token that never expires needs no database.
  const tokenFor = async (server = ""): Promise<string | undefined> =>
    own !== undefined && own.rotation === undefined
      ? own.botToken
      : tokensIn(await store(), settings, log)(server);
  const bot = async (): Promise<Finding> => {
    const botToken = own && (await tokenFor());
    if (botToken === undefined) return fine("Every workspace that installs the app has a token of its own.");
    const { teamName } = await checkToken(botToken, unfurl, options);
    return fine(`SLACK_BOT_TOKEN is accepted in the workspace ${teamName}, with all scopes that are needed.`);
  };
  const socket = async (appToken: string): Promise<Finding> => {
    // Opens nothing yet: the address that it gives is left unused.
    await new webApi.WebClient(appToken, options).apps.connections.open().catch((error: unknown) => {
      throw fatalSocketError(error) ?? error;
    });
    return fine("SLACK_APP_TOKEN is accepted; Socket Mode is on.");
  };
  return {
    name: "slack",
    lead,
    app: () =>
      Promise.all([
        askedAs(bot, "Without it nothing of Slack works.").then((found) => softened(found, own)),
        ...(connection.kind === "socket"
          ? [askedAs(() => socket(connection.appToken), "Without it nobody in Slack is answered.")]
          : []),
      ]),
    async place(place) {
      const token = await tokenFor(place.server);
      if (token !== undefined) return inspectPlace(new webApi.WebClient(token, options), place);
      return notInstalled(place);
    },
  };
}
