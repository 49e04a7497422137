import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { makeChanges } from "../../../src/search/opensearch/client/bulk.ts";
import { createEngine } from "../../../src/search/opensearch/client/client.ts";
import { UserError } from "../../../src/user-error.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

type Answer = (
  lines: readonly string[],
  request: IncomingMessage,
) => { status: number; body?: object } | undefined;

/** A server that answers requests in place of OpenSearch; where `answer` gives nothing it never does. */
async function engineAt(answer: Answer) {
  const asked: (readonly string[])[] = [];
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const lines = (await text(request)).split("\n").filter((line) => line !== "");
    asked.push(lines);
    const { status, body = {} } = answer(lines, request) ?? {};
    if (status === undefined) return;
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const engine = createEngine({
    url,
    user: "bot",
    password: "s3cret",
    prefix: "test",
    shards: 1,
    replicas: 0,
  });
  closing.push(() => {
    server.closeAllConnections();
    server.close();
    void engine.close();
  });
  return { engine, asked };
}

const changes = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ action: { index: { _id: String(i) } }, content: { n: i } }));
const idsOf = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => {
    const { index } = JSON.parse(line) as { index?: Record<"_id", string> };
    return index?.["_id"] ?? [];
  });
const taken = (lines: readonly string[]) => ({
  status: 200,
  body: { errors: false, items: idsOf(lines).map((id) => ({ index: { _id: id, status: 201 } })) },
});

describe("changes in an engine that is busy", () => {
  it("are made all the same where a request was refused for too many, and nothing is made twice by that", async () => {
    let refusals = 2;
    const { engine, asked } = await engineAt((lines) => (refusals-- > 0 ? { status: 429 } : taken(lines)));
    expect(await makeChanges(engine, "papers", changes(3))).toEqual([]);
    expect(asked.map(idsOf)).toEqual([
      ["0", "1", "2"],
      ["0", "1", "2"],
      ["0", "1", "2"],
    ]);
  });

  it("are sent again alone where some of a request were refused for too many", async () => {
    const { engine, asked } = await engineAt((lines) => {
      const items = idsOf(lines).map((id) => ({
        index: { _id: id, status: lines.length > 2 && id === "1" ? 429 : 201 },
      }));
      return { status: 200, body: { errors: true, items } };
    });
    expect(await makeChanges(engine, "papers", changes(3))).toEqual([]);
    expect(asked.map(idsOf)).toEqual([["0", "1", "2"], ["1"]]);
  });

  it("are sent in halves where a request was too large, and what is too large alone is told and left out", async () => {
    const { engine } = await engineAt((lines) =>
      idsOf(lines).length > 2 || lines.some((line) => line.includes("x".repeat(100)))
        ? { status: 413 }
        : taken(lines),
    );
    const large = { action: { index: { _id: "large" } }, content: { text: "x".repeat(100) } };
    const refused = await makeChanges(engine, "papers", [...changes(5), large]);
    expect(refused).toEqual([{ change: large, status: 413, reason: expect.any(String) as string }]);
  });

  it("are sent in portions of some hundred, in their order", async () => {
    const { engine, asked } = await engineAt(taken);
    await makeChanges(engine, "papers", changes(1201));
    expect(asked.map((lines) => idsOf(lines).length)).toEqual([500, 500, 201]);
    expect(asked.flatMap(idsOf)).toEqual(changes(1201).map((_change, i) => String(i)));
  });
});

describe("a question to an engine", () => {
  const question = { method: "POST", path: "/papers/_search", body: {} } as const;

  it("that never answers, refuses work, or is not there, is answered with words for people", async () => {
    const { engine: silent } = await engineAt(() => undefined);
    const { engine: busy } = await engineAt(() => ({ status: 503 }));
    const absent = createEngine({ url: "http://127.0.0.1:1", prefix: "test", shards: 1, replicas: 0 });
    closing.push(() => void absent.close());
    for (const engine of [silent, busy, absent]) {
      const failed = await engine.ask(question).catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(UserError);
      expect(String(failed)).toMatch(/Search is resting.*digests are safe/);
    }
  });

  it("that refuses the password is told with the settings to correct, and never with the password", async () => {
    const { engine } = await engineAt(() => ({ status: 401, body: { error: "no" } }));
    const failed = await engine.ask(question).catch((error: unknown) => error);
    expect(String(failed)).toMatch(/refuses the name or password.*PAPERBOY_SEARCH_PASSWORD/);
    expect(JSON.stringify(failed, Object.getOwnPropertyNames(failed))).not.toContain("s3cret");
  });

  it("has the name and password with it", async () => {
    let given: string | undefined;
    const { engine } = await engineAt((_lines, request) => {
      given = request.headers.authorization;
      return { status: 200 };
    });
    await engine.ask(question);
    expect(given).toBe(`Basic ${Buffer.from("bot:s3cret").toString("base64")}`);
  });
});
