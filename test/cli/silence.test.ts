import { spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { programSpawn } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

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

describe("platforms that take a connection and never answer", () => {
  it("do not keep the program from ending when it is asked to", async () => {
    const silence = await startSilence();
    const { url } = silence;
    const child = spawn(
      ...programSpawn([], {
        PAPERBOY_STATE: await temporaryFolder(),
        DISCORD_TOKEN: "a.to.ken",
        DISCORD_API_URL: url,
        SLACK_APP_TOKEN: "xapp-1-a",
        SLACK_BOT_TOKEN: "xoxb-1-b",
        SLACK_API_URL: `${url}/`,
      }),
    );
    onTestFinished(() => void child.kill("SIGKILL"));
    await expect.poll(silence.reached, { timeout: 20_000 }).toBeGreaterThan(1);
    child.kill("SIGTERM");
    await once(child, "close");
    expect([child.exitCode, child.signalCode]).toEqual([0, null]);
  }, 30_000);
});
