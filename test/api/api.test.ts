import { readFile } from "node:fs/promises";
import path from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyOrder } from "../../adapters/cli/orders/state/key-order.ts";
import type { Body, Started } from "./started.ts";
import { startProgram } from "./started.ts";

const APP = "https://app.example";
let program: Started;
let key = "";
beforeAll(async () => {
  program = await startProgram({ PAPERBOY_API_ORIGINS: APP, PAPERBOY_API_LIMIT: "1000" });
  key = (await program.order("key", "create", "tests")).stdout.trim();
}, 60_000);
afterAll(() => program.end());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

async function ask(where: string, init: RequestInit = {}): Promise<Answer> {
  const headers = { authorization: `Bearer ${key}`, ...(init.headers as Record<string, string> | undefined) };
  const response = await fetch(`${program.address}/api/v1${where}`, { ...init, headers });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: JSON.parse(text === "" ? "{}" : text) as Body,
  };
}

const typeOf = ({ headers }: Answer): string | undefined => headers.get("content-type")?.split(";")[0];
const detailOf = ({ body }: Answer): string => body.detail;

/** Says whether an answer is as the document says. */
async function createReferee() {
  const { body: document } = await ask("/openapi.json");
  const ajv = new Ajv2020({ strict: false }).addSchema(document, "document");
  return (where: string, answer: Answer): unknown[] => {
    const status = String(answer.status);
    const place =
      status === "200"
        ? `paths/${where.replaceAll("/", "~1")}/get/responses/200/content/application~1json/schema`
        : `components/responses/${status}/content/application~1problem+json/schema`;
    const check = ajv.compile({ $ref: `document#/${place}` });
    check(answer.body);
    const type = status === "200" ? "application/json" : "application/problem+json";
    return [...(check.errors ?? []), ...(typeOf(answer) === type ? [] : [typeOf(answer)])];
  };
}

describe("the document", () => {
  it("is OpenAPI 3.1, and read without a key", async () => {
    const response = await fetch(`${program.address}/api/v1/openapi.json`);
    const document = (await response.json()) as { openapi: string };
    expect(document.openapi).toBe("3.1.0");
    expect(await new Validator().validate(document)).toEqual({ valid: true });
  });

  it("takes for parameters what the commands take for options", async () => {
    const { body } = await ask("/openapi.json");
    const names = Object.fromEntries(
      Object.entries(body.paths).map(([where, { get }]) => [where, get.parameters.map(({ name }) => name)]),
    );
    expect(names).toEqual({
      "/search": ["query", "after", "before", "organisation", "sort", "page", "limit", "filters"],
      "/similar": ["papers", "page", "limit"],
      "/trend": ["words", "per"],
      "/map": ["papers"],
      "/papers/{paper}": ["paper"],
      "/cite": ["paper", "format", "style", "with"],
      "/archive/{archive}": ["month", "archive", "page", "limit"],
      "/suggest": ["text", "limit"],
    });
  });
});

describe("an answer", () => {
  it("is a page of a list, with links to those around it", async () => {
    const referee = await createReferee();
    const first = await ask("/search?query=curriculum+learning&limit=3");
    expect([first.status, first.body.papers.length, first.body.page]).toEqual([200, 3, 1]);
    expect(referee("/search", first)).toEqual([]);
    expect(first.headers.get("link")).toBe(
      '</api/v1/search?query=curriculum+learning&limit=3&page=2>; rel="next"',
    );
    const all: string[] = [];
    for (let next: string | undefined = "/search?query=curriculum+learning&limit=100"; next !== undefined;) {
      const { body, headers } = await ask(next);
      all.push(...body.papers.map(({ id }) => id));
      next = /<\/api\/v1([^>]+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1];
    }
    expect([all.length, new Set(all).size]).toEqual([first.body.total, first.body.total]);
    const after = await ask("/search?query=curriculum+learning&page=9999");
    expect([after.status, detailOf(after).includes("The list ends before page 9999")]).toEqual([422, true]);
    expect(referee("/search", after)).toEqual([]);
  });

  it("is a map or a trend with its picture, which has no scripts and no links", async () => {
    const referee = await createReferee();
    for (const [where, query, most] of [
      ["/map", "papers=FastDINOv2", 11],
      ["/trend", "words=diffusion", 1],
    ] as const) {
      const answered = await ask(`${where}?${query}`);
      const body = answered.body as unknown as Record<"papers" | "trends", unknown[]> & {
        picture: { alt: string; svg: string };
      };
      expect([answered.status, referee(where, answered)]).toEqual([200, []]);
      expect((where === "/map" ? body.papers : body.trends).length).toBe(most);
      expect(body.picture.svg).toMatch(/^<svg [^]*<\/svg>\s*$/);
      expect(body.picture.svg).not.toMatch(/<script|href=|url\(/);
      expect(body.picture.alt.length).toBeGreaterThan(20);
    }
    const missing = await ask("/map?papers=qqqqzzzz");
    expect([missing.status, referee("/map", missing)]).toEqual([422, []]);
  });

  it("is a paper, those near it, its citation in every form, and what completes its title", async () => {
    const referee = await createReferee();
    const { body: found } = await ask("/search?query=curriculum+learning&limit=1");
    const { id = "", title = "" } = found.papers[0] ?? {};
    const paper = await ask(`/papers/${encodeURIComponent(id)}`);
    expect([paper.status, paper.body.paper.id, referee("/papers/{paper}", paper)]).toEqual([200, id, []]);
    const similar = await ask(`/similar?papers=${encodeURIComponent(id)}&limit=2`);
    expect([similar.body.papers.length, referee("/similar", similar)]).toEqual([2, []]);
    for (const format of ["bibtex", "biblatex", "ris", "csl-json", "markdown", "text"]) {
      const cited = await ask(`/cite?paper=${encodeURIComponent(id)}&format=${format}`);
      expect([format, cited.status, referee("/cite", cited)]).toEqual([format, 200, []]);
      expect(cited.body.citations[0]?.[format]).toBeDefined();
    }
    const suggested = await ask(`/suggest?text=${encodeURIComponent(title.slice(0, 20))}&limit=5`);
    expect(suggested.body.suggestions.map(({ label }) => label)).toContain(title);
    expect(referee("/suggest", suggested)).toEqual([]);
    const counted = await ask("/search?query=models&filters=on&limit=1");
    const { query = "", count } = counted.body.filters.find(({ by }) => by === "source") ?? {};
    expect((await ask(`/search?query=${encodeURIComponent(query)}`)).body.total).toBe(count);
    expect(referee("/search", counted)).toEqual([]);
    const pasted = await ask(`/search?query=${encodeURIComponent(id)}`);
    expect([pasted.status, referee("/search", pasted)]).toEqual([200, []]);
  });

  it("is a problem in words where something is wrong, with a status for each kind", async () => {
    const referee = await createReferee();
    const wrong: readonly (readonly [where: string, status: number, words: string])[] = [
      ["/search", 400, "“query” is missing"],
      ["/search?query=", 400, "“query” is empty"],
      ["/search?query=a&query=b", 400, "“query” is given twice"],
      ["/search?q=a", 400, "“q” is no parameter here; there are: query, after"],
      ["/search?query=a&limit=1000", 400, "“limit” is “1000”; it must be a whole number from 1 to 100"],
      ["/search?query=a&limit=1e1", 400, "“limit” is “1e1”"],
      ["/search?query=a&sort=oldest", 400, "must be one of relevance, newest, discussed"],
      [`/search?query=${"x".repeat(2001)}`, 400, "“query” has 2001 characters; at most 2000"],
      ["/search?query=after%3Achristmas+models", 422, "is not a date"],
      ["/search?query=%20", 422, "Search for what?"],
      ["/cite?paper=1-3", 422, "“1-3” are numbers of a list, and there is none"],
      ["/papers/no-such-paper-at-all", 404, "No title fits"],
      ["/papers/%E0%A4%A", 404, "No title fits"],
      ["/papers", 404, "/api/v1/openapi.json says what there is"],
      ["", 404, "/api/v1/openapi.json says what there is"],
    ];
    for (const [where, status, words] of wrong) {
      const answer = await ask(where);
      expect([where, answer.status, answer.body.status]).toEqual([where, status, status]);
      expect(detailOf(answer)).toContain(words);
      expect(referee(where, answer)).toEqual([]);
    }
    const several = await ask("/papers/learning");
    expect([several.status, several.body.papers.length > 1, referee("", several)]).toEqual([404, true, []]);
    const post = await ask("/search?query=models", { method: "POST" });
    expect([post.status, post.headers.get("allow"), referee("", post)]).toEqual([405, "GET, HEAD", []]);
    expect((await ask("/search?query=models", { method: "HEAD" })).status).toBe(200);
  });

  it("is read by pages of the origins that a setting names, and of no other", async () => {
    const preflight = await fetch(`${program.address}/api/v1/search`, {
      method: "OPTIONS",
      headers: { origin: APP, "access-control-request-headers": "authorization" },
    });
    expect([preflight.status, preflight.headers.get("access-control-allow-headers")]).toEqual([
      204,
      "Authorization",
    ]);
    const allowed = async (origin: string, where: string): Promise<string | null> =>
      (await ask(where, { headers: { origin } })).headers.get("access-control-allow-origin");
    expect(await allowed(APP, "/search?query=models")).toBe(APP);
    expect(await allowed(APP, "/search")).toBe(APP);
    expect(await allowed("https://other.example", "/search?query=models")).toBeNull();
  });
});

describe("a key", () => {
  it("is shown once, kept as what opens nothing, noted in the audit, and ends at once", async () => {
    const made = await program.order("key", "create", "laptop");
    const own = made.stdout.trim();
    expect([made.code, own]).toEqual([0, expect.stringMatching(/^paperboy_[\w-]{43}$/)]);
    expect(made.stderr).toContain("It is shown this once.");
    const twice = await program.order("key", "create", "laptop");
    expect([twice.code, twice.stdout]).toEqual([2, ""]);
    expect(twice.stderr).toContain("There is a key “laptop” already");
    const asked = await ask("/search?query=models", { headers: { authorization: `Bearer ${own}` } });
    expect([asked.status, asked.headers.get("ratelimit")]).toEqual([
      200,
      expect.stringMatching(/^"minute";r=999;t=60$/),
    ]);
    expect((await program.order("key", "list")).stdout).toMatch(/^laptop {2}made \S+\ntests {2}made \S+\n$/);
    const files = await Promise.all(
      ["paperboy.sqlite", "paperboy.sqlite-wal"].map((name) =>
        readFile(path.join(program.state, name), "latin1").catch(() => ""),
      ),
    );
    expect([files.join("").includes("laptop"), files.join("").includes(own.slice(9))]).toEqual([true, false]);
    expect((await program.order("key", "revoke", "laptop")).code).toBe(0);
    const ended = await ask("/search?query=models", { headers: { authorization: `Bearer ${own}` } });
    expect([ended.status, ended.headers.get("www-authenticate")]).toEqual([
      401,
      expect.stringContaining("invalid_token"),
    ]);
    expect((await program.order("key", "revoke", "laptop")).code).toBe(2);
    const deeds = JSON.parse((await program.order("audit", "--json")).stdout) as {
      action: string;
      subject: string;
    }[];
    expect(deeds.map(({ action, subject }) => `${action} ${subject}`)).toEqual([
      "key revoke laptop",
      "key create laptop",
      "key create tests",
    ]);
    expect(program.said.log).not.toContain(own);
  });

  it("is needed for all but the document, and the last one that ends takes the API with it", async () => {
    const bare = await fetch(`${program.address}/api/v1/search?query=a`);
    expect([bare.status, bare.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="Paperboy"']);
    expect(((await bare.json()) as { detail: string }).detail).toContain("A key is needed");
    await program.order("key", "revoke", "tests");
    const gone = await fetch(`${program.address}/api/v1/openapi.json`);
    expect([gone.status, gone.headers.get("content-type")]).toEqual([404, "text/html; charset=UTF-8"]);
    key = (await program.order("key", "create", "tests")).stdout.trim();
    expect((await ask("/search?query=models")).status).toBe(200);
  });

  it("has a name that fits a line", () => {
    for (const words of [
      [],
      ["create"],
      ["create", "two words"],
      ["create", "a", "b"],
      ["list", "all"],
      ["burn", "x"],
    ])
      expect(() => keyOrder.parse(words)).toThrow(/Say paperboy key create NAME|cannot be the name of a key/);
  });
});
