import { spawn } from "node:child_process";
import { once } from "node:events";
import { devNull, tmpdir } from "node:os";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { shownText } from "../fakes/discord/index.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openDiscord } from "./app.ts";

const program = fileURLToPath(new URL("../../dist/adapters/cli/main.js", import.meta.url));

describe("the program with a Discord token", () => {
  it("serves Discord instead of the terminal, and ends cleanly when it is asked to", async () => {
    const discord = await openDiscord();
    const env = {
      PATH: process.env["PATH"],
      PAPERBOY_ENV_FILE: devNull,
      PAPERBOY_STATE: await temporaryFolder(),
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
    };
    const child = spawn(process.execPath, [program], { env, cwd: tmpdir() });
    let log = "";
    child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
    await expect
      .poll(() => log, { timeout: 20_000 })
      .toContain("to add it to a server open https://discord.com/oauth2");
    const { message } = await discord.user("ana").command("paper search", { query: "dinov2" }).outcome();
    expect(message && shownText(message)).toContain("FastDINOv2");
    child.kill("SIGTERM");
    await once(child, "close");
    expect(child.exitCode).toBe(0);
    expect(log).not.toContain(discord.token);
    expect(log).not.toContain("connecting again");
    expect(discord.violations).toEqual([]);
  });

  it("ends at once when it is asked to while Discord cannot be reached", async () => {
    const env = {
      PATH: process.env["PATH"],
      PAPERBOY_ENV_FILE: devNull,
      PAPERBOY_STATE: await temporaryFolder(),
      DISCORD_TOKEN: "a.to.ken",
      // Port 9 of the own machine: nobody listens there.
      DISCORD_API_URL: "http://127.0.0.1:9/api",
    };
    const child = spawn(process.execPath, [program], { env, cwd: tmpdir() });
    let log = "";
    child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
    await expect.poll(() => log, { timeout: 20_000 }).toContain("trying again in 5 s");
    const asked = performance.now();
    child.kill("SIGTERM");
    await once(child, "close");
    expect(child.exitCode).toBe(0);
    expect(performance.now() - asked).toBeLessThan(3000);
  });

  it("ends with 2 and the page to open when the token is wrong", async () => {
    const discord = await openDiscord();
    const env = {
      PATH: process.env["PATH"],
      PAPERBOY_ENV_FILE: devNull,
      PAPERBOY_STATE: await temporaryFolder(),
      DISCORD_TOKEN: "wrong.to.ken",
      DISCORD_API_URL: discord.apiUrl,
    };
    const child = spawn(process.execPath, [program], { env, cwd: tmpdir() });
    const [stderr] = await Promise.all([text(child.stderr), once(child, "close")]);
    expect(child.exitCode).toBe(2);
    expect(stderr).toMatch(
      /Discord does not accept DISCORD_TOKEN\. Open https:\/\/discord\.com\/developers\/applications/,
    );
    expect(stderr).not.toContain("wrong.to.ken");
  });
});
