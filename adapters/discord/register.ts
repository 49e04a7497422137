import type { REST, RESTPostAPIApplicationCommandsJSONBody } from "discord.js";
import { Routes } from "discord.js";

/** Whether `known` says all that `wanted` says; Discord adds fields of its own, and leaves out those that are false or empty. */
function covers(known: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    const list = Array.isArray(known) ? (known as unknown[]) : [];
    return list.length === wanted.length && wanted.every((one, i) => covers(list[i], one));
  }
  if (typeof wanted === "object" && wanted !== null) {
    const facts = (typeof known === "object" && known !== null ? known : {}) as Record<string, unknown>;
    return Object.entries(wanted).every(([key, value]) => covers(facts[key], value));
  }
  return known === wanted || (known === undefined && wanted === false);
}

function sameCommands(
  known: readonly Record<string, unknown>[],
  wanted: readonly RESTPostAPIApplicationCommandsJSONBody[],
): boolean {
  if (known.length !== wanted.length) return false;
  return wanted.every((one) => {
    const found = known.find(({ name, type }) => name === one.name && (type ?? 1) === (one.type ?? 1));
    const options = found?.["options"] ?? [];
    return found !== undefined && covers({ ...found, options }, one);
  });
}

/** Where commands are registered: everywhere, or in one server, where changes show at once. */
export interface Registry {
  readonly rest: REST;
  readonly applicationId: string;
  readonly guildId: string | undefined;
}

/** Tells Discord the commands when it knows others; true when it had to. Throws what the request throws. */
export async function registerCommands(
  { rest, applicationId, guildId }: Registry,
  wanted: readonly RESTPostAPIApplicationCommandsJSONBody[],
): Promise<boolean> {
  const route =
    guildId === undefined
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guildId);
  const known = (await rest.get(route)) as Record<string, unknown>[];
  if (sameCommands(known, wanted)) return false;
  await rest.put(route, { body: wanted });
  return true;
}
