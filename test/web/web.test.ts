import { spawn } from "node:child_process";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request } from "node:http";
import { text as textOf } from "node:stream/consumers";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Parser } from "htmlparser2";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Bot } from "../../src/bot/bot.ts";
import { createRoutes } from "../../adapters/web/routes.ts";
import { programSpawn, runProgram } from "../support/run-program.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { createSeedBot } from "../support/seed-bot.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** The compiled program with its pages, and how it is ended. */
async function start(env: Readonly<Record<string, string>> = {}, state?: string) {
  const folder = state ?? (await temporaryFolder());
  const child = spawn(...programSpawn([], { PAPERBOY_STATE: folder, PAPERBOY_WEB_PORT: "0", ...env }));
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = { log: "" };
  child.stderr.on("data", (chunk: Buffer) => (said.log += chunk.toString()));
  await expect.poll(() => said.log, { timeout: 30_000 }).toMatch(/Web: pages at http:\S+/);
  const address = /Web: pages at (http:\S+)/.exec(said.log)?.[1] ?? "";
  const end = async () => {
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "close");
    return child.exitCode;
  };
  return { address, said, end };
}

/** A page as a browser reads it: its elements with their attributes, and the text between them. */
function read(page: string) {
  const elements: { readonly name: string; readonly attributes: Readonly<Record<string, string>> }[] = [];
  let text = "";
  const parser = new Parser({
    onopentag: (name, attributes) => void elements.push({ name, attributes }),
    ontext: (more) => (text += more),
  });
  parser.end(page);
  return {
    elements,
    text,
    links: elements.flatMap(({ attributes: { href } }) => (href === undefined ? [] : [href])),
  };
}

const unasked = () => Promise.reject(new Error("not asked here"));

/** The pages over the bundled papers, without a network, and what the bot was asked for them. */
async function pages() {
  const { bot: seed, library } = await createSeedBot();
  const asked: string[] = [];
  const bot: Bot = {
    ...seed,
    handle: (call) => {
      asked.push(call.command);
      return seed.handle(call);
    },
  };
  const { log, errors } = collectingLog();
  const app = createRoutes(
    { bot, log, newReference: () => "ref-1", mcp: unasked },
    (host) => host === "localhost",
  );
  const get = async (path: string, host = "localhost") => {
    const response = await app.request(`http://${host}${path}`, { headers: { host } });
    const body = await response.text();
    return { status: response.status, headers: response.headers, body, ...read(body) };
  };
  return { get, errors, library, asked };
}

describe("a page that was just made", () => {
  it("is given to the next who asks for the same, with the same headers, and no other is", async () => {
    const { get, asked } = await pages();
    const first = await get("/search?q=curriculum+learning");
    const before = asked.length;
    const second = await get("/search?q=curriculum+learning");
    expect([second.status, second.body, [...second.headers]]).toEqual([200, first.body, [...first.headers]]);
    expect(asked).toHaveLength(before);
    expect((await get("/search?q=curriculum+learning&page=2")).body).not.toBe(first.body);
    const wrong = "/search?q=learning+since%3Asoonish";
    expect([(await get(wrong)).status, (await get(wrong)).status]).toEqual([400, 400]);
    expect(asked.filter((command) => command === "search")).toHaveLength(4);
  });
});

describe("the pages", () => {
  it("search, lead to a paper and from there to those near it and to its citation", async () => {
    const { get } = await pages();
    const found = await get("/search?q=curriculum+learning");
    expect([found.status, found.text.includes("1–10 of")]).toEqual([200, true]);
    expect(found.elements.filter(({ name }) => name === "article")).toHaveLength(10);
    const next = found.links.find((link) => link.includes("page=2")) ?? "";
    expect(next).toBe("/search?q=curriculum+learning&page=2");
    expect((await get(next)).text).toContain("11–20 of");
    const paper = found.links.find((link) => link.startsWith("/paper/")) ?? "";
    const shown = await get(paper);
    expect(shown.elements.filter(({ name }) => name === "h1")).toHaveLength(1);
    const similar = shown.links.find((link) => link.startsWith("/similar?")) ?? "";
    expect((await get(similar)).text).toContain("Papers like");
    const cite = shown.links.find((link) => link.startsWith("/cite?")) ?? "";
    expect((await get(cite)).text).toMatch(/@\w+\{/);
  });

  it("show of a paper who says each fact, its citation in every form, as a file too, and the papers near it", async () => {
    const { get, library } = await pages();
    await library.take([
      {
        title: "Wombats that read: curriculum learning",
        date: "2026-03-06",
        authors: {
          kind: "named",
          names: Array.from(
            { length: 30 },
            (_none, i) => `Ann ${"abcdefghij"[i % 10]}${"klm"[Math.floor(i / 10)]}`,
          ),
        },
        listedOn: "refs <1>.bib",
        sourceKind: "file",
        readAt: "2026-03-09T00:00:00Z",
      } as never,
    ]);
    const page = await get("/paper/title:wombats-that-read-curriculum-learning");
    expect([page.status, page.elements.filter(({ name }) => name === "h1").length]).toEqual([200, 1]);
    expect(page.text).toMatch(/6 March 2026\s+\(refs <1>\.bib, 9 March 2026\)/);
    expect(page.text).toContain("Ann jm");
    const forms = page.elements.filter(({ name }) => name === "summary");
    expect(forms).toHaveLength(6);
    const files = page.links.filter((link) => link.startsWith("/cite/file?"));
    expect(files).toHaveLength(6);
    for (const link of files) {
      const { status, headers, body } = await get(link);
      expect([status, headers.get("content-type")]).toEqual([200, "text/plain; charset=utf-8"]);
      expect(headers.get("content-disposition")).toMatch(
        /^attachment; filename="[\w.-]+\.(?:bib|ris|json|md|txt)"$/,
      );
      expect(page.body.replaceAll("&quot;", '"').replaceAll("&#39;", "'")).toContain(
        body.trim().split("\n")[0],
      );
    }
    expect(page.elements.filter(({ name }) => name === "h3")).toHaveLength(5);
    expect(page.body.length).toBeLessThan(100_000);
    const cited = await get("/cite?paper=wombats+that+read&format=ris");
    const [file = ""] = cited.links.filter((link) => link.startsWith("/cite/file?"));
    expect((await get(file)).body).toContain("TY  - ");
    expect((await get("/cite/file?paper=no-such-paper")).status).toBe(404);
    expect((await get("/cite/file?paper=wombats+that+read&format=word")).status).toBe(400);
  });

  it("narrow a search down by links that are searches themselves, each with how many papers it leaves", async () => {
    const { get } = await pages();
    const all = await get("/search?q=models");
    const sources = all.links.filter((link) => link.includes("q=source%3A"));
    expect([sources.length > 1, all.text.includes("Source")]).toEqual([true, true]);
    const [first = ""] = sources;
    const count = Number(/\.txt \((\d+)\)/.exec(all.text)?.[1]);
    const narrow = await get(first);
    expect([narrow.status, narrow.text.includes(`of ${count} papers`)]).toEqual([200, true]);
    const back = narrow.links.find((link) => link === "/search?q=models");
    expect([back, narrow.elements.some(({ attributes }) => attributes["class"] === "on")]).toEqual([
      "/search?q=models",
      true,
    ]);
    const next = narrow.links.find((link) => link.includes("page=2")) ?? "";
    expect((await get(next)).text).toContain(`of ${count} papers`);
    expect((await get("/search?q=models+org%3Anobody")).links).toContain("/search?q=models");
  });

  it("never answer one visitor with what another one asked", async () => {
    const { get } = await pages();
    await get("/search?q=curriculum+learning");
    const { status, text } = await get("/cite?paper=1-3");
    expect(status).toBe(400);
    expect(text).toContain("“1-3” are numbers of a list, and there is none");
  });

  it("show the paper of the day, of a topic too, one at random, and what papers there are", async () => {
    const { get } = await pages();
    expect((await get("/today?topics=diffusion")).text).toContain("Paper of the day");
    expect((await get("/random")).elements.some(({ name }) => name === "h1")).toBe(true);
    expect((await get("/about")).text).toContain("544");
    expect((await get("/")).elements.some(({ name }) => name === "form")).toBe(true);
  });

  it("say what is wrong, with the status of an error", async () => {
    const { get } = await pages();
    const refused = await get("/search?q=after%3Achristmas+models");
    expect([refused.status, refused.text.includes("“after:christmas” is not a date")]).toEqual([400, true]);
    expect((await get("/paper/no-such-paper-at-all")).status).toBe(404);
    expect((await get("/paper/%E0%A4%A")).status).toBe(404);
    expect((await get("/wp-login.php")).status).toBe(404);
    expect((await get("/search")).status).toBe(302);
    expect((await get(`/search?q=${"x".repeat(2001)}`)).status).toBe(400);
    expect((await get("/search?q=model&page=0")).status).toBe(400);
  });

  it("escape all that people type and papers say, and let a browser load nothing of others", async () => {
    const { get } = await pages();
    const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)>`;
    for (const path of ["/search?q=", "/similar?papers=", "/cite?paper=", "/paper/", "/today?topics="]) {
      const { elements, headers } = await get(path + encodeURIComponent(hostile));
      expect(elements.some(({ name }) => name === "script" || name === "img")).toBe(false);
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    }
    const { elements, body } = await get("/search?q=models");
    expect(
      elements.some(({ attributes }) => Object.keys(attributes).some((name) => name.startsWith("on"))),
    ).toBe(false);
    expect(body.length).toBeLessThan(100_000);
  });

  it("answer to no other host's name, as which a foreign page could read them", async () => {
    const { get } = await pages();
    expect((await get("/search?q=models", "paperboy.example")).status).toBe(421);
  });

  it("are refused for a second where too many are asked for at once, so that chats need not wait", async () => {
    const { bot } = await createSeedBot();
    const { log } = collectingLog();
    let atOnce = { now: 0, most: 0 };
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const slow: typeof bot = {
      ...bot,
      handle: async (call) => {
        atOnce = { now: atOnce.now + 1, most: Math.max(atOnce.most, atOnce.now + 1) };
        await opened;
        const reply = await bot.handle(call);
        atOnce = { ...atOnce, now: atOnce.now - 1 };
        return reply;
      },
    };
    const app = createRoutes({ bot: slow, log, newReference: () => "ref-1", mcp: unasked }, () => true);
    const ask = async (path: string) => app.request(`http://localhost${path}`);
    const asked = Array.from({ length: 22 }, () => ask("/search?q=models"));
    const [page, program] = [await ask("/search?q=models"), await ask("/api/v1/search?query=models")];
    expect([page.status, page.headers.get("retry-after"), program.status]).toEqual([503, "1", 503]);
    expect(program.headers.get("content-type")).toBe("application/problem+json");
    open();
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(asked.map(() => 200));
    expect(atOnce).toEqual({ now: 0, most: 2 });
    expect((await ask("/style.css")).status).toBe(200);
    expect((await ask("/search?q=models")).status).toBe(200);
  });

  it("tell a reference where something fails, and the log the fault", async () => {
    const { bot } = await createSeedBot();
    const { log, errors } = collectingLog();
    const broken = { ...bot, handle: () => Promise.reject(new Error("out of order")) };
    const app = createRoutes({ bot: broken, log, newReference: () => "ref-1", mcp: unasked }, () => true);
    const response = await app.request("http://localhost/about");
    expect([response.status, (await response.text()).includes("ref-1")]).toEqual([500, true]);
    expect(errors.map(String).join()).toContain("out of order");
  });
});

describe("the program", () => {
  it("serves pages on loopback where a port is set, and ends at once when it is told to", async () => {
    const { address, end, said } = await start();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const response = await fetch(`${address}search?q=grokking`);
    expect([response.status, (await response.text()).includes("Grokking")]).toEqual([200, true]);
    expect(await end()).toBe(0);
    expect(said.log).not.toMatch(/error|warn/);
  });

  it("answers the Model Context Protocol there too, to many clients at once", async () => {
    const { address, said, end } = await start();
    const clients = await Promise.all(
      ["a", "b", "c"].map(async (name) => {
        const client = new Client({ name, version: "1" });
        await client.connect(new StreamableHTTPClientTransport(new URL(`${address}mcp`)));
        return client;
      }),
    );
    const answers = await Promise.all(
      clients.map((client) => client.callTool({ name: "search_papers", arguments: { query: "grokking" } })),
    );
    for (const { content } of answers) expect(JSON.stringify(content)).toContain("Grokking");
    await Promise.all(clients.map((client) => client.close()));
    expect(await end()).toBe(0);
    expect(said.log).not.toMatch(/error|warn/);
  });

  it("takes the public address for its own name, and no other", async () => {
    const { address } = await start({ PAPERBOY_WEB_URL: "https://papers.example" });
    const ask = async (host: string) => {
      const asked = request(address, { headers: { host } });
      asked.end();
      const [response] = (await once(asked, "response")) as [IncomingMessage];
      await textOf(response);
      return response.statusCode;
    };
    expect(await ask("papers.example")).toBe(200);
    expect(await ask("other.example")).toBe(421);
  });

  it("says which setting to change where a port is taken or is none", async () => {
    const state = await temporaryFolder();
    const { address } = await start({}, state);
    const { port } = new URL(address);
    const taken = await runProgram([], { PAPERBOY_STATE: state, PAPERBOY_WEB_PORT: port });
    expect([taken.code, taken.stderr]).toEqual([
      2,
      expect.stringContaining(`127.0.0.1:${port}: EADDRINUSE. Set PAPERBOY_WEB_PORT`),
    ]);
    const none = await runProgram([], { PAPERBOY_STATE: state, PAPERBOY_WEB_PORT: "web" });
    expect([none.code, none.stderr]).toEqual([
      2,
      "PAPERBOY_WEB_PORT is “web”; it must be a whole number from 0 to 65535.\n",
    ]);
  });

  it("opens no port without one that is set", async () => {
    const { stderr, stdout } = await runProgram([], { PAPERBOY_STATE: await temporaryFolder() }, "exit\n");
    expect(stdout).toContain("Paperboy knows 544 papers");
    expect(stderr).not.toContain("Web");
  });
});
