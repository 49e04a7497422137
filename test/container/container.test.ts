import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { readdir, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../src/project-root.ts";
import { openDiscord } from "../discord/app.ts";
import { need } from "../discord/shown.ts";
import { shownText } from "../fakes/discord/index.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { createContainer, hasImage, imageConfig, imageRoot } from "./image.ts";

const BIB = "@article{a, title={Tides of the Inner Sound}, author={Mac Ruairi, Seonaid}, year={2024}}\n";

async function freePort(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return String(port);
}

const megabytes = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0) / 1e6;

describe.skipIf(!hasImage)("the image of the Dockerfile", () => {
  it("has less than 250 MB, runs as a user without rights, and keeps its state in a volume", () => {
    const { User, Volumes } = imageConfig();
    expect(User).toBe("65532:65532");
    expect(Object.keys(Volumes)).toEqual(["/state"]);
    expect(megabytes(imageRoot)).toBeLessThan(250);
  });

  it("has neither a shell, a package manager, sources, tests nor what only developers install", () => {
    const there = readdirSync(imageRoot, { recursive: true, encoding: "utf8" });
    const names = new Set(there.map((file) => path.basename(file)));
    expect(["sh", "bash", "npm", "typescript", "vitest"].filter((name) => names.has(name))).toEqual([]);
    expect(there.filter((file) => file.endsWith(".ts") || file.startsWith("app/test"))).toEqual([]);
  });

  it("answers where all but the state may only be read, and keeps what it takes in there, for its user alone", async () => {
    const container = await createContainer();
    const before = await container.run(["search", "curriculum learning"]);
    expect([before.code, before.stdout]).toEqual([
      0,
      expect.stringContaining("Cyclical Curriculum Learning"),
    ]);
    const taken = await container.run(["ingest", "-"], { input: BIB });
    expect([taken.code, taken.stderr]).toEqual([0, ""]);
    const after = await container.run(["search", "tides inner sound"]);
    expect(after.stdout).toContain("Tides of the Inner Sound");
    const backup = "/state/backups/paperboy.tar.gz";
    expect(await container.run(["backup", backup])).toMatchObject({ code: 0 });
    expect(await container.run(["restore", backup, "--yes"])).toMatchObject({ code: 0 });
    expect((await stat(container.state)).uid).toBe(65_532);
    for (const name of await readdir(container.state)) {
      const { mode, uid } = await stat(path.join(container.state, name));
      expect([name, uid, mode & 0o077]).toEqual([name, 65_532, 0]);
    }
  });

  it("serves Discord, is found healthy while it does, and ends when it is asked to", async () => {
    const discord = await openDiscord();
    const container = await createContainer();
    const PAPERBOY_ADMIN_PORT = await freePort();
    const { Healthcheck } = imageConfig();
    const check = () =>
      container
        .run([], { command: Healthcheck.Test.slice(1), env: { PAPERBOY_ADMIN_PORT } })
        .then(({ code }) => code);
    expect(await check()).toBe(1);
    const bot = container.start([], {
      PAPERBOY_ADMIN_PORT,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
    });
    const closed = once(bot, "close");
    let said = "";
    bot.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    await expect.poll(() => said, { timeout: 60_000 }).toContain("to add it to a server open");
    const ana = discord.user("ana", { permissions: ["UseApplicationCommands"] });
    const { message } = await ana.command("paper search", { query: "curriculum learning" }).outcome();
    expect(shownText(need(message))).toContain("Cyclical Curriculum Learning");
    expect(await check()).toBe(0);
    bot.kill("SIGTERM");
    await closed;
    expect(bot.exitCode).toBe(0);
  }, 90_000);
});

describe("the Dockerfile", () => {
  it("installs what runs encoders in the versions that the program names", () => {
    const read = (file: string): string => readFileSync(path.join(projectRoot(), file), "utf8");
    const [, named = ""] = /RUNTIME = \[(.*?)\]/.exec(read("src/search/meaning/model/runtime.ts")) ?? [];
    const packages = Array.from(named.matchAll(/"([^"]+)"/g), ([, one = ""]) => one);
    expect(packages).toHaveLength(2);
    for (const one of packages) expect(read("Dockerfile")).toContain(` ${one}`);
  });
});

const hasAnalyser = spawnSync("systemd-analyze", ["--version"]).status === 0;

describe.skipIf(!hasAnalyser)("the unit of systemd", () => {
  it("is one that systemd takes, and leaves little open", async () => {
    const folder = await temporaryFolder();
    const unit = path.join(folder, "paperboy.service");
    const text = readFileSync(path.join(projectRoot(), "docs/paperboy.service"), "utf8");
    // The program is not installed where the unit looks for it.
    await writeFile(unit, text.replace("/usr/local/bin/paperboy", process.execPath));
    const verified = spawnSync("systemd-analyze", ["verify", unit], { encoding: "utf8" });
    expect([verified.status, verified.stdout + verified.stderr]).toEqual([0, ""]);
    const rated = spawnSync("systemd-analyze", ["security", "--offline=true", "--no-pager", unit], {
      encoding: "utf8",
    });
    const [, exposure = ""] = /exposure level for paperboy\.service: ([\d.]+)/.exec(rated.stdout) ?? [];
    expect(exposure).toMatch(/^\d/);
    expect(Number(exposure)).toBeLessThanOrEqual(1.4);
  });
});
