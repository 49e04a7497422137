import { isDeepStrictEqual } from "node:util";
import { refusals } from "../api-error.ts";
import { COMMANDS_OF_TYPE, command, commands, overfullType } from "../checks/commands.ts";
import { problemsOf } from "../checks/shape.ts";
import { textOf, type Json } from "../json.ts";
import { route, type Context, type Route } from "../router.ts";
import { commandJson } from "../wire.ts";
import { type RegisteredCommand } from "../world.ts";

const GLOBAL = "/applications/:app/commands";
const IN_GUILD = "/applications/:app/guilds/:guild/commands";

/** Registering application commands, globally and in one guild: interactions/application-commands#endpoints. */
export const commandRoutes: readonly Route[] = [GLOBAL, IN_GUILD].flatMap((base) => [
  route(`GET ${base}`, listCommands),
  route(`PUT ${base}`, overwrite),
  route(`POST ${base}`, create),
  route(`GET ${base}/:command`, (context) => ({
    status: 200,
    body: commandJson(found(context), context.world),
  })),
  route(`PATCH ${base}/:command`, edit),
  route(`DELETE ${base}/:command`, remove),
]);

function listCommands(context: Context): { status: number; body: Json[] } {
  const { world } = context;
  return { status: 200, body: inScope(context).map((one) => commandJson(one, world)) };
}

function overwrite(context: Context): { status: number; body: Json[] } {
  const before = inScope(context);
  const given = context.bodyList(commands);
  refuseOverfull(given);
  keep(
    context,
    given.map((one) => entry(context, one, before)),
    before,
  );
  return listCommands(context);
}

function create(context: Context): { status: number; body: Json } {
  const before = inScope(context);
  const given = context.body(command);
  const same = before.find((one) => isSame(one.declared, given));
  const others = before.filter((one) => one !== same);
  refuseOverfull([...others.map(({ declared }) => declared), given]);
  const made = entry(context, given, before);
  keep(context, [...others, made], before);
  return { status: same === undefined ? 201 : 200, body: commandJson(made, context.world) };
}

function edit(context: Context): { status: number; body: Json } {
  const before = inScope(context);
  const old = found(context);
  // What is left out stays, so that what is checked is the command as it will be.
  const whole = context.body((patch, path, problems) => {
    const next = typeof patch === "object" ? { ...old.declared, ...patch } : patch;
    for (const problem of problemsOf(command, next))
      problems.push({ ...problem, path: [...path, ...problem.path] });
  });
  const made = { ...old, version: context.world.newId(), declared: { ...old.declared, ...whole } };
  keep(
    context,
    before.map((one) => (one === old ? made : one)),
    before,
  );
  return { status: 200, body: commandJson(made, context.world) };
}

function remove(context: Context): { status: number } {
  const old = found(context);
  const before = inScope(context);
  keep(
    context,
    before.filter((one) => one !== old),
    before,
  );
  return { status: 204 };
}

/** The registered command that a declaration becomes: an unchanged one keeps id and version, an edited one its id. */
function entry(context: Context, declared: Json, before: readonly RegisteredCommand[]): RegisteredCommand {
  const old = before.find((one) => isSame(one.declared, declared));
  if (old !== undefined && isDeepStrictEqual(old.declared, declared)) return old;
  const { world } = context;
  return { id: old?.id ?? world.newId(), version: world.newId(), guildId: scopeOf(context), declared };
}

function keep(context: Context, next: RegisteredCommand[], before: readonly RegisteredCommand[]): void {
  const { world } = context;
  const guildId = scopeOf(context);
  const created = next.filter((one) => before.every((old) => old.id !== one.id)).length;
  world.commands = [...world.commands.filter((one) => one.guildId !== guildId), ...next];
  world.commandWrites.push({ guildId, created, at: world.now() });
}

function scopeOf(context: Context): string | undefined {
  if (context.param("app") !== context.world.applicationId) throw refusals.unknownApplication();
  const guildId = context.param("guild");
  if (guildId === "") return undefined;
  if (context.world.guilds.get(guildId)?.botMember !== true) throw refusals.missingAccess();
  return guildId;
}

function inScope(context: Context): RegisteredCommand[] {
  const guildId = scopeOf(context);
  return context.world.commands.filter((one) => one.guildId === guildId);
}

function found(context: Context): RegisteredCommand {
  const id = context.param("command");
  const one = inScope(context).find((candidate) => candidate.id === id);
  if (one === undefined) throw refusals.unknownCommand();
  return one;
}

function refuseOverfull(list: readonly Json[]): void {
  const type = overfullType(list);
  if (type !== undefined) throw refusals.tooManyCommands(COMMANDS_OF_TYPE[type] ?? 0);
}

function isSame(a: Json, b: Json): boolean {
  return textOf(a["name"]) === textOf(b["name"]) && (a["type"] ?? 1) === (b["type"] ?? 1);
}
