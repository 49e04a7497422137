import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

const ROOM = "adapters/cli/settings";

/** The sources that read settings from the environment, in one text; without the list of their names. */
export async function settingsSource(): Promise<string> {
  const names = (await readdir(ROOM)).filter((name) => name !== "setting-names.ts");
  return (await Promise.all(names.map((name) => readFile(path.join(ROOM, name), "utf8")))).join("\n");
}
