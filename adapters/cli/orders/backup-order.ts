import path from "node:path";
import { keptApart } from "../state/keys.ts";
import { UserError } from "../../../src/user-error.ts";
import { escapeTerminal } from "../../terminal/escape.ts";
import type { ExitCode } from "../surroundings.ts";
import type { AtHand, ProgramOrder } from "./order.ts";

const USAGE = [
  "Copy the papers taken in and the database, also while the bot runs.",
  "",
  "  paperboy backup FOLDER       FOLDER must be empty, or not be there yet",
  "",
  "To go on from the copy, set PAPERBOY_STATE to it, or copy it to where the state folder was.",
].join("\n");

/** Copies the state, which needs neither the papers in memory nor a folder that may be written. */
async function backUp(folder: string, { settings, around }: AtHand): Promise<ExitCode> {
  const { backUpState } = await import("../state/backup.ts");
  await backUpState(settings.library.state, path.resolve(folder));
  around.stdout.write(
    `The papers taken in and the database were copied into ${escapeTerminal(folder)}. To go on from there, set PAPERBOY_STATE to it.${await keptApart(settings)}\n`,
  );
  return 0;
}

/** `paperboy backup FOLDER`. */
export const backupOrder: ProgramOrder = {
  name: "backup",
  summary: [["backup FOLDER", "copy the papers taken in and the database, also while the bot runs"]],
  usage: USAGE,
  parse: ([folder, ...others]) => {
    if (folder === undefined || folder.startsWith("-") || others.length > 0)
      throw new UserError(
        "Back up into which folder? Name one that is not there yet, such as: paperboy backup paperboy-backup",
      );
    return { needs: "settings", run: (hand) => backUp(folder, hand) };
  },
};
