import { textOf, type Json } from "../json.ts";
import { findMessage } from "../messages.ts";
import { grant, newPair, revokeTokens } from "../places.ts";
import { broken, refused } from "../slack-error.ts";
import { personJson } from "../wire.ts";
import type { Workspace, World } from "../world.ts";
import { visibleChannel, type Context, type Method } from "./context.ts";

const authTest: Method = ({ workspace }) => ({
  url: `https://${workspace.domain}.slack.com/`,
  team: workspace.name,
  user: workspace.botUser.name,
  team_id: workspace.id,
  user_id: workspace.botUser.id,
  bot_id: workspace.botId,
  is_enterprise_install: false,
});

const revoke: Method = ({ args, token }) => {
  if (args["test"] === true) return { revoked: false };
  token.state = "token_revoked";
  return { revoked: true };
};

const uninstall: Method = ({ world, args, workspace }) => {
  checkClient({ world, args });
  revokeTokens(world, workspace, "account_inactive");
  return {};
};

function checkClient({ world, args }: Pick<Context, "world" | "args">): void {
  if (args["client_id"] !== world.app.clientId) throw broken("invalid_client_id");
  if (args["client_secret"] !== world.app.clientSecret) throw broken("bad_client_secret");
}

/** The client's id and secret, from the body or as HTTP Basic. */
function credentials({ args, authorization }: Context): Json {
  if (!authorization.startsWith("Basic ")) return args;
  const [id, ...secret] = Buffer.from(authorization.slice(6), "base64").toString().split(":");
  return { ...args, client_id: id, client_secret: secret.join(":") };
}

type Pair = Pick<Workspace, "botToken" | "refreshToken">;

/** Tokens, as they are told: reference/methods/oauth.v2.access. */
function granted(world: World, workspace: Workspace, scopes: readonly string[], pair: Pair): Json {
  grant(world, workspace, { pair, scopes, state: "active" });
  const { tokenLife } = world.app;
  return {
    app_id: world.app.id,
    scope: scopes.join(","),
    token_type: "bot",
    access_token: pair.botToken,
    ...(tokenLife === undefined ? {} : { refresh_token: pair.refreshToken, expires_in: tokenLife }),
    bot_user_id: workspace.botUser.id,
    team: { id: workspace.id, name: workspace.name },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** Access tokens of a workspace that may be in use at once. */
const ACTIVE = 2;

/** A refresh token works once, and gives a new pair; the access token before works on: authentication/using-token-rotation. */
function refresh(world: World, args: Json): Json {
  if (world.app.tokenLife === undefined) throw broken("token_rotation_not_enabled");
  const known = world.refreshTokens.get(textOf(args["refresh_token"]));
  if (known === undefined || known.used) throw refused("invalid_refresh_token");
  known.used = true;
  const { workspace, scopes } = known;
  const active = [...world.tokens.values()].filter(
    (one) => one.workspace === workspace && one.kind === "bot",
  );
  for (const old of active.slice(0, 1 - ACTIVE)) old.state = "token_revoked";
  return granted(world, workspace, scopes, newPair(world));
}

/** A code works once: reference/methods/oauth.v2.access. */
const access: Method = (context) => {
  const { world, args } = context;
  checkClient({ world, args: credentials(context) });
  if (args["grant_type"] === "refresh_token") return refresh(world, args);
  if (args["grant_type"] !== undefined && args["grant_type"] !== "authorization_code")
    throw broken("invalid_grant_type");
  const code = world.codes.get(textOf(args["code"]));
  if (code === undefined || code.used) throw refused("invalid_code");
  const { redirect_uri: redirect } = args;
  if (redirect !== undefined && redirect !== code.redirectUri) throw broken("bad_redirect_uri");
  code.used = true;
  const { workspace, scopes } = code;
  const pair = world.app.tokenLife === undefined ? workspace : newPair(world);
  return { authed_user: { id: workspace.ana.id }, ...granted(world, workspace, scopes, pair) };
};

const usersInfo: Method = ({ world, args, workspace }) => {
  const person = world.people.get(textOf(args["user"]));
  if (person === undefined || person.teamId !== workspace.id) throw refused("user_not_found");
  const locale = args["include_locale"] === true ? { locale: "en-US" } : {};
  return { user: { ...personJson(person), ...locale } };
};

const botsInfo: Method = ({ world, args, workspace }) => {
  if (args["bot"] !== undefined && args["bot"] !== workspace.botId) throw refused("bot_not_found");
  const { botId: id, botUser } = workspace;
  return { bot: { id, deleted: false, name: botUser.name, app_id: world.app.id, user_id: botUser.id } };
};

const teamInfo: Method = ({ args, workspace }) => {
  if (args["team"] !== undefined && args["team"] !== workspace.id) throw refused("team_not_found");
  const { id, name, domain } = workspace;
  return { team: { id, name, domain, email_domain: "", icon: {} } };
};

function reacted(context: Context): string {
  const { world, args } = context;
  const channel = visibleChannel(context, args["channel"]);
  if (findMessage(world, channel, args["timestamp"]) === undefined) throw refused("message_not_found");
  const name = textOf(args["name"]);
  if (!/^[\w+'-]+$/.test(name)) throw broken("invalid_name");
  return `${channel.id}:${textOf(args["timestamp"])}:${name}`;
}

const react: Method = (context) => {
  const key = reacted(context);
  if (context.world.reactions.has(key)) throw refused("already_reacted");
  context.world.reactions.add(key);
  return {};
};

const unreact: Method = (context) => {
  if (!context.world.reactions.delete(reacted(context))) throw refused("no_reaction");
  return {};
};

/** The methods about the app, its workspace and the people there. */
export const APP: Readonly<Record<string, Method>> = {
  "api.test": ({ args }) => ({ args }),
  "apps.connections.open": ({ issueSocketUrl }) => ({ url: issueSocketUrl() }),
  "apps.uninstall": uninstall,
  "assistant.threads.setStatus": () => ({}),
  "auth.revoke": revoke,
  "auth.test": authTest,
  "bots.info": botsInfo,
  "oauth.v2.access": access,
  "reactions.add": react,
  "reactions.remove": unreact,
  "team.info": teamInfo,
  "users.info": usersInfo,
};
