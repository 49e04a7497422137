import { mkdtemp, rm } from "node:fs/promises";
import { devNull, tmpdir } from "node:os";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import path from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const program = path.resolve("dist/adapters/cli/main.js");

/** A client of the protocol's own library, on the compiled program. */
async function connect(state: string): Promise<Client> {
  const client = new Client({ name: "test", version: "1" });
  const env = {
    PATH: process.env["PATH"] ?? "",
    PAPERBOY_ENV_FILE: devNull,
    PAPERBOY_LOG_FORMAT: "text",
    PAPERBOY_STATE: state,
  };
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [program, "mcp"], env }));
  return client;
}

interface Answer {
  readonly text: string;
  readonly papers: readonly Readonly<Record<string, unknown>>[];
  readonly isError: boolean;
}

async function call(client: Client, name: string, args: Record<string, unknown>): Promise<Answer> {
  const { content, structuredContent, isError } = await client.callTool({ name, arguments: args });
  const [first] = content;
  return {
    text: first?.type === "text" ? first.text : "",
    papers: (structuredContent as { papers?: Answer["papers"] } | undefined)?.papers ?? [],
    isError: isError === true,
  };
}

let client: Client;
beforeAll(async () => {
  const state = await mkdtemp(path.join(tmpdir(), "paperboy-test-"));
  client = await connect(state);
  return async () => {
    await client.close();
    await rm(state, { recursive: true });
  };
}, 60_000);

describe("a program that speaks the Model Context Protocol", () => {
  it("is told the tools, each with what its command takes", async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      "search_papers",
      "similar_papers",
      "get_paper",
      "cite_papers",
      "topic_trends",
      "paper_map",
      "todays_paper",
    ]);
    const [search] = tools;
    expect(search?.inputSchema).toMatchObject({
      type: "object",
      required: ["query"],
      properties: {
        query: { type: "string", maxLength: 2000 },
        sort: { enum: ["relevance", "newest", "discussed"] },
        limit: { type: "integer", minimum: 1, maximum: 100 },
      },
    });
    expect(Object.keys(tools[2]?.inputSchema.properties ?? {})).toEqual(["paper"]);
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true);
  });

  it("searches, and gets the papers as data too, with ids that the other tools take", async () => {
    const { text, papers } = await call(client, "search_papers", { query: "curriculum learning", limit: 3 });
    expect(text).toContain("1–3 of 3");
    expect(text).not.toContain("Next");
    expect(papers).toHaveLength(3);
    const id = String(papers[0]?.["id"]);
    const near = await call(client, "similar_papers", { papers: id, limit: 2 });
    expect(near.papers).toHaveLength(2);
    const shown = await call(client, "get_paper", { paper: id });
    expect(shown.papers[0]).toMatchObject({ id, title: papers[0]?.["title"] });
    expect((await call(client, "cite_papers", { paper: id })).text).toMatch(/^@\w+\{/);
    const uri = `paperboy://paper/${encodeURIComponent(id)}`;
    const { contents } = await client.readResource({ uri });
    const [record] = contents;
    expect(record).toMatchObject({ uri, mimeType: "application/json" });
    expect(JSON.parse(record && "text" in record ? record.text : "")).toMatchObject({ id });
  });

  it("gets a map and a trend in words, as data and as a picture", async () => {
    const asked = { paper_map: { papers: "FastDINOv2" }, topic_trends: { words: "diffusion" } };
    for (const [name, args] of Object.entries(asked)) {
      const { content, structuredContent } = await client.callTool({ name, arguments: args });
      const [words, image] = content;
      expect(words?.type === "text" && words.text).toBeTruthy();
      if (image?.type !== "image") throw new Error(`${name} has no picture`);
      expect([image.mimeType, Buffer.from(image.data, "base64").subarray(1, 4).toString()]).toEqual([
        "image/png",
        "PNG",
      ]);
      const { papers, trends } = structuredContent as { papers?: { near: unknown[] }[]; trends?: unknown[] };
      expect((papers ?? trends)?.length).toBeGreaterThan(0);
      expect(papers?.[0]?.near.length ?? 10).toBe(10);
    }
  });

  it("gets the paper of the day, of a topic too", async () => {
    const { text, papers } = await call(client, "todays_paper", { topics: "diffusion" });
    expect(text).toContain("Paper of the day");
    expect(text.toLowerCase()).toContain("diffusion");
    expect(papers[0]).toMatchObject({ id: expect.any(String) as string });
  });

  it("is told what it can mend, and what is not there", async () => {
    expect(await call(client, "search_papers", {})).toMatchObject({ isError: true });
    expect(await call(client, "search_papers", { query: "x", nonsense: 1 })).toMatchObject({ isError: true });
    const refused = await call(client, "search_papers", { query: "pretraining after:christmas" });
    expect(refused).toMatchObject({ isError: true, papers: [] });
    expect(refused.text).toContain("“after:christmas” is not a date");
    const absent = await call(client, "get_paper", { paper: "no such title at all" });
    expect(absent).toMatchObject({ isError: false, papers: [] });
    await expect(client.readResource({ uri: "paperboy://paper/nothing" })).rejects.toThrow("not found");
  });

  it("finds what another program takes in meanwhile", async () => {
    const state = await temporaryFolder();
    const other = await connect(state);
    onTestFinished(() => other.close());
    const paper = JSON.stringify({ title: "On the homes of wombats", abstract: "They dig." });
    expect((await runProgram(["ingest", "-"], { PAPERBOY_STATE: state }, `${paper}\n`)).code).toBe(0);
    await expect
      .poll(async () => (await call(other, "search_papers", { query: "wombats" })).papers.length, {
        timeout: 90_000,
        interval: 1000,
      })
      .toBe(1);
  }, 120_000);

  it("ends the program when it leaves, and nothing but the protocol is on its output", async () => {
    const opening = JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "t", version: "1" } },
    });
    const { code, stdout } = await runProgram(
      ["mcp"],
      { PAPERBOY_STATE: await temporaryFolder() },
      `${opening}\nno JSON at all\n`,
    );
    expect(code).toBe(0);
    const lines = stdout.trim().split("\n");
    expect(lines.map((line) => JSON.parse(line) as object)[0]).toMatchObject({
      id: 1,
      result: { serverInfo: { name: "paperboy" } },
    });
  });

  it("is started with no words behind its name", async () => {
    const { code, stderr } = await runProgram(["mcp", "now"], { PAPERBOY_STATE: await temporaryFolder() });
    expect([code, stderr]).toEqual([
      2,
      "“mcp” takes no words, but got “now”. A program starts it: paperboy mcp\n",
    ]);
  });
});
