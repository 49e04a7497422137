import { describe, expect, it } from "vitest";
import { userAgent } from "../../../src/sources/fetch/fetcher.ts";
import { createMemoryValidators } from "../../../src/sources/fetch/validators.ts";
import { createTestClock } from "../../fakes/sources/clock.ts";
import { startHuggingFace } from "../../fakes/sources/hugging-face.ts";
import type { KitOptions } from "../kit.ts";
import { askJson, createKit, outcome } from "../kit.ts";

async function setUp(more: Partial<KitOptions> = {}) {
  const clock = createTestClock("2026-03-06T12:00:00Z");
  const fake = await startHuggingFace({ clock });
  const fetcher = createKit({ clock, huggingFace: fake.url, ...more });
  const url = `${fake.url}/api/daily_papers?date=2026-03-04`;
  return { clock, fake, fetcher, url };
}

describe("who asks", () => {
  it("is named with a way to write to them", async () => {
    const { fake, fetcher, url } = await setUp();
    await fetcher(askJson(url));
    expect(fake.requests[0]?.headers["user-agent"]).toBe("Paperboy/0.1.0 (+mailto:me@example.org)");
    expect(fake.violations).toEqual([]);
  });

  it("needs no contact, and lets none break the header", () => {
    expect(userAgent("1.2.3", undefined)).toBe("Paperboy/1.2.3");
    expect(userAgent("1.2.3", " ")).toBe("Paperboy/1.2.3");
    expect(userAgent("1.2.3", "me@example.org\r\nX-Evil: 1")).toBe(
      "Paperboy/1.2.3 (+me@example.orgX-Evil: 1)",
    );
  });
});

describe("where requests go", () => {
  it("is only to allowed hosts", async () => {
    const { fake, fetcher } = await setUp();
    for (const url of ["http://127.0.0.1:1/x", fake.url.replace("http:", "https:"), "file:///etc/passwd"]) {
      expect(outcome(await fetcher(askJson(url)))).toMatch(/^expected an address at http:\/\/127/);
    }
    expect(outcome(await fetcher(askJson("not an address")))).toBe("expected a web address, found none");
    expect(fake.requests).toEqual([]);
  });

  it("stays there after a redirect: one to another host is not followed", async () => {
    const { fake, fetcher, url } = await setUp();
    const foreign = await startHuggingFace({ clock: createTestClock("2026-03-06T12:00:00Z") });
    fake.failNext({ kind: "redirect", to: `${foreign.url}/api/daily_papers` });
    expect(outcome(await fetcher(askJson(url)))).toBe(
      `expected an address at ${fake.url}, found ${foreign.url}`,
    );
    expect(foreign.requests).toEqual([]);
  });

  it("follows at most three redirects, each with a turn of its own", async () => {
    const { clock, fake, fetcher, url } = await setUp();
    fake.failNext({ kind: "redirect", to: "/api/daily_papers?date=2026-03-04&limit=3" }, 3);
    expect(outcome(await fetcher(askJson(url)))).toMatch(/^text/);
    expect(fake.requests).toHaveLength(4);
    expect(clock.slept).toEqual([1000, 1000, 1000]);
    fake.failNext({ kind: "redirect", to: url }, 4);
    expect(outcome(await fetcher(askJson(url)))).toBe(
      "expected an answer after at most 3 redirects, found one more",
    );
  });
});

describe("an answer that may come right the next time", () => {
  it.each([
    { kind: "status", status: 500 },
    { kind: "status", status: 503 },
    { kind: "html" },
    { kind: "short" },
    { kind: "cut" },
    { kind: "drop" },
  ] as const)("is asked for again: $kind $status", async (fault) => {
    const { fake, fetcher, url } = await setUp();
    fake.failNext(fault, 3);
    expect(outcome(await fetcher(askJson(url)))).toMatch(/^text/);
    expect(fake.requests).toHaveLength(4);
  });

  it.each([
    [{ kind: "status", status: 502 }, "status 502"],
    [{ kind: "html" }, "an HTML page, “503 Backend fetch failed”"],
    [{ kind: "short" }, "characters that are no JSON (cut off?)"],
  ] as const)("is a problem after four attempts: %o", async (fault, found) => {
    const { fake, fetcher, url } = await setUp();
    fake.failNext(fault, 9);
    const got = outcome(await fetcher(askJson(url)));
    expect(got).toContain("expected an answer (asked 4 times), found ");
    expect(got).toContain(found);
    expect(fake.requests).toHaveLength(4);
  });

  it("is waited for twice as long each time, by a random part of it, and never longer than the most", async () => {
    const slept = async (random: number): Promise<readonly number[]> => {
      const { clock, fake, fetcher, url } = await setUp({
        random: () => random,
        settings: { attempts: 5, backOffMs: [2000, 7000] },
        pace: { rules: {} },
      });
      fake.failNext({ kind: "status", status: 500 }, 9);
      await fetcher(askJson(url));
      return clock.slept;
    };
    expect(await slept(0.5)).toEqual([1000, 2000, 3500, 3500]);
    expect(await slept(0)).toEqual([0, 0, 0, 0]);
  });

  it("is a 4xx never: that is asked once", async () => {
    const { fake, fetcher } = await setUp();
    expect(outcome(await fetcher(askJson(`${fake.url}/api/daily_papers?limit=101`)))).toBe("refused 400");
    expect(fake.requests).toHaveLength(1);
  });
});

describe("a host that asks for a pause", () => {
  it.each([
    ["in seconds", "30"],
    ["as a date", "Fri, 06 Mar 2026 12:00:30 GMT"],
  ])("gets it: Retry-After %s", async (_form, value) => {
    const { fake, fetcher, url } = await setUp();
    fake.failNext({ kind: "status", status: 429, headers: { "retry-after": value } });
    expect(outcome(await fetcher(askJson(url)))).toMatch(/^text/);
    const [first, second] = fake.requests.map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBe(30_000);
  });

  it("gets it from all who ask it, not only from the request that was told", async () => {
    const { fake, fetcher, url } = await setUp();
    fake.failNext({ kind: "status", status: 429, headers: { "retry-after": "30" } });
    await Promise.all([fetcher(askJson(url)), fetcher(askJson(url))]);
    const times = fake.requests.map(({ at }) => at - (fake.requests[0]?.at ?? 0));
    expect(times).toEqual([0, 30_000, 31_000]);
  });

  it("is not waited for when it asks for hours; that is a problem that says until when", async () => {
    const { clock, fake, fetcher, url } = await setUp();
    fake.failNext({ kind: "status", status: 503, headers: { "retry-after": "7200" } });
    const expected = "expected a host that may be asked now, found “not before 2026-03-06T14:00:00.000Z”";
    expect(outcome(await fetcher(askJson(url)))).toBe(expected);
    expect(outcome(await fetcher(askJson(url)))).toBe(expected);
    expect(fake.requests).toHaveLength(1);
    clock.set("2026-03-06T14:00:00Z");
    expect(outcome(await fetcher(askJson(url)))).toMatch(/^text/);
  });

  it.each([
    ["for three days, as a date", "Mon, 09 Mar 2026 12:00:00 GMT", "2026-03-09T12:00:00.000Z"],
    ["for ever: that is a week", "9".repeat(400), "2026-03-13T12:00:00.000Z"],
  ])("is left alone when it asks %s", async (_long, value, until) => {
    const { clock, fake, fetcher, url } = await setUp();
    fake.failNext({ kind: "status", status: 429, headers: { "retry-after": value } });
    expect(outcome(await fetcher(askJson(url)))).toContain(`found “not before ${until}”`);
    clock.set(new Date(Date.parse(until) - 600_000).toISOString());
    expect(outcome(await fetcher(askJson(url)))).toContain(`found “not before ${until}”`);
    expect(fake.requests).toHaveLength(1);
    clock.set(until);
    expect(outcome(await fetcher(askJson(url)))).toMatch(/^text/);
  });

  it("says so with RateLimit headers too: none left means waiting for the window's end", async () => {
    const clock = createTestClock("2026-03-06T12:00:00Z");
    const fake = await startHuggingFace({ clock, limit: 3 });
    const fetcher = createKit({ clock, huggingFace: fake.url });
    const url = `${fake.url}/api/daily_papers?date=2026-03-04`;
    for (let i = 0; i < 5; i++) expect(outcome(await fetcher(askJson(url)))).toMatch(/^text/);
    expect(fake.violations).toEqual([]);
    expect((fake.requests[3]?.at ?? 0) - (fake.requests[0]?.at ?? 0)).toBeGreaterThanOrEqual(300_000);
  });
});

describe("a conditional request", () => {
  it("asks with what was remembered, and is told that nothing changed", async () => {
    const { fake, fetcher, url } = await setUp();
    const first = await fetcher(askJson(url, { conditional: true }));
    if (first.kind === "text") await first.remember();
    expect(await fetcher(askJson(url, { conditional: true }))).toEqual({ kind: "unchanged" });
    expect(fake.requests[1]?.headers["if-none-match"]).toMatch(/^W\//);
  });

  it("is not made before what was read counts as stored, nor where it was not asked for", async () => {
    const { fetcher, url } = await setUp();
    await fetcher(askJson(url, { conditional: true }));
    const second = await fetcher(askJson(url, { conditional: true }));
    expect(second.kind).toBe("text");
    if (second.kind === "text") await second.remember();
    expect((await fetcher(askJson(url))).kind).toBe("text");
  });

  it("is only a download more when nothing can be remembered", async () => {
    const validators = { ...createMemoryValidators(), put: () => Promise.reject(new Error("disk full")) };
    const { fetcher, url } = await setUp({ validators });
    for (let i = 0; i < 2; i++) {
      const got = await fetcher(askJson(url, { conditional: true }));
      expect(got.kind).toBe("text");
      if (got.kind === "text") await got.remember();
    }
  });

  it("is a problem when the store of validators fails, and nothing is thrown", async () => {
    const validators = {
      ...createMemoryValidators(),
      get: () => Promise.reject(new Error("database is locked")),
    };
    const { fetcher, url } = await setUp({ validators });
    expect(outcome(await fetcher(askJson(url, { conditional: true })))).toContain("database is locked");
  });
});

describe("a reader that gives up", () => {
  it("ends a request under way and the waiting before it", async () => {
    const { fake, fetcher, url } = await setUp();
    const stop = new AbortController();
    fake.failNext({ kind: "hang" });
    const arrived = fake.nextRequest();
    const got = fetcher(askJson(url, { signal: stop.signal }));
    const queued = fetcher(askJson(url, { signal: stop.signal }));
    await arrived;
    stop.abort(new Error("shutting down"));
    await expect(got).rejects.toThrow("shutting down");
    await expect(queued).rejects.toThrow("shutting down");
    expect(fake.requests).toHaveLength(1);
  });
});
