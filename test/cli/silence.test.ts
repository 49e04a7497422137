import { spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { devNull, tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";

const program = fileURLToPath(new URL("../../dist/adapters/cli/main.js", import.meta.url));

/** A server that takes every connection and never says a word. */
async function startSilence() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket.on("error", () => undefined)));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/api`, reached: () => sockets.size };
}

async function start(url: string, ...argv: string[]) {
  const child = spawn(process.execPath, [program, ...argv], {
    cwd: tmpdir(),
    env: {
      PATH: process.env["PATH"],
      PAPERBOY_ENV_FILE: devNull,
      PAPERBOY_LOG_FORMAT: "text",
      PAPERBOY_STATE: await temporaryFolder(),
      DISCORD_TOKEN: "a.to.ken",
      DISCORD_API_URL: url,
      SLACK_APP_TOKEN: "xapp-1-a",
      SLACK_BOT_TOKEN: "xoxb-1-b",
      SLACK_API_URL: `${url}/`,
    },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = { log: "" };
  child.stderr.on("data", (chunk: Buffer) => (said.log += chunk.toString()));
  return { child, said, closed: once(child, "close") };
}

describe("platforms that take a connection and never answer", () => {
  it("do not keep the program from ending when it is asked to", async () => {
    const silence = await startSilence();
    const { child, closed } = await start(silence.url);
    await expect.poll(silence.reached, { timeout: 20_000 }).toBeGreaterThan(1);
    child.kill("SIGTERM");
    await closed;
    expect([child.exitCode, child.signalCode]).toEqual([0, null]);
  }, 30_000);

  it("end digests sent by hand after a minute, with 1 and with what is left", async () => {
    const silence = await startSilence();
    const { child, said, closed } = await start(silence.url, "digest", "--now");
    await closed;
    expect(child.exitCode).toBe(1);
    expect(said.log).toContain("Not everything could be sent; the next run tries again.");
    expect(said.log).toContain("discord did not answer within 60 s");
    expect(said.log).toContain("slack did not answer within 60 s");
  }, 90_000);
});
