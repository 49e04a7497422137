import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { METHODS } from "./method-table.ts";

// Slack's own list is not part of this repository: it lies beside the project, or this is skipped.
const file = new URL("../../../../shared/platforms/slack-methods.json", import.meta.url);

interface Documented {
  readonly args: Readonly<Record<string, boolean>>;
  readonly scopes: Readonly<Record<string, readonly string[]>>;
}

/** What the pages say with which the fake differs on purpose. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  // The page gives `foo` as an example of the arguments that come back.
  "api.test": ["foo"],
  // Either argument is documented as optional; without it the method has nothing to do.
  "chat.unfurl": ["unfurls"],
};

describe.skipIf(!existsSync(file))("the table of methods", () => {
  const documented = existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, Documented>)
    : {};

  test.for(Object.keys(METHODS))("knows the arguments and scopes of %s", (method) => {
    const page = documented[method];
    const rule = METHODS[method];
    if (page === undefined || rule === undefined) throw new Error(`${method} is documented nowhere`);
    const own = OWN[method] ?? [];
    const named = [...rule.needs, ...rule.may].filter((name) => !own.includes(name));
    expect(named.filter((name) => !(name in page.args))).toEqual([]);
    const required = Object.keys(page.args).filter((name) => page.args[name] === true);
    expect(required.filter((name) => !rule.needs.includes(name))).toEqual([]);
    const { bot = [] } = page.scopes;
    expect(rule.scopes.filter((scope) => !bot.includes(scope))).toEqual([]);
    const free = rule.scopes.length === 0 && rule.family === undefined;
    expect(free).toBe(bot.length === 0);
  });
});
