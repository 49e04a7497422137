import { UserError } from "../../../src/user-error.ts";

/** A setting; undefined where it is empty. */
export const setting = (env: NodeJS.ProcessEnv, name: string): string | undefined =>
  env[name]?.trim() || undefined;

/** A setting that another one needs; a UserError says so where it is missing. */
export function needed(env: NodeJS.ProcessEnv, name: string, because: string): string {
  const value = setting(env, name);
  if (value === undefined)
    throw new UserError(`${name} is not set, but ${because}. docs/slack.md says where to find it.`);
  return value;
}

/** A port of this machine; 0 has the system choose one. Throws a UserError for what is none. */
export function readPort(name: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UserError(`${name} is “${text}”; it must be a whole number from 0 to 65535.`);
  return port;
}

/** What is on unless it is set to off. Throws a UserError for other words. */
export function readSwitch(env: NodeJS.ProcessEnv, name: string): boolean {
  const text = (setting(env, name) ?? "on").toLowerCase();
  if (text === "on" || text === "off") return text === "on";
  throw new UserError(`${name} is “${text}”; it must be on or off.`);
}

/** The address of a service, whose paths are its own; undefined where it is not set. */
export function readUrl(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const text = setting(env, name);
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return text;
  throw new UserError(
    `${name} is “${text}”; it must be a web address without a path, such as https://example.org.`,
  );
}

/** One of some words; the fallback where it is not set. */
export function readWord<const Word extends string>(
  env: NodeJS.ProcessEnv,
  name: string,
  [words, fallback]: readonly [words: readonly Word[], fallback: Word],
): Word {
  const text = setting(env, name);
  const found = text === undefined ? fallback : words.find((word) => word === text.toLowerCase());
  if (found !== undefined) return found;
  throw new UserError(
    `${name} is “${text}”; it must be ${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}.`,
  );
}
