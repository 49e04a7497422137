import { describe, expect, it } from "vitest";
import { createTestClock } from "./clock.ts";
import { startCrossref } from "./crossref.ts";
import { startOpenAlex } from "./openalex.ts";
import { startSemanticScholar } from "./semantic-scholar.ts";
import type { FakeService } from "./service.ts";

const headers = { "user-agent": "Paperboy/0.1.0 (+mailto:me@example.org)" };
const NOW = "2026-03-06T12:00:00Z";
const ME = "mailto=me@example.org";

async function ask(fake: FakeService, path: string, more: RequestInit = {}) {
  const response = await fetch(`${fake.url}${path}`, { headers, ...more });
  await response.text();
  return { status: response.status, violations: fake.violations };
}

describe("the fake Crossref", () => {
  it.each([
    [`/works/10.1145%2F3442188.3445922?${ME}`, 200, []],
    [`/works/10.1145/3442188.3445922?${ME}`, 200, []],
    [`/works/10.1/nothing?${ME}`, 404, []],
    [`/works?filter=doi:10.1145/3442188.3445922&rows=1001&${ME}`, 400, []],
    [`/works?filter=title:x&${ME}`, 400, []],
    [`/works?query=x&${ME}`, 200, ["/works knows no “query”"]],
    ["/works?rows=1", 200, ["no mailto"]],
  ])("answers %s with %i", async (path, status, violations) => {
    const fake = await startCrossref({ clock: createTestClock(NOW) });
    expect(await ask(fake, path)).toEqual({ status, violations });
  });

  it("answers 429 to who asks too fast, and notes it", async () => {
    const fake = await startCrossref({ clock: createTestClock(NOW) });
    await ask(fake, `/works?rows=1&${ME}`);
    const { status, violations } = await ask(fake, `/works?rows=1&${ME}`);
    expect([status, violations]).toEqual([429, ["only 0 ms after the last request"]]);
  });
});

describe("the fake OpenAlex", () => {
  it.each([
    [`/works/W2741809807?select=id,title&${ME}`, 200, []],
    [`/works/W1?select=id&${ME}`, 404, []],
    [`/works/W2741809807?select=id,host_venue&${ME}`, 400, []],
    [`/works?filter=doi:10.7717/peerj.4375|10.1/x&select=id&per_page=100&${ME}`, 200, []],
    [`/works?filter=author:x&select=id&${ME}`, 400, []],
    [`/works?per_page=101&select=id&${ME}`, 400, []],
    [`/works?sort=x&select=id&${ME}`, 200, ["/works knows no “sort”"]],
    [`/works?search=x&${ME}`, 200, ["everything of a work, though a part of it is read"]],
    ["/works?select=id", 200, ["no mailto"]],
  ])("answers %s with %i", async (path, status, violations) => {
    const fake = await startOpenAlex({ clock: createTestClock(NOW) });
    expect(await ask(fake, path)).toEqual({ status, violations });
  });
});

describe("the fake Semantic Scholar", () => {
  const batch = (body: unknown): RequestInit => ({ method: "POST", body: JSON.stringify(body) });

  it.each([
    ["/graph/v1/paper/search?query=literature&fields=title&limit=100", {}, 200, []],
    ["/graph/v1/paper/search?query=literature&limit=101", {}, 400, []],
    ["/graph/v1/paper/search", {}, 400, []],
    ["/graph/v1/paper/search?query=x&page=1", {}, 200, ["/graph/v1/paper/search knows no “page”"]],
    ["/graph/v1/paper/batch?fields=title", batch({ ids: ["ACL:N18-3011", "MAG:1"] }), 200, []],
    ["/graph/v1/paper/batch?fields=titel", batch({ ids: ["ACL:N18-3011"] }), 400, []],
    ["/graph/v1/paper/batch", batch({ ids: ["MAG:1"] }), 400, []],
    ["/graph/v1/paper/batch", batch({ ids: ["ACL:N18-3011", "nonsense"] }), 400, []],
    ["/graph/v1/paper/batch", batch({ ids: Array.from({ length: 501 }, () => "MAG:1") }), 400, []],
    ["/graph/v1/paper/batch", {}, 405, []],
  ])("answers %s with its body", async (path, request, status, violations) => {
    const fake = await startSemanticScholar({ clock: createTestClock(NOW) });
    expect(await ask(fake, path, request)).toEqual({ status, violations });
  });

  it("refuses a key that it did not give", async () => {
    const fake = await startSemanticScholar({ clock: createTestClock(NOW), key: "right" });
    const wrong = { headers: { ...headers, "x-api-key": "wrong" } };
    expect((await ask(fake, "/graph/v1/paper/search?query=x", wrong)).status).toBe(403);
  });
});
