import path from "node:path";
import { keptApart } from "../../state/keys.ts";
import { UserError } from "../../../../src/user-error.ts";
import { escapeTerminal } from "../../../terminal/escape.ts";
import { namesMade } from "../../settings/setting-names.ts";
import type { ExitCode } from "../../surroundings.ts";
import { now } from "../../surroundings.ts";
import type { AtHand, ProgramOrder } from "../order.ts";

const USAGE = [
  "Copy the papers taken in and the database, also while the bot runs.",
  "",
  "  paperboy backup FOLDER       into a folder that is empty, or not there yet",
  "  paperboy backup FILE.tar.gz  into one file that is not there yet",
  "",
  "“paperboy restore” puts a backup back, here or on another machine. PAPERBOY_BACKUP_EVERY=day has the bot make them by itself.",
].join("\n");

/** Copies the state, which needs neither the papers in memory nor a folder that may be written. */
async function backUp(place: string, { settings, around }: AtHand): Promise<ExitCode> {
  if (settings.database !== undefined)
    throw new UserError(
      `All is in ${settings.database.shown}, the papers too, and is backed up by PostgreSQL's own program: pg_dump --format=custom --file=paperboy.dump ${settings.database.shown}${await keptApart(settings)} “paperboy migrate --to-embedded” in a state folder of its own makes a copy that needs no server.`,
    );
  const { backUpState } = await import("../../backup/make.ts");
  const by = {
    program: around.version,
    madeAt: now().toISOString(),
    settings: namesMade(around.env),
  };
  const { unsealed } = await backUpState(settings.library.state, path.resolve(place), by);
  const shown = escapeTerminal(place);
  around.stdout.write(
    `The papers taken in and the database were copied into ${shown}. To go on from there: paperboy restore ${shown}${await keptApart(settings)}\n`,
  );
  if (unsealed > 0)
    around.stderr.write(
      `It holds the tokens of ${unsealed === 1 ? "one workspace" : `${unsealed} workspaces`} in clear, since this version has not opened the database yet: keep it as you keep tokens. Start Paperboy once, which seals them, back up again, and remove this copy; docs/security.md says more.\n`,
    );
  return 0;
}

/** `paperboy backup FOLDER`, `paperboy backup FILE.tar.gz`. */
export const backupOrder: ProgramOrder = {
  name: "backup",
  summary: [
    [
      "backup FOLDER",
      "copy the papers taken in and the database, also while the bot runs, or into FILE.tar.gz",
    ],
  ],
  usage: USAGE,
  parse: ([place, ...others]) => {
    if (place === undefined || place.startsWith("-") || others.length > 0)
      throw new UserError(
        "Back up into which folder or file? Name one that is not there yet, such as: paperboy backup paperboy-backup, or paperboy backup paperboy.tar.gz",
      );
    return { needs: "settings", state: "reads", run: (hand) => backUp(place, hand) };
  },
};
