import { existsSync } from "node:fs";
import path from "node:path";
import type { LibrarySettings } from "../../src/library/library.ts";

/** What the environment says. */
export interface Settings {
  readonly library: LibrarySettings;
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

/** Reads the settings from environment variables; those that are empty count as not set. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const root = projectRoot();
  const folder = (name: string, fallback: string): string =>
    path.resolve(env[name]?.trim() || path.join(root, fallback));
  return {
    library: {
      pages: folder("PAPERBOY_PAGES", "data/pages"),
      state: folder("PAPERBOY_STATE", "data/local"),
    },
  };
}
