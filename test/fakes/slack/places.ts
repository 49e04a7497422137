import { randomBytes } from "node:crypto";
import { newId, type Channel, type Person, type Token, type Workspace, type World } from "./world.ts";

/** What a new channel may be told. */
export interface ChannelSettings {
  /** Default public. */
  readonly kind?: "public" | "private";
  /** Whether the bot is a member (default true). */
  readonly botMember?: boolean;
  readonly archived?: boolean;
}

/** Adds someone to a workspace. */
export function addPerson(world: World, teamId: string, person: Partial<Person> & { name: string }): Person {
  const isBot = person.isBot ?? false;
  const realName = person.realName ?? person.name[0]?.toUpperCase() + person.name.slice(1);
  const made = { id: newId("U"), timeZone: "Europe/Paris", ...person, teamId, isBot, realName };
  world.people.set(made.id, made);
  return made;
}

/** Adds a channel of which all people are members. */
export function addChannel(
  world: World,
  place: { readonly teamId: string; readonly botUser: Person },
  named: ChannelSettings & { readonly name: string },
): Channel {
  const { teamId, botUser } = place;
  const people = [...world.people.values()].filter((one) => one.teamId === teamId && !one.isBot);
  const members = new Set(people.map(({ id }) => id));
  if (named.botMember ?? true) members.add(botUser.id);
  const archived = named.archived ?? false;
  const made: Channel = {
    id: newId("C"),
    name: named.name,
    teamId,
    kind: named.kind ?? "public",
    members,
    archived,
  };
  world.channels.set(made.id, made);
  return made;
}

/** Adds a workspace with ana, ben, #general, #quiet and #secret; `scopes` are granted where it is installed. */
export function addWorkspace(world: World, name: string, installed: boolean): Workspace {
  const id = newId("T");
  const botUser = addPerson(world, id, { name: "paperboy", isBot: true });
  const ana = addPerson(world, id, { name: "ana" });
  const ben = addPerson(world, id, { name: "ben", timeZone: "America/New_York" });
  const place = { teamId: id, botUser };
  const workspace: Workspace = {
    id,
    name,
    domain: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"),
    botUser,
    botId: newId("B"),
    ana,
    ben,
    general: addChannel(world, place, { name: "general" }),
    quiet: addChannel(world, place, { name: "quiet", botMember: false }),
    secret: addChannel(world, place, { name: "secret", kind: "private", botMember: false }),
    ...newPair(world),
  };
  world.workspaces.push(workspace);
  const state = installed ? "active" : "account_inactive";
  grant(world, workspace, { pair: workspace, scopes: world.app.scopes, state });
  return workspace;
}

type Pair = Pick<Workspace, "botToken" | "refreshToken">;

/** Tokens of the forms that bots have: authentication/tokens, authentication/using-token-rotation. */
export function newPair(world: World): Pair {
  const botToken = `xoxb-${randomBytes(6).toString("hex")}-${randomBytes(12).toString("hex")}`;
  if (world.app.tokenLife === undefined) return { botToken, refreshToken: "" };
  return { botToken: `xoxe.${botToken}`, refreshToken: `xoxe-1-${randomBytes(24).toString("hex")}` };
}

/** Lets tokens work; with rotation for their time, and the second one once. */
export function grant(
  world: World,
  workspace: Workspace,
  { pair, scopes, state }: { readonly pair: Pair } & Pick<Token, "scopes" | "state">,
): void {
  const { tokenLife } = world.app;
  const expiry = tokenLife === undefined ? {} : { expiresAt: world.clock.now() + tokenLife * 1000 };
  world.tokens.set(pair.botToken, { kind: "bot", workspace, scopes, state, ...expiry });
  if (pair.refreshToken !== "")
    world.refreshTokens.set(pair.refreshToken, { workspace, scopes, used: false });
}

/** Makes a workspace's tokens answer an error from now on. */
export function revokeTokens(world: World, workspace: Workspace, state: Token["state"]): void {
  for (const token of world.tokens.values()) {
    if (token.workspace === workspace && token.kind === "bot") token.state = state;
  }
  for (const one of world.refreshTokens.values()) if (one.workspace === workspace) one.used = true;
}
