import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import type { BOT_EVENTS } from "../../adapters/slack/declare.ts";
import { declareApp, SCOPES } from "../../adapters/slack/declare.ts";
import { commands } from "../../src/bot/bot.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const facts = path.join(root, "../shared/platforms");
const readJson = async (file: string): Promise<unknown> =>
  JSON.parse(await readFile(file, "utf8")) as unknown;

/** The scope that each event needs (docs.slack.dev/reference/events); those of an app itself need none. */
const EVENT_SCOPES: Readonly<Record<(typeof BOT_EVENTS)[number], string | undefined>> = {
  app_home_opened: undefined,
  app_mention: "app_mentions:read",
  app_uninstalled: undefined,
  link_shared: "links:read",
  reaction_added: "reactions:read",
  reaction_removed: "reactions:read",
  "message.im": "im:history",
  tokens_revoked: undefined,
};

/**
 * The scopes that a method needs, of those where several would do: by the kinds of conversation the bot is in, which
 * are public and private channels and its own direct messages.
 */
const KINDS = new Set(["channels:history", "groups:history", "im:history", "channels:read", "groups:read"]);

/** Slack's methods as they are documented, with the scopes of a bot's token. */
type Methods = Readonly<Record<string, { readonly scopes: { readonly bot?: readonly string[] } }>>;

/** Every Web API method that the adapter's sources call: `client.chat.postMessage(`. */
async function calledMethods(): Promise<string[]> {
  const folder = path.join(root, "adapters/slack");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  const sources = await Promise.all(files.map((name) => readFile(path.join(folder, name), "utf8")));
  const called = sources.flatMap((source) =>
    Array.from(
      source.matchAll(/\bclient\??\s*\.(auth|chat|files|views|conversations|users|apps)\.(\w+)\(/g),
      ([, family, name]) => `${family}.${name}`,
    ),
  );
  return [...new Set(called)].toSorted();
}

describe("the manifest", () => {
  it.each([
    ["socket-mode.json", { kind: "socket" } as const],
    ["http.json", { kind: "http", address: "https://paperboy.example.org" } as const],
  ])("%s is what the commands and features in use give (npm run slack:manifest)", async (name, transport) => {
    const written = await readJson(path.join(root, "adapters/slack/manifest", name));
    expect(written).toEqual(declareApp(commands, transport));
  });

  it.skipIf(!existsSync(path.join(facts, "slack-manifest.schema.json")))(
    "is one that Slack's schema allows",
    async () => {
      const schema = await readJson(path.join(facts, "slack-manifest.schema.json"));
      const validate = new Ajv({ strict: false, allErrors: true, formats: { uri: true } }).compile(
        schema as object,
      );
      for (const transport of [
        { kind: "socket" } as const,
        { kind: "http", address: "https://a.example" } as const,
      ]) {
        const valid = validate(declareApp(commands, transport));
        expect(validate.errors ?? []).toEqual([]);
        expect(valid).toBe(true);
      }
    },
  );

  it.skipIf(!existsSync(path.join(facts, "slack-methods.json")))(
    "holds the scopes that the bot's calls, events and commands need, and no other",
    async () => {
      const methods = (await readJson(path.join(facts, "slack-methods.json"))) as Methods;
      const called = await calledMethods();
      expect(called.length).toBeGreaterThan(7);
      expect(called.filter((method) => methods[method] === undefined)).toEqual([]);
      const needed = new Set(["commands"]);
      for (const scope of Object.values(EVENT_SCOPES)) if (scope !== undefined) needed.add(scope);
      for (const method of called) {
        const scopes = methods[method]?.scopes.bot ?? [];
        const own = scopes.filter((scope) => KINDS.has(scope));
        for (const scope of own.length > 0 ? own : scopes.slice(0, 1)) needed.add(scope);
      }
      expect(SCOPES.map(({ name }) => name).toSorted()).toEqual([...needed].toSorted());
    },
  );

  it("has every scope and its reason in docs/slack.md", async () => {
    const page = await readFile(path.join(root, "docs/slack.md"), "utf8");
    for (const { name, why } of SCOPES) {
      const row = page.split("\n").find((line) => line.includes(`\`${name}\``));
      expect(row).toContain(why);
    }
  });
});
