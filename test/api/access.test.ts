import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAllowances } from "../../adapters/api/access.ts";
import { createApi } from "../../adapters/api/api.ts";
import { Refusal } from "../../adapters/api/problems.ts";
import type { ApiSettings } from "../../adapters/api/settings.ts";
import { createMcpServer } from "../../adapters/mcp/server.ts";
import { integer } from "../../src/bot/options.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { createSeedBot } from "../support/seed-bot.ts";
import type { Body } from "./started.ts";
import { openTestStore } from "../support/test-store.ts";

const BASE = "http://localhost/api/v1";

/** The API over the bundled papers, with what a test changes of it. */
async function open(settings: Partial<ApiSettings> = {}) {
  const { bot } = await createSeedBot();
  const store = await openTestStore();
  const clock = { now: new Date("2026-11-30T09:00:00Z") };
  const parts = {
    settings: { access: "keys" as const, origins: [], limit: 3, ...settings },
    bot,
    keys: store.keys,
    log: collectingLog().log,
    now: () => clock.now,
    newReference: () => "ref-1",
    version: "1",
  };
  const api = createApi(parts);
  const ask = async (where: string, init?: RequestInit) => {
    const response = await api(new Request(`${BASE}${where}`, init));
    const body = (await response?.json()) as Body;
    return { status: response?.status, headers: response?.headers, body };
  };
  return { ask, parts, clock, store };
}

describe("who may ask", () => {
  it("is nobody before there is a key, anybody where a setting says so, and nobody where it says off", async () => {
    expect((await (await open()).ask("/openapi.json")).status).toBeUndefined();
    expect((await (await open({ access: "open" })).ask("/search?query=models")).status).toBe(200);
    const off = await open({ access: "off" });
    await off.store.keys.create("one", "hash");
    expect((await off.ask("/openapi.json")).status).toBeUndefined();
  });

  it("with a wrong key is refused even where none is needed, since a typing error would else stay unseen", async () => {
    const { ask } = await open({ access: "open" });
    for (const authorization of ["Bearer wrong", "Basic YTpi", "Bearer"])
      expect((await ask("/search?query=models", { headers: { authorization } })).status).toBe(401);
  });

  it("has no answer for pages of other origins, unless a setting names them", async () => {
    const { ask } = await open({ access: "open" });
    const headers = { origin: "https://app.example", "access-control-request-method": "GET" };
    for (const method of ["GET", "OPTIONS"]) {
      const answer = await ask("/search?query=models", { method, headers });
      expect(answer.headers?.get("access-control-allow-origin")).toBeNull();
    }
  });
});

/** For how many seconds somebody is told to wait; undefined where he is answered. */
function waitOf(ask: () => unknown): number | undefined {
  try {
    ask();
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return Number(error.problem.headers?.["Retry-After"]);
  }
}

describe("how often somebody may ask", () => {
  it("is told with every answer, and one request too many is told when to come back", async () => {
    const { ask, clock } = await open({ access: "open" });
    for (const left of [2, 1, 0])
      expect((await ask("/suggest?text=deep")).headers?.get("ratelimit")).toBe(`"minute";r=${left};t=60`);
    clock.now = new Date(clock.now.getTime() + 20_500);
    const refused = await ask("/search?wrong");
    expect([refused.status, refused.headers?.get("retry-after")]).toEqual([429, "40"]);
    expect(refused.headers?.get("ratelimit-policy")).toBe('"minute";q=3;w=60');
    expect(refused.body.detail).toBe("3 requests a minute are answered; ask again in 40 seconds.");
    clock.now = new Date(clock.now.getTime() + 40_000);
    expect((await ask("/suggest?text=deep")).status).toBe(200);
  });

  it("is the limit a minute for each by itself: then refused, and answered again once they waited as long as they were told", () => {
    const step = fc.record({ name: fc.constantFrom("a", "b"), seconds: fc.integer({ min: 0, max: 40 }) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 60 }), (limit, steps) => {
        let now = Date.parse("2026-11-30T09:00:00Z");
        const allow = createAllowances(limit, () => new Date(now));
        const since: Record<string, { at: number; answered: number }> = {};
        for (const { name, seconds } of steps) {
          now += seconds * 1000;
          const mine = since[name];
          const window = mine !== undefined && now < mine.at + 60_000 ? mine : { at: now, answered: 0 };
          since[name] = window;
          const wait = waitOf(() => allow(name));
          const expected = window.answered < limit ? undefined : (window.at + 60_000 - now) / 1000;
          expect(wait).toBe(expected);
          window.answered += 1;
        }
      }),
    );
  });

  it("begins anew when the clock is set back", () => {
    let now = Date.parse("2026-11-30T09:00:00Z");
    const allow = createAllowances(1, () => new Date(now));
    allow("a");
    expect(() => allow("a")).toThrow("1 requests a minute");
    now -= 3_600_000;
    expect(allow("a").RateLimit).toBe('"minute";r=0;t=60');
  });
});

describe("the API", () => {
  it("takes a new option or limit of a command at once, as the tools for models do", async () => {
    const { parts } = await open();
    const depth = integer({ description: "How deep", min: 1, max: 7, fallback: 1 });
    const commands = parts.bot.commands.map((command) =>
      command.name === "search"
        ? { ...command, description: "Search deeper", options: { ...command.options, depth } }
        : command,
    );
    const changed = { ...parts.bot, commands };
    const api = createApi({ ...parts, bot: changed, settings: { ...parts.settings, access: "open" } });
    const document = (await (await api(new Request(`${BASE}/openapi.json`)))?.json()) as Body;
    const { summary, parameters = [] } = document.paths["/search"]?.get ?? {};
    expect(summary).toBe("Search deeper");
    expect(parameters).toContainEqual({
      name: "depth",
      in: "query",
      required: false,
      description: "How deep",
      schema: { type: "integer", minimum: 1, maximum: 7 },
    });
    const refused = await api(new Request(`${BASE}/search?query=models&depth=8`));
    expect([refused?.status, await refused?.text()]).toEqual([
      400,
      expect.stringContaining("a whole number from 1 to 7"),
    ]);
    const caller = { platform: "mcp", user: "test", passing: true } as const;
    expect(() => createMcpServer({ bot: changed, version: "1", caller })).not.toThrow();
  });

  it("tells a reference where something fails, and the log the fault", async () => {
    const { parts } = await open();
    const { log, errors } = collectingLog();
    const broken = { ...parts.bot, complete: () => Promise.reject(new Error("out of order")) };
    const api = createApi({ ...parts, log, bot: broken, settings: { ...parts.settings, access: "open" } });
    const response = await api(new Request(`${BASE}/suggest?text=deep`));
    expect([response?.status, await response?.text()]).toEqual([500, expect.stringContaining("ref-1")]);
    expect(errors.map(String).join()).toContain("out of order");
  });
});
