import { ANSWER_TIME } from "../../../src/search/resting.ts";
import type { SearchEngine } from "../../../src/search/opensearch/client/client.ts";
import { UserError } from "../../../src/user-error.ts";
import { setting } from "./values.ts";

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Says what is wrong without the address, which may hold a password. */
const refuse = (what: string): UserError =>
  new UserError(
    `PAPERBOY_SEARCH_URL ${what}. It must look like https://search.example.org:9200, or http:// on this machine. Leave it out to keep the index in the state folder.`,
  );

function readNumber(
  env: NodeJS.ProcessEnv,
  name: string,
  { least, most, usual }: Record<"least" | "most" | "usual", number>,
): number {
  const text = setting(env, name) ?? String(usual);
  const number = Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new UserError(`${name} is “${text}”; it must be a whole number from ${least} to ${most}.`);
}

function readPrefix(env: NodeJS.ProcessEnv): string {
  const prefix = setting(env, "PAPERBOY_SEARCH_PREFIX") ?? "paperboy";
  if (/^[a-z0-9][a-z0-9_-]{0,63}$/.test(prefix)) return prefix;
  throw new UserError(
    `PAPERBOY_SEARCH_PREFIX is “${prefix}”; it must be at most 64 small letters, digits, - and _, and begin with a letter or digit.`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuse(
      "has a % in its name or password that is not followed by two hex digits (a % itself is written %25)",
    );
  }
}

/** The search engine of its own; undefined where none is set. */
export function readSearch(env: NodeJS.ProcessEnv): SearchEngine | undefined {
  const text = setting(env, "PAPERBOY_SEARCH_URL");
  if (text === undefined) return undefined;
  if (!URL.canParse(text)) throw refuse("is no web address");
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") throw refuse("is no web address");
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") throw refuse("has a path");
  if (url.protocol === "http:" && !LOOPBACK.test(url.hostname))
    throw refuse("would send papers and the password over the network without encryption");
  const user = setting(env, "PAPERBOY_SEARCH_USER") ?? decode(url.username);
  const password = setting(env, "PAPERBOY_SEARCH_PASSWORD") ?? decode(url.password);
  return {
    url: url.origin,
    ...(user === "" ? {} : { user }),
    ...(password === "" ? {} : { password }),
    prefix: readPrefix(env),
    shards: readNumber(env, "PAPERBOY_SEARCH_SHARDS", { least: 1, most: 100, usual: 1 }),
    patience: readNumber(env, "PAPERBOY_SEARCH_PATIENCE", { least: 100, most: 60_000, usual: ANSWER_TIME }),
    replicas: readNumber(env, "PAPERBOY_SEARCH_REPLICAS", { least: 0, most: 10, usual: 0 }),
  };
}
