import { access } from "node:fs/promises";
import path from "node:path";
import { KEY_FILE } from "../../../src/store/secrets/key-file.ts";
import type { Settings } from "../settings/settings.ts";

const keep = (what: string): string =>
  ` The copy opens no workspace of Slack without ${what}, which is not in it: keep that too, in another place. Without it the workspaces have to install Paperboy again.`;

/** What a backup does not hold, and has to be kept apart from it, in words after a sentence; empty where there is nothing. */
export async function keptApart({ keys, library }: Pick<Settings, "keys" | "library">): Promise<string> {
  if (keys.passphrase !== undefined) return keep("PAPERBOY_SECRET");
  const file = path.join(library.state, KEY_FILE);
  return access(file).then(
    () => keep(`the key in ${file}`),
    () => "",
  );
}
