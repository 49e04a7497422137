import { spawn } from "node:child_process";
import { once } from "node:events";
import type { RequestListener } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { describe, expect, it, onTestFinished } from "vitest";
import { WebSocketServer } from "ws";
import { SCOPES } from "../../adapters/slack/declare.ts";
import { programSpawn } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A server of one's own on loopback. */
async function serve(answer: RequestListener) {
  const server = createServer(answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}/api`, gateway: `ws://127.0.0.1:${port}` };
}

async function start(env: Readonly<Record<string, string>>) {
  const child = spawn(...programSpawn([], { PAPERBOY_STATE: await temporaryFolder(), ...env }));
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = { log: "" };
  child.stderr.on("data", (chunk: Buffer) => (said.log += chunk.toString()));
  const closed = once(child, "close");
  const says = async (words: string): Promise<void> => {
    await expect.poll(() => said.log, { timeout: 20_000 }).toContain(words);
  };
  const end = async (): Promise<number | null> => {
    child.kill("SIGTERM");
    await closed;
    return child.exitCode;
  };
  return { said, says, end };
}

const discordAt = (url: string) => ({ DISCORD_TOKEN: "a.to.ken", DISCORD_API_URL: url });
const slackAt = (url: string) => ({
  SLACK_APP_TOKEN: "xapp-1-a",
  SLACK_BOT_TOKEN: "xoxb-1-b",
  SLACK_API_URL: `${url}/`,
});

const PAGE = "<!DOCTYPE html><html><head><title>Sign in\n to the net</title></head></html>";

const answers: readonly (readonly [string, number, string, string, string])[] = [
  ["a web page", 200, "text/html", PAGE, "a web page “Sign in to the net” (HTTP 200)"],
  [
    "a web page that calls itself JSON",
    200,
    "application/json",
    PAGE,
    "a web page “Sign in to the net” (HTTP 200)",
  ],
  ["JSON that breaks off", 200, "application/json", '{"ok":true,"url":"wss:', "broken JSON (HTTP 200)"],
  ["{}", 200, "application/json", "{}", "an empty object in JSON (HTTP 200)"],
  ["[]", 200, "application/json", "[]", "a list in JSON (HTTP 200)"],
  ["null", 200, "application/json", "null", "the JSON null (HTTP 200)"],
  ["a string", 200, "application/json", '"xoxb-secret"', "a string in JSON (HTTP 200)"],
  ["another program's JSON", 200, "application/json", '{"ok":true}', "other JSON, with ok (HTTP 200)"],
  ["nothing", 200, "application/json", "", "an empty answer (HTTP 200)"],
  ["a redirect", 302, "text/html", PAGE, "a redirect (HTTP 302)"],
];

describe("where something else answers than Discord and Slack", () => {
  it.each(answers)("%s is named, with the setting to check, and the tries go on", async (...row) => {
    const [, status, type, body, found] = row;
    const { url } = await serve((_request, response) => {
      response.writeHead(status, { "content-type": type, location: "https://example.org/" }).end(body);
    });
    const { said, says, end } = await start({ ...discordAt(url), ...slackAt(url) });
    for (const [name, setting] of [
      ["Discord", "DISCORD_API_URL"],
      ["Slack", "SLACK_API_URL"],
    ])
      await says(
        `warn What answers at ${url} is not ${name}: ${found}. Check ${setting}, and what stands between, such as a proxy; trying again in 5 s`,
      );
    expect(await end()).toBe(0);
    expect(said.log).not.toMatch(/cannot be reached|Cannot|undefined|secret|\n\s+at /);
    expect(said.log.match(/warn/g)).toHaveLength(2);
  });

  it("a fault of a proxy is an outage, told once with the address over several tries", async () => {
    let asked = 0;
    const { url } = await serve((_request, response) => {
      asked++;
      response.writeHead(502, { "content-type": "text/html" }).end(PAGE);
    });
    const { said, says, end } = await start(slackAt(url));
    await says(
      "Slack cannot be reached; trying again in 5 s: WebAPIHTTPError: An HTTP protocol error occurred",
    );
    await expect.poll(() => asked, { timeout: 20_000 }).toBeGreaterThan(1);
    expect(await end()).toBe(0);
    expect(said.log).toContain(`statusCode = 502 (${url}; later`);
    expect(said.log.match(/warn/g)).toHaveLength(1);
  });
});

describe("where something else answers than their gateways", () => {
  it("a web page in the place of Discord's is named, and not asked again at once by a client that was left", async () => {
    const { server, url, gateway } = await serve((_request, response) => {
      const limit = { total: 9, remaining: 9, reset_after: 1000, max_concurrency: 1 };
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ url: gateway, shards: 1, session_start_limit: limit }));
    });
    let asked = 0;
    server.on("upgrade", (_request, socket: Duplex) => {
      asked++;
      socket.end("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    });
    const { said, says, end } = await start(discordAt(url));
    await says(
      `What answers at ${gateway} is not Discord: HTTP 200 in the place of its gateway. Check DISCORD_API_URL`,
    );
    await expect.poll(() => asked, { timeout: 20_000 }).toBe(2);
    expect(await end()).toBe(0);
    expect(said.log.match(/warn/g)).toHaveLength(1);
    expect(said.log).not.toContain("was lost");
  });

  it.each(["null", "<html>", "{}", '{"op":"10","d":{"heartbeat_interval":1000}}', '{"op":0,"d":{}}'])(
    "%s from Discord's does not end the program, and is named",
    async (frame) => {
      const { server, url, gateway } = await serve((_request, response) => {
        const limit = { total: 9, remaining: 9, reset_after: 1000, max_concurrency: 1 };
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify({ url: gateway, shards: 1, session_start_limit: limit }));
      });
      const sockets = new WebSocketServer({ server });
      sockets.on("connection", (socket) => socket.send(frame));
      const { said, says, end } = await start(discordAt(url));
      await says(
        `What answers at ${gateway} is not Discord: what its gateway says is no frame of Discord's. Check DISCORD_API_URL, and what stands between, such as a proxy; trying again in 5 s`,
      );
      expect(await end()).toBe(0);
      expect(said.log.match(/warn/g)).toHaveLength(1);
    },
  );

  it.each(["null", "<html>", "[]", "{}", '"x"'])(
    "%s from Slack's does not end the program, and is named",
    async (frame) => {
      const { server, url, gateway } = await serve((request, response) => {
        response.writeHead(200, {
          "content-type": "application/json",
          "x-oauth-scopes": SCOPES.map(({ name }) => name).join(","),
        });
        const opening = request.url?.endsWith("apps.connections.open") === true;
        const said = opening ? { url: `${gateway}/link?ticket=secret` } : { user_id: "U1", team_id: "T1" };
        response.end(JSON.stringify({ ok: true, ...said }));
      });
      const sockets = new WebSocketServer({ server });
      sockets.on("connection", (socket) => socket.send(frame));
      const { said, says, end } = await start(slackAt(url));
      await says(
        `What answers at ${gateway}/link is not Slack: what its WebSocket says is no JSON of Slack's`,
      );
      expect(await end()).toBe(0);
      expect(said.log).not.toMatch(/secret|ready/);
    },
  );
});
