import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { devNull } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { withEnvFile } from "../../adapters/cli/settings/env-file.ts";
import { readSettings } from "../../adapters/cli/settings/settings.ts";
import { UserError } from "../../src/user-error.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));

/** A copy of the compiled program in a folder of its own, with the project's packages and pages. */
async function installedProgram(): Promise<string> {
  const folder = await temporaryFolder();
  for (const name of ["adapters", "src"]) {
    await cp(path.join(project, "dist", name), path.join(folder, "dist", name), { recursive: true });
  }
  await cp(path.join(project, "package.json"), path.join(folder, "package.json"));
  await symlink(path.join(project, "node_modules"), path.join(folder, "node_modules"));
  await symlink(path.join(project, "data"), path.join(folder, "data"));
  return folder;
}

async function about(folder: string, cwd: string, env: Record<string, string> = {}): Promise<string> {
  const child = spawn(process.execPath, [path.join(folder, "dist/adapters/cli/main.js"), "about"], {
    cwd,
    env: { PATH: process.env["PATH"], PAPERBOY_STATE: path.join(folder, "state"), ...env },
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return stdout + stderr;
}

describe("the file of settings", () => {
  it("is the one in the program's folder, never one of the folder where the program is started", async () => {
    const [folder, elsewhere] = [await installedProgram(), await temporaryFolder()];
    await writeFile(path.join(elsewhere, ".env"), "PAPERBOY_PAGES=/elsewhere\n");
    expect(await about(folder, elsewhere)).toContain("Paperboy knows 544 papers.");
    await writeFile(path.join(folder, ".env"), "PAPERBOY_PAGES=/its-own\n");
    expect(await about(folder, elsewhere)).toContain("The folder of saved pages, /its-own, cannot be read");
  });

  it("may lie in the user's config folder, which the program's folder and the environment go before", async () => {
    const [folder, config] = [await installedProgram(), await temporaryFolder()];
    const env = { XDG_CONFIG_HOME: config };
    await mkdir(path.join(config, "paperboy"));
    await writeFile(path.join(config, "paperboy/.env"), "PAPERBOY_PAGES=/of-the-user\n");
    expect(await about(folder, config, env)).toContain("/of-the-user, cannot be read");
    await writeFile(path.join(folder, ".env"), "PAPERBOY_PAGES=/its-own\n");
    expect(await about(folder, config, env)).toContain("/its-own, cannot be read");
    expect(await about(folder, config, { ...env, PAPERBOY_PAGES: "/said" })).toContain(
      "/said, cannot be read",
    );
    expect(await about(folder, config, { ...env, PAPERBOY_ENV_FILE: devNull })).toContain("knows 544 papers");
  });

  it("is another one where the environment names it, and the environment wins over it", async () => {
    const file = path.join(await temporaryFolder(), "settings");
    await writeFile(file, "DISCORD_TOKEN=of.the.file\nDISCORD_GUILD_ID=1\n");
    const env = withEnvFile({ PAPERBOY_ENV_FILE: file, DISCORD_GUILD_ID: "2" });
    expect(readSettings(env).discord).toEqual({ token: "of.the.file", guildId: "2" });
    const missing = { PAPERBOY_ENV_FILE: path.join(file, "nowhere") };
    expect(() => withEnvFile(missing)).toThrow(UserError);
    expect(() => withEnvFile(missing)).toThrow(/nowhere cannot be read: .* Set PAPERBOY_ENV_FILE/);
  });

  it("gives relative folders one meaning, wherever the program is started", () => {
    const { library } = readSettings({ PAPERBOY_PAGES: "some/pages" });
    expect(library.pages).toBe(path.join(project, "some/pages"));
  });
});
