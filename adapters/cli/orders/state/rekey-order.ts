import path from "node:path";
import { operatorsDeed } from "../../../../src/store/kept/audit.ts";
import type { Seals } from "../../../../src/store/store.ts";
import { KEY_FILE } from "../../../../src/store/secrets/key-file.ts";
import { UserError } from "../../../../src/user-error.ts";
import { escapeTerminal } from "../../../terminal/escape.ts";
import type { Settings } from "../../settings/settings.ts";
import { openToChange, requireDatabase } from "../../state/open-store.ts";
import type { ExitCode } from "../../surroundings.ts";
import type { AtHand, ProgramOrder } from "../order.ts";

const USAGE = [
  "Seal the tokens of workspaces with a new key, and forget the one before.",
  "",
  `  paperboy rekey               draws a new key into ${KEY_FILE} in the state folder, also while the bot runs`,
  "",
  "With PAPERBOY_SECRET set, all is sealed with that passphrase instead, and the key file is removed. To change the",
  "passphrase set PAPERBOY_SECRET to the new one and PAPERBOY_SECRET_BEFORE to the one before, end the bot, give this",
  "order, and start the bot with the new one alone. Backups that were made before need the key of then.",
].join("\n");

const countWords = (count: number): string => (count === 1 ? "one workspace" : `${count} workspaces`);

/** What was done, in words. */
function doneWords({ readable }: Seals, { keys, library }: Settings): string {
  const done = `The tokens of ${countWords(readable.length)} are sealed`;
  const before = "Backups that were made before need the key of then.";
  if (keys.passphrase !== undefined)
    return `${done} with PAPERBOY_SECRET; PAPERBOY_SECRET_BEFORE and the key file are needed no more. A bot that runs with another passphrase has to be started again. ${before}`;
  const file = path.join(library.state, KEY_FILE);
  return `${done} with a new key in ${file}. Keep a copy of that file, apart from backups of the database. ${before}`;
}

async function rekey({ settings, around }: AtHand): Promise<ExitCode> {
  await requireDatabase(settings, "no token to seal");
  const store = await openToChange(settings);
  try {
    const { readable, lost } = await store.installations.seals();
    if (readable.length + lost.length === 0) {
      around.stdout.write("No workspace has installed Paperboy, so that there is nothing to seal.\n");
      return 0;
    }
    await store.audit.note(operatorsDeed({ action: "rekey", detail: "" }));
    const seals = await store.installations.rekey();
    around.stdout.write(`${escapeTerminal(doneWords(seals, settings))}\n`);
    if (seals.lost.length === 0) return 0;
    const ids = seals.lost.join(", ");
    around.stderr.write(
      `${escapeTerminal(`No key that is here opens the tokens of ${countWords(seals.lost.length)} (${ids}); they stay as they are. Put the key file of then back, set PAPERBOY_SECRET_BEFORE to the passphrase of then, or install Paperboy anew there.`)}\n`,
    );
    return 1;
  } finally {
    await store.close();
  }
}

/** `paperboy rekey`. */
export const rekeyOrder: ProgramOrder = {
  name: "rekey",
  summary: [["rekey", "seal the tokens of Slack's workspaces with a new key"]],
  usage: USAGE,
  parse: (words) => {
    if (words.length > 0)
      throw new UserError(`“rekey” takes no words, but got “${words.join(" ")}”. Say: paperboy rekey`);
    return { needs: "settings", state: "changes", run: rekey };
  },
};
