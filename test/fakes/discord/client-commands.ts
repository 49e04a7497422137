import { COMMAND } from "./checks/commands.ts";
import { OPTION } from "./checks/command-options.ts";
import { ClientRefusal } from "./client-refusal.ts";
import { CONTEXT, contextOf } from "./interaction-payload.ts";
import { numberOf, recordsOf, textOf, type Json } from "./json.ts";
import { permissionBits, userMay } from "./permissions.ts";
import type { Channel, RegisteredCommand, User, World } from "./world.ts";

/** A declared command or subcommand that a person picked. */
export interface Picked {
  readonly command: RegisteredCommand;
  /** Group and subcommand on the way to it, outermost first. */
  readonly chain: readonly { type: number; name: string }[];
  /** The value options it declares. */
  readonly options: readonly Json[];
}

/** Who picks a command, and where. */
export interface Picker {
  readonly user: User;
  readonly channel: Channel;
}

/** Finds a slash command by what a person types, `paper search`; refuses what their client would not offer. */
export function pickSlash(world: World, typed: string, picker: Picker): Picked {
  const [name = "", ...rest] = typed.replace(/^\//, "").trim().split(/\s+/);
  const command = pick(world, { name, type: COMMAND.slash }, picker);
  let options = recordsOf(command.declared["options"]);
  const chain: { type: number; name: string }[] = [];
  for (const step of rest) {
    const next = options.find((one) => one["name"] === step && isNested(one));
    if (next === undefined) throw new ClientRefusal(`/${typed}: no subcommand "${step}".`);
    chain.push({ type: numberOf(next["type"]), name: step });
    options = recordsOf(next["options"]);
  }
  if (options.some(isNested)) throw new ClientRefusal(`/${typed} alone cannot be sent: it has subcommands.`);
  return { command, chain, options };
}

/** Finds a command of the menu on a message or a user. */
export function pickMenu(world: World, name: string, type: number, picker: Picker): RegisteredCommand {
  return pick(world, { name, type }, picker);
}

function isNested(option: Json): boolean {
  return option["type"] === OPTION.subcommand || option["type"] === OPTION.group;
}

function pick(
  world: World,
  { name, type }: { name: string; type: number },
  { user, channel }: Picker,
): RegisteredCommand {
  const named = world.commands.filter(({ declared }) => {
    return declared["name"] === name && numberOf(declared["type"], COMMAND.slash) === type;
  });
  const here = named.filter(({ guildId }) => guildId === undefined || guildId === channel.guild?.id);
  // A guild's own command hides a global one of the same name.
  const command = here.find(({ guildId }) => guildId !== undefined) ?? here[0];
  if (command === undefined) {
    const names = world.commands.map(({ declared }) => textOf(declared["name"])).join(", ");
    throw new ClientRefusal(`No command "${name}" of type ${type} here. Registered: ${names || "none"}.`);
  }
  refuseWrongPlace(command, user, channel);
  refuseMissingPermission(command, user, channel);
  return command;
}

function refuseWrongPlace({ declared, guildId }: RegisteredCommand, user: User, channel: Channel): void {
  const name = textOf(declared["name"]);
  const types = Array.isArray(declared["integration_types"]) ? declared["integration_types"] : [0];
  const context = contextOf(channel);
  const contexts = Array.isArray(declared["contexts"])
    ? declared["contexts"]
    : defaultContexts(types, declared);
  if (guildId === undefined && !contexts.includes(context)) {
    throw new ClientRefusal(
      `"${name}" is not offered in context ${context}; its contexts are ${contexts.join(", ")}.`,
    );
  }
  const byGuild = types.includes(0) && (channel.guild?.botMember ?? channel.kind === "dm");
  const byUser = types.includes(1) && user.hasApp;
  if (!byGuild && !byUser) {
    throw new ClientRefusal(`"${name}" is not installed here: neither to the server nor to ${user.name}.`);
  }
}

/** interactions/application-commands#interaction-contexts: everywhere that the kinds of installation reach. */
function defaultContexts(types: readonly unknown[], declared: Json): unknown[] {
  const everywhere = [CONTEXT.guild, CONTEXT.botDm, CONTEXT.privateChannel];
  const contexts = types.includes(1) ? everywhere : [CONTEXT.guild, CONTEXT.botDm];
  return declared["dm_permission"] === false ? [CONTEXT.guild] : contexts;
}

function refuseMissingPermission({ declared }: RegisteredCommand, user: User, channel: Channel): void {
  if (channel.guild === undefined) return;
  const needed = declared["default_member_permissions"];
  const name = textOf(declared["name"]);
  if (!userMay(user, permissionBits(["UseApplicationCommands"]))) {
    throw new ClientRefusal(`${user.name} may not use application commands.`);
  }
  if (typeof needed !== "string") return;
  // "0" leaves a command to administrators.
  const bits = BigInt(needed) === 0n ? permissionBits(["Administrator"]) : BigInt(needed);
  if (!userMay(user, bits))
    throw new ClientRefusal(`${user.name} lacks the permissions that "${name}" asks for.`);
}
