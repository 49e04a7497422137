import { existsSync } from "node:fs";
import path from "node:path";
import type { DiscordSettings } from "../discord/discord.ts";
import type { LibrarySettings } from "../../src/library/library.ts";

/** What the environment says. */
export interface Settings {
  readonly library: LibrarySettings;
  /** Absent where no token is set. */
  readonly discord?: DiscordSettings;
}

/** The folder that holds package.json, from which the bundled pages are found, compiled or not. */
export function projectRoot(): string {
  const from = import.meta.dirname;
  let folder = from;
  while (!existsSync(path.join(folder, "package.json"))) {
    const parent = path.dirname(folder);
    if (parent === folder)
      throw new Error(`No package.json in ${from} or above it: Paperboy is not installed whole`);
    folder = parent;
  }
  return folder;
}

function readDiscord(env: NodeJS.ProcessEnv): DiscordSettings | undefined {
  const token = env["DISCORD_TOKEN"]?.trim();
  if (!token) return undefined;
  const guildId = env["DISCORD_GUILD_ID"]?.trim();
  const apiUrl = env["DISCORD_API_URL"]?.trim();
  return { token, ...(guildId ? { guildId } : {}), ...(apiUrl ? { apiUrl } : {}) };
}

/** Reads the settings from environment variables; those that are empty count as not set. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const root = projectRoot();
  const folder = (name: string, fallback: string): string =>
    path.resolve(env[name]?.trim() || path.join(root, fallback));
  const discord = readDiscord(env);
  return {
    library: {
      pages: folder("PAPERBOY_PAGES", "data/pages"),
      state: folder("PAPERBOY_STATE", "data/local"),
    },
    ...(discord === undefined ? {} : { discord }),
  };
}
