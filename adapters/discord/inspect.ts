import type { APIApplication, RESTOptions } from "discord.js";
import {
  BaseGuildTextChannel,
  Client,
  DiscordAPIError,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  Routes,
} from "discord.js";
import { uncounted } from "../../src/figures.ts";
import type { Place } from "../../src/schedule/place.ts";
import type { Finding } from "../../src/health/finding.ts";
import { failure, fine, warning } from "../../src/health/finding.ts";
import type { Inspection } from "../platform/inspection.ts";
import { createLead, QUESTION_MS } from "../platform/inspection.ts";
import { createCheckedRequest } from "./connection/checked-request.ts";
import { badToken, isUnauthorised, PORTAL } from "./connection/start-errors.ts";
import type { DiscordSettings } from "./discord.ts";
import { INTENTS, intentFinding } from "./intents.ts";
import { missingPermissions } from "./permissions.ts";

/** A bot that starts more often than this gets no connection for the rest of the day (topics/gateway, session start limit). */
const FEW_STARTS = 20;

const codeOf = (error: unknown): unknown => (error instanceof DiscordAPIError ? error.code : undefined);

const missingWords = (names: readonly string[]): string =>
  `${names.join(" and ")} ${names.length === 1 ? "is" : "are"} missing`;

/** Whether the bot can post a digest in a channel, as a client sees it that is connected or only asks. */
async function findingIn(client: Client, place: Place, bot: string): Promise<Finding> {
  if (place.direct === true) {
    await client.channels.fetch(place.channel);
    return fine("The direct messages can be written to.");
  }
  const guild = await client.guilds.fetch(place.server ?? "");
  const channel = await guild.channels.fetch(place.channel);
  if (channel === null)
    return failure("The channel is gone.", "End its digest with “digest stop” and its id.");
  const name = `#${channel.name} in ${guild.name}`;
  if (channel.isThread() && channel.parentId !== null) await guild.channels.fetch(channel.parentId);
  const granted = channel.permissionsFor(await guild.members.fetch(bot))?.bitfield ?? 0n;
  const missing = missingPermissions(granted, channel.isThread());
  const todo = "Give the bot's role these permissions, in Edit Channel, Permissions.";
  if (missing.length > 0) return failure(`${name}: ${missingWords(missing)}; no digest can be posted.`, todo);
  if (channel instanceof BaseGuildTextChannel && (granted & PermissionFlagsBits.CreatePublicThreads) === 0n)
    return warning(
      `${name}: ${missingWords(["Create Public Threads"])}; the further papers go into the channel, not into a thread.`,
      todo,
    );
  return fine(`${name}: digests can be posted.`);
}

/** Whether the bot can post a digest in a place. Rejects where Discord cannot be asked. */
export async function inspectPlace(client: Client, place: Place, bot: string): Promise<Finding> {
  try {
    return await findingIn(client, place, bot);
  } catch (error) {
    switch (codeOf(error)) {
      case RESTJSONErrorCodes.UnknownChannel:
        return failure(
          `The channel ${place.channel} is gone.`,
          "End its digest with “digest stop” and its id.",
        );
      case RESTJSONErrorCodes.MissingAccess:
        return failure(
          `The channel ${place.channel}: View Channel is missing; no digest can be posted.`,
          "Give the bot's role this permission, in Edit Channel, Permissions.",
        );
      case RESTJSONErrorCodes.UnknownGuild:
      case RESTJSONErrorCodes.UnknownMember:
        return failure(
          `The server ${place.server ?? ""} of the channel ${place.channel} no longer has the app.`,
          "Add the app to the server again; docs/discord.md says how.",
        );
      default:
        throw error;
    }
  }
}

/** The server that commands are registered in, where one is set. */
async function serverFinding({ rest }: Client, guildId: string | undefined): Promise<readonly Finding[]> {
  if (guildId === undefined) return [];
  try {
    const { name } = (await rest.get(Routes.guild(guildId))) as { name: string };
    return [fine(`The commands are registered in the server ${name}.`)];
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    return [
      failure(
        `DISCORD_GUILD_ID is “${guildId}”, but the app is in no server of that id.`,
        "Right-click the server with the developer mode on, Copy Server ID, or leave the setting empty.",
      ),
    ];
  }
}

/** What is set in the developer portal. */
async function portalFindings({ rest }: Client): Promise<readonly Finding[]> {
  const app = (await rest.get(Routes.currentApplication())) as APIApplication;
  const page = `${PORTAL}/${app.id}`;
  const endpoint = app.interactions_endpoint_url ?? "";
  return [
    intentFinding(INTENTS, app.flags, page),
    ...(endpoint === ""
      ? []
      : [
          failure(
            `Discord sends commands and presses to ${endpoint}, and none to Paperboy, which gets them by the gateway.`,
            `Open ${page}, General Information, and empty Interactions Endpoint URL.`,
          ),
        ]),
    ...(app.bot_require_code_grant
      ? [
          warning(
            "The app asks for a code grant, so that the link that adds it to a server does not work.",
            `Open ${page}, Bot, and switch Requires OAuth2 Code Grant off.`,
          ),
        ]
      : []),
  ];
}

async function appFindings(client: Client, guildId: string | undefined): Promise<readonly Finding[]> {
  const { rest } = client;
  const { username } = (await rest.get(Routes.user("@me"))) as { username: string };
  const { session_start_limit: limit } = (await rest.get(Routes.gatewayBot())) as {
    session_start_limit: { total: number; remaining: number };
  };
  const starts = `${limit.remaining} of ${limit.total} starts are left today`;
  return [
    fine(`The token is accepted; the bot is ${username}.`),
    ...(await portalFindings(client)),
    limit.remaining < FEW_STARTS
      ? warning(`The gateway answers, but only ${starts}.`, "See what starts the program again and again.")
      : fine(`The gateway answers; ${starts}.`),
    ...(await serverFinding(client, guildId)),
  ];
}

/** Looks at Discord with the token of the settings, without connecting to its gateway. */
export function createDiscordInspection({ token, guildId, apiUrl }: DiscordSettings): Inspection {
  const { note, lead } = createLead();
  const request = createCheckedRequest(apiUrl, { count: uncounted, log: { debug: () => undefined } });
  const makeRequest: RESTOptions["makeRequest"] = async (...asked) => {
    const response = await request(...asked);
    note(response.headers.get("date"));
    return response;
  };
  const client = new Client({
    intents: [],
    rest: {
      ...(apiUrl === undefined ? {} : { api: apiUrl }),
      version: "10",
      makeRequest,
      retries: 0,
      timeout: QUESTION_MS,
      rejectOnRateLimit: () => true,
    },
  });
  client.rest.setToken(token);
  return {
    name: "discord",
    lead,
    async app() {
      try {
        return { found: await appFindings(client, guildId), usable: true };
      } catch (error) {
        if (!isUnauthorised(error)) throw error;
        return {
          found: [failure(badToken().message, "Without a token nothing of Discord works.")],
          usable: false,
        };
      }
    },
    async place(place) {
      const { id } = (await client.rest.get(Routes.user("@me"))) as { id: string };
      return inspectPlace(client, place, id);
    },
  };
}
