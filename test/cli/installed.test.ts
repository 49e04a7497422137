import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { devNull, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { shownText } from "../fakes/discord/index.ts";
import { createTestClock } from "../fakes/sources/clock.ts";
import { startHuggingFace } from "../fakes/sources/hugging-face.ts";
import { openDiscord } from "../discord/app.ts";
import { first, openSlack } from "../slack/app.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));

/** Nobody's own rights, where the test runs as root: what is installed belongs to another user then. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

const installed = { program: "", prefix: "", folder: "", archive: "", options: [""] };

/** Takes the right to write from a folder and all that is in it. */
async function makeReadOnly(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) await makeReadOnly(file);
  }
  await chmod(folder, 0o555);
}

/** Undoes `makeReadOnly`, so that the folder can be deleted. */
async function makeRemovable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await makeRemovable(path.join(folder, entry.name));
}

async function surroundings(settings: Readonly<Record<string, string>> = {}) {
  const home = await temporaryFolder();
  await chmod(home, 0o777);
  const state = path.join(home, "state");
  await mkdir(state);
  await chmod(state, 0o777);
  return {
    cwd: home,
    ...nobody,
    env: {
      PATH: process.env["PATH"],
      HOME: home,
      PAPERBOY_ENV_FILE: devNull,
      PAPERBOY_LOG_FORMAT: "text",
      PAPERBOY_STATE: state,
      ...settings,
    },
  };
}

type Around = Awaited<ReturnType<typeof surroundings>>;

const paperboy = (around: Around, ...argv: string[]) =>
  run(process.execPath, [installed.program, ...argv], around);

function serve(around: Around) {
  const child = spawn(process.execPath, [installed.program], around);
  const said = { log: "" };
  child.stderr.on("data", (chunk: Buffer) => (said.log += chunk.toString()));
  return { child, said };
}

describe("the program as it is packed, installed without what only development needs, read-only, for another user", () => {
  beforeAll(async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "paperboy-installed-"));
    await chmod(folder, 0o755);
    const { stdout } = await run(
      "npm",
      ["pack", "--ignore-scripts", "--json", "--pack-destination", folder],
      {
        cwd: root,
        maxBuffer: 1 << 26,
      },
    );
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    const prefix = path.join(folder, "prefix");
    const options = ["--omit=dev", "--prefer-offline", "--no-audit", "--no-fund"];
    await run("npm", ["install", "--global", "--prefix", prefix, ...options, path.join(folder, filename)], {
      cwd: folder,
    });
    Object.assign(installed, { prefix, folder, archive: path.join(folder, filename), options });
    installed.program = path.join(prefix, "lib/node_modules/paperboy/dist/adapters/cli/main.js");
    await makeReadOnly(prefix);
    return async () => {
      await makeRemovable(prefix);
      await rm(folder, { recursive: true });
    };
  }, 120_000);

  it("searches, finds similar papers, shows and cites", async () => {
    const around = await surroundings();
    expect((await paperboy(around, "search", "curriculum learning")).stdout).toContain(
      "Cyclical Curriculum Learning",
    );
    expect((await paperboy(around, "similar", "FastDINOv2")).stdout).toContain("DINOv2");
    expect((await paperboy(around, "show", "tiny language models")).stdout).toContain("20 July 2025");
    expect((await paperboy(around, "cite", "tiny language models")).stdout).toContain("@");
    const styled = await paperboy(around, "cite", "tiny language models", "--style", "ieee");
    expect(styled.stdout).toBe("[1] “Tiny language models.” Jul. 20, 2025.\n");
  });

  it("shows digests, and reads a page that was packed with it", async () => {
    const around = await surroundings();
    expect((await paperboy(around, "digest", "--now", "--dry-run")).stdout).toContain(
      "No channel has a digest",
    );
    const page = path.join(installed.prefix, "lib/node_modules/paperboy/data/pages");
    expect((await paperboy(around, "ingest", page)).stdout).toContain("0 new papers");
  });

  it("reads its sources, keeps what it read in its state, and backs that up", async () => {
    const clock = createTestClock("2026-03-04T12:00:00Z");
    const fake = await startHuggingFace({ clock });
    const around = await surroundings({
      PAPERBOY_HUGGINGFACE_URL: fake.url,
      PAPERBOY_SOURCES: "huggingface",
    });
    const { stdout } = await paperboy(around, "ingest", "huggingface:2026-03-03");
    expect(stdout).toMatch(/^[1-9]\d* new papers/);
    expect((await paperboy(around, "about")).stdout).toContain("huggingface");
    expect(fake.requests.length).toBeGreaterThan(0);
    await paperboy(around, "backup", "copy");
    expect((await readdir(path.join(around.cwd, "copy"))).toSorted()).toEqual([
      "manifest.json",
      "paperboy.sqlite",
      "papers.jsonl",
    ]);
  });

  it("serves Discord", async () => {
    const discord = await openDiscord();
    const { child, said } = serve(
      await surroundings({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl }),
    );
    await expect.poll(() => said.log, { timeout: 20_000 }).toContain("discord.com/oauth2");
    const { message } = await discord.user("ana").command("paper search", { query: "dinov2" }).outcome();
    expect(message && shownText(message)).toContain("DINOv2");
    child.kill("SIGTERM");
    await once(child, "close");
    expect(child.exitCode).toBe(0);
  });

  it("serves Slack", async () => {
    const slack = await openSlack();
    const { child, said } = serve(
      await surroundings({
        SLACK_APP_TOKEN: slack.appToken,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_API_URL: slack.apiUrl,
      }),
    );
    await expect.poll(() => said.log, { timeout: 20_000 }).toContain("Slack: ready for");
    const asked = await slack.command({ user: slack.ana, channel: slack.general, text: "/paper about" });
    expect(first(await asked.replied()).text).toContain("544 papers");
    child.kill("SIGTERM");
    await once(child, "close");
    expect(child.exitCode).toBe(0);
  });

  it("leaves the papers that were taken in where they are when it is installed again and when it is removed", async () => {
    const { archive, options, folder } = installed;
    const prefix = path.join(folder, "again");
    const home = await temporaryFolder();
    const around = { cwd: home, env: { PATH: process.env["PATH"], HOME: home, PAPERBOY_ENV_FILE: devNull } };
    const npm = (...args: string[]) => run("npm", [...args, "--global", "--prefix", prefix], { cwd: folder });
    const program = path.join(prefix, "lib/node_modules/paperboy/dist/adapters/cli/main.js");
    const shown = async (from: string) =>
      (await run(process.execPath, [from, "show", "a wombat paper"], around)).stdout;
    await writeFile(path.join(home, "more.jsonl"), '{"title": "A wombat paper"}\n');
    // As a first installation left it.
    await mkdir(prefix);
    await cp(installed.prefix, prefix, { recursive: true, verbatimSymlinks: true });
    await makeRemovable(prefix);
    await run(process.execPath, [program, "ingest", "more.jsonl"], around);
    await npm("install", "--force", ...options, archive);
    expect(await shown(program)).toContain("A wombat paper");
    await npm("uninstall", "paperboy");
    await expect(readdir(path.join(prefix, "lib/node_modules/paperboy"))).rejects.toThrow("ENOENT");
    expect(await readdir(path.join(home, ".local/share/paperboy"))).toContain("papers.jsonl");
    // With the program installed again, at another place.
    expect(await shown(installed.program)).toContain("A wombat paper");
  }, 180_000);
});

describe("npm start", () => {
  it("builds first in a checkout", async () => {
    const tree = await temporaryFolder();
    // What was built before makes it quick.
    for (const part of ["src", "adapters", "data", "dist", "package.json", "tsconfig.json"])
      await cp(path.join(root, part), path.join(tree, part), { recursive: true });
    await mkdir(path.join(tree, "test"));
    await symlink(path.join(root, "node_modules"), path.join(tree, "node_modules"));
    const greeting = path.join(tree, "adapters/cli/orders/usage.ts");
    const text = await readFile(greeting, "utf8");
    await writeFile(greeting, text.replace("Paperboy finds research papers.", "Just built."));
    const { stdout } = await run("npm", ["start", "--", "--help"], { cwd: tree });
    expect(stdout).toContain("Just built.");
  }, 120_000);

  it("starts what is built where the compiler is not installed", async () => {
    const tree = await temporaryFolder();
    for (const part of ["dist", "data", "package.json"])
      await cp(path.join(root, part), path.join(tree, part), { recursive: true });
    await mkdir(path.join(tree, "node_modules"));
    for (const name of await readdir(path.join(root, "node_modules")))
      if (name !== "typescript" && name !== ".bin")
        await symlink(path.join(root, "node_modules", name), path.join(tree, "node_modules", name));
    const { env } = await surroundings();
    const { stdout } = await run("npm", ["start", "--", "search", "curriculum learning"], { cwd: tree, env });
    expect(stdout).toContain("Cyclical Curriculum Learning");
  });
});
