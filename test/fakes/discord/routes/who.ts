import { refusals } from "../api-error.ts";
import { has } from "../flags.ts";
import { INTENTS } from "../intents.ts";
import { route, type Context, type Route } from "../router.ts";
import { guildObject, memberJson, userJson } from "../wire.ts";
import type { Guild, User } from "../world.ts";

/** What is set for the app in the developer portal. */
export interface AppSetUp {
  /** Bit set of the privileged intents that the app was granted. */
  readonly granted: number;
  readonly interactionsEndpointUrl: string | null;
  readonly requiresCodeGrant: boolean;
}

/** The flags of an app in few servers: resources/application#application-object-application-flags. */
const LIMITED_FLAGS: readonly (readonly [intent: number, flag: number])[] = [
  [INTENTS.guildPresences, 1 << 13],
  [INTENTS.guildMembers, 1 << 15],
  [INTENTS.messageContent, 1 << 19],
];

/** Who the app is and where: users, applications, guilds, and the address of the gateway. */
export function whoRoutes(gatewayUrl: () => string, setUp: AppSetUp): readonly Route[] {
  const application = (context: Context) => applicationOf(context, setUp);
  return [
    route("GET /gateway/bot", () => ({
      status: 200,
      body: {
        url: gatewayUrl(),
        shards: 1,
        session_start_limit: { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 16 },
      },
    })),
    route("GET /users/@me", ({ world }) => ({
      status: 200,
      body: { ...userJson(world.bot), verified: true },
    })),
    route("GET /users/:user", (context) => ({ status: 200, body: userJson(userOf(context)) })),
    route("GET /applications/@me", application),
    route("GET /oauth2/applications/@me", application),
    route("GET /guilds/:guild", (context) => ({ status: 200, body: guildObject(guildOf(context)) })),
    route("GET /guilds/:guild/members/:user", (context) => {
      const user = context.world.users.get(context.param("user"));
      if (user === undefined) throw refusals.unknownMember();
      return { status: 200, body: memberJson(user, guildOf(context)) };
    }),
  ];
}

function applicationOf(
  { world }: Context,
  { granted, interactionsEndpointUrl, requiresCodeGrant }: AppSetUp,
): { status: number; body: unknown } {
  return {
    status: 200,
    body: {
      id: world.applicationId,
      name: "paperboy",
      icon: null,
      description: "",
      summary: "",
      bot_public: true,
      bot_require_code_grant: requiresCodeGrant,
      verify_key: "0".repeat(64),
      flags: LIMITED_FLAGS.reduce((bits, [intent, flag]) => bits | (has(granted, intent) ? flag : 0), 0),
      interactions_endpoint_url: interactionsEndpointUrl,
      bot: userJson(world.bot),
      integration_types_config: { "0": {}, "1": {} },
    },
  };
}

function userOf(context: Context): User {
  const user = context.world.users.get(context.param("user"));
  if (user === undefined) throw refusals.unknownUser();
  return user;
}

function guildOf(context: Context): Guild {
  const guild = context.world.guilds.get(context.param("guild"));
  if (guild === undefined || !guild.botMember) throw refusals.unknownGuild();
  return guild;
}
