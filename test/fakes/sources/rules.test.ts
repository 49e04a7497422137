import { describe, expect, it } from "vitest";
import { startArxiv } from "./arxiv.ts";
import { createTestClock } from "./clock.ts";
import { startHuggingFace } from "./hugging-face.ts";

const headers = { "user-agent": "Paperboy/0.1.0 (+mailto:me@example.org)" };
const NOW = "2026-03-06T12:00:00Z";

describe("the fake Hugging Face", () => {
  const ask = async (path: string) => {
    const fake = await startHuggingFace({ clock: createTestClock(NOW) });
    const response = await fetch(`${fake.url}${path}`, { headers });
    const body: unknown = await response.json();
    return { status: response.status, count: Array.isArray(body) ? body.length : undefined, fake };
  };

  it.each([
    ["/api/daily_papers?date=2026-03-04", 200, 6],
    ["/api/daily_papers?date=2026-03-05&limit=100&p=1", 200, 30],
    ["/api/daily_papers?date=2026-03-07", 400, undefined],
    ["/api/daily_papers?date=2026-02-28", 200, 0],
    ["/api/daily_papers?date=yesterday", 400, undefined],
    ["/api/daily_papers?week=2026-W10&limit=5", 200, 5],
    ["/api/daily_papers?week=2026-10", 400, undefined],
    ["/api/daily_papers?month=2026-03", 200, 50],
    ["/api/daily_papers?limit=0", 400, undefined],
    ["/api/daily_papers?limit=101", 400, undefined],
    ["/api/daily_papers?p=-1", 400, undefined],
    ["/api/papers/search?q=attention&limit=120", 200, 74],
    ["/api/papers/search?q=attention&limit=121", 400, undefined],
    [`/api/papers/search?q=${"x".repeat(251)}`, 400, undefined],
    ["/api/papers/search", 400, undefined],
    ["/api/unknown", 404, undefined],
  ])("answers %s with %i", async (path, status, count) => {
    expect(await ask(path)).toMatchObject({ status, count });
  });

  it("notes parameters that it does not know", async () => {
    const { fake } = await ask("/api/daily_papers?day=2026-03-04");
    expect(fake.violations).toEqual(["/api/daily_papers knows no “day”"]);
  });

  it("answers 429 beyond its limit, and notes it", async () => {
    const fake = await startHuggingFace({ clock: createTestClock(NOW), limit: 1 });
    const statuses = [];
    for (let i = 0; i < 2; i++) {
      const response = await fetch(`${fake.url}/api/daily_papers`, { headers });
      statuses.push([response.status, response.headers.get("ratelimit")]);
      await response.text();
    }
    expect(statuses).toEqual([
      [200, '"api";r=0;t=300'],
      [429, '"api";r=0;t=300'],
    ]);
    expect(fake.violations).toEqual(["more requests than the window allows"]);
  });
});

describe("the fake arXiv", () => {
  it.each([
    ["2603.00003,2603.00001v2", ["2603.00001", "2603.00003"]],
    ["2603.00001,2603.99999", ["2603.00001"]],
    ["2603.99999", []],
  ])("asked for the ids %s gives %o, and says nothing of the others", async (ids, given) => {
    const fake = await startArxiv({ clock: createTestClock(NOW) });
    const response = await fetch(`${fake.url}/api/query?id_list=${ids}`, { headers });
    const entries = (await response.text()).matchAll(/<id>http:\/\/arxiv\.org\/abs\/(.+)v1<\/id>/g);
    expect(response.status).toBe(200);
    expect(Array.from(entries, ([, id]) => id)).toEqual(given);
  });

  it.each([
    ["/api/query?id_list=2603.00001,2603.00002", 200],
    ["/api/query?id_list=nonsense", 400],
    ["/api/query?search_query=x", 400],
    ["/api/query?id_list=2603.00001&max_results=2001", 400],
    ["/api/query?id_list=2603.00001&start=29999&max_results=2", 400],
    ["/api/query?id_list=2603.00001&start=-1", 400],
    ["/api/query?id_list=2603.00001&sortBy=votes", 400],
    ["/api/query?id_list=2603.00001&sortOrder=up", 400],
    ["/rss/cs.CL+cs.LG", 200],
    ["/atom/cs.CL", 200],
    ["/abs/2603.00001", 404],
  ])("answers %s with %i", async (path, status) => {
    const fake = await startArxiv({ clock: createTestClock(NOW) });
    const response = await fetch(`${fake.url}${path}`, { headers });
    expect(response.status).toBe(status);
    await response.text();
    expect(fake.violations).toEqual([]);
  });
});
