import { webApi } from "@slack/bolt";
import type { Finding } from "../../../src/health/finding.ts";
import { failure, fine, warning } from "../../../src/health/finding.ts";
import type { Log } from "../../../src/log.ts";
import type { Store } from "../../../src/store/store.ts";
import { UserError } from "../../../src/user-error.ts";
import type { Inspection } from "../../platform/inspection.ts";
import { createLead, QUESTION_MS } from "../../platform/inspection.ts";
import type { Identity } from "../identity.ts";
import { checkToken } from "../identity.ts";
import type { OwnToken, SlackSettings } from "../settings.ts";
import { ownTokenOf } from "../settings.ts";
import { installationId } from "../tokens/installations.ts";
import { createOnlyToken } from "../tokens/own-token.ts";
import { createTokens } from "../tokens/rotation.ts";
import { clientOptions } from "../transport/client.ts";
import { fatalSocketError, isExpiredToken } from "../transport/start-errors.ts";
import { inspectPlace, notInstalled, RENEWED_BY_BOT, sealedAway } from "./place.ts";
import { scopesFinding, workspaceFindings } from "./workspaces.ts";

type KeptTokens = Pick<Store, "installations" | "turns">;

/** The tokens as they were kept last. None is renewed: a refresh token works once, and is the bot's. */
function tokensIn({ installations, turns }: KeptTokens, own: OwnToken | undefined, log: Log) {
  const tokens = createTokens({ installations, turns, renew: undefined, log, now: () => new Date() });
  const only = own && createOnlyToken(own, { installations, tokens, fail: () => undefined });
  return async (server = ""): Promise<string | undefined> =>
    only === undefined ? (await tokens.find(installationId(server)))?.bot?.token : only.current();
}

/** Options of a client that asks once, and notes what the answers say of the time. */
function askingOptions(
  settings: SlackSettings,
  log: Log,
  note: (date: string | null) => void,
): webApi.WebClientOptions {
  const made = clientOptions(settings, { log });
  return {
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
}

/** Whether the one token of the settings works; one that is renewed may have expired while no bot ran. */
async function ownFinding(
  token: () => Promise<string | undefined>,
  rotates: boolean,
  check: (token: string) => Promise<Pick<Identity, "teamName" | "lacks">>,
): Promise<Finding> {
  try {
    const { teamName, lacks } = await check((await token()) ?? "");
    return scopesFinding(`SLACK_BOT_TOKEN is accepted in the workspace ${teamName}`, lacks);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return rotates && isExpiredToken(error.cause)
      ? warning("SLACK_BOT_TOKEN, or what came of it, is not accepted.", RENEWED_BY_BOT)
      : failure(error.message, "Without it nothing of Slack works.");
  }
}

async function socketFinding(appToken: string, options: webApi.WebClientOptions): Promise<Finding> {
  try {
    // Opens nothing yet: the address that it gives is left unused.
    await new webApi.WebClient(appToken, options).apps.connections.open();
    return fine("SLACK_APP_TOKEN is accepted; Socket Mode is on.");
  } catch (error) {
    const fatal = fatalSocketError(error);
    if (fatal === undefined) throw error;
    return failure(fatal.message, "Without it nobody in Slack is answered.");
  }
}

/** Looks at Slack with the tokens of the settings, without opening a connection. */
export function createSlackInspection(
  settings: SlackSettings,
  { store, log }: { readonly store: () => Promise<KeptTokens>; readonly log: Log },
): Inspection {
  const { note, lead } = createLead();
  const options = askingOptions(settings, log, note);
  const { connection, unfurl } = settings;
  const own = ownTokenOf(connection);
  // A token that never expires needs no database.
  const tokenFor = async (server?: string): Promise<string | undefined> =>
    own !== undefined && own.rotation === undefined
      ? own.botToken
      : tokensIn(await store(), own, log)(server);
  const check = (token: string) => checkToken(token, unfurl, options);
  return {
    name: "slack",
    lead,
    async app() {
      if (own === undefined) {
        const { installations } = await store();
        return { found: await workspaceFindings({ installations, tokenFor, unfurl, options }), usable: true };
      }
      const [bot, ...others] = await Promise.all([
        ownFinding(tokenFor, own.rotation !== undefined, check),
        ...(connection.kind === "socket" ? [socketFinding(connection.appToken, options)] : []),
      ]);
      return { found: [bot, ...others], usable: bot.level === "ok" };
    },
    async place(place) {
      const token = await tokenFor(place.server);
      if (token !== undefined) return inspectPlace(new webApi.WebClient(token, options), place);
      const { lost } = await (await store()).installations.seals();
      return lost.includes(installationId(place.server ?? "")) ? sealedAway(place) : notInstalled(place);
    },
  };
}
