import { operatorsDeed } from "../../../../src/store/kept/audit.ts";
import type { Deed } from "../../../../src/store/kept/audit.ts";
import { hashOfKey, newApiKey } from "../../../../src/store/secrets/api-key.ts";
import type { ApiKeys } from "../../../../src/store/store.ts";
import { UserError } from "../../../../src/user-error.ts";
import type { Settings } from "../../settings/settings.ts";
import { openStore } from "../../state/open-store.ts";
import type { ExitCode } from "../../surroundings.ts";
import type { AtHand, ProgramOrder } from "../order.ts";

const USAGE = [
  "Let programs ask by the HTTP API, at /api/v1 of the web pages.",
  "",
  "  paperboy key create NAME     draws a key, and prints it once: what is kept of it opens nothing",
  "  paperboy key list            names the keys that there are",
  "  paperboy key revoke NAME     ends a key at once, also while the bot runs",
  "",
  "A program sends its key as “Authorization: Bearer KEY”. docs/programs.md has examples.",
].join("\n");

const WANTED = "Say paperboy key create NAME, paperboy key list or paperboy key revoke NAME.";

/** What a key may be called: a word without spaces, that fits a line. */
const NAME = /^[\w.-]{1,40}$/;

/** What is asked of the keys. */
type Asked =
  | { readonly kind: "create" | "revoke"; readonly name: string }
  | { readonly kind: "list"; readonly name?: never };

const deedOf = ({ kind, name }: Asked): Deed => ({
  ...operatorsDeed({ action: `key ${kind}`, detail: "" }),
  subject: name ?? "",
});

/** Where a key is of use, for whoever has just made it. */
function whereWords({ web, api }: Settings): string {
  if (web === undefined)
    return "Set PAPERBOY_WEB_PORT and start Paperboy: the API is served with the web pages, at /api/v1.";
  if (api.access === "off") return "PAPERBOY_API is off: set it to keys, or leave it out, to serve the API.";
  return `The API is at ${web.url ?? `http://${web.host}:${web.port}`}/api/v1 while Paperboy runs.`;
}

async function create(keys: ApiKeys, asked: Asked & { name: string }, { settings, around }: AtHand) {
  const key = newApiKey();
  if (!(await keys.create(asked.name, hashOfKey(key), deedOf(asked))))
    throw new UserError(
      `There is a key “${asked.name}” already. Take another name, or end it first: paperboy key revoke ${asked.name}`,
    );
  around.stdout.write(`${key}\n`);
  around.stderr.write(`This is the key “${asked.name}”. It is shown this once. ${whereWords(settings)}\n`);
}

async function list(keys: ApiKeys, { around }: AtHand): Promise<void> {
  const there = await keys.list();
  const lines = there.map(({ name, createdAt }) => `${name}  made ${createdAt.toISOString().slice(0, 10)}`);
  around.stdout.write(
    `${lines.length === 0 ? "There is no key. To make one: paperboy key create NAME" : lines.join("\n")}\n`,
  );
}

async function revoke(keys: ApiKeys, asked: Asked & { name: string }, { around }: AtHand): Promise<void> {
  if (!(await keys.revoke(asked.name, deedOf(asked))))
    throw new UserError(
      `There is no key “${asked.name}”, and nothing was changed. Those that there are: paperboy key list`,
    );
  around.stdout.write(`The key “${asked.name}” opens nothing any more.\n`);
}

async function work(asked: Asked, hand: AtHand): Promise<ExitCode> {
  const store = await openStore(hand.settings, asked.kind === "list", hand.log);
  try {
    if (asked.kind === "list") await list(store.keys, hand);
    else if (asked.kind === "create") await create(store.keys, asked, hand);
    else await revoke(store.keys, asked, hand);
    return 0;
  } finally {
    await store.close();
  }
}

function readAsked([kind, name, ...more]: readonly string[]): Asked {
  if (kind === "list" && name === undefined) return { kind };
  if ((kind !== "create" && kind !== "revoke") || name === undefined || more.length > 0)
    throw new UserError(WANTED);
  if (!NAME.test(name))
    throw new UserError(
      `“${name}” cannot be the name of a key: it has at most 40 letters, digits, dots, hyphens or underscores. Such as: paperboy key create reading-list`,
    );
  return { kind, name };
}

/** `paperboy key create NAME`, `key list`, `key revoke NAME`. */
export const keyOrder: ProgramOrder = {
  name: "key",
  summary: [
    ["key create NAME", "let a program ask by the HTTP API: prints its key, once"],
    ["key list", "name the keys that there are"],
    ["key revoke NAME", "end a key at once"],
  ],
  usage: USAGE,
  parse: (words) => {
    const asked = readAsked(words);
    const state = asked.kind === "list" ? "reads" : "changes";
    return { needs: "settings", state, run: (hand) => work(asked, hand) };
  },
};
