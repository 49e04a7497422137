import path from "node:path";
import { UserError } from "../../../../src/user-error.ts";
import { escapeTerminal } from "../../../terminal/escape.ts";
import type { Prepared } from "../../backup/restore.ts";
import { confirm } from "../../confirm.ts";
import { parseFlags } from "../../flags.ts";
import type { ExitCode } from "../../surroundings.ts";
import { now } from "../../surroundings.ts";
import type { AtHand, ProgramOrder } from "../order.ts";

const USAGE = [
  "Put a backup in the place of the state folder. No bot may run on that meanwhile.",
  "",
  "  paperboy restore FOLDER       what “paperboy backup FOLDER” made",
  "  paperboy restore FILE.tar.gz  what “paperboy backup FILE.tar.gz” made",
  "",
  "  --yes  do not ask",
  "",
  "Its sums are checked first. What was in the state folder is kept beside it, under a name with before-restore and the date.",
  "Digests that were sent after the backup are looked for in their channels, and not sent again: end the other bot first.",
].join("\n");

/** What is known of a backup, in words. */
const backupWords = ({ manifest }: Prepared): string =>
  manifest === undefined
    ? "the backup (of an earlier version, without sums)"
    : `the backup of ${manifest.madeAt.slice(0, 16).replace("T", " ")} UTC (Paperboy ${manifest.program})`;

async function restore(place: string, yes: boolean, { settings, around }: AtHand): Promise<ExitCode> {
  if (settings.database !== undefined)
    throw new UserError(
      `All is in ${settings.database.shown}: pg_restore puts back what pg_dump made. A backup of a state folder is restored with PAPERBOY_DATABASE_URL left out, and moved with “paperboy migrate --to-postgres” then. Nothing was changed.`,
    );
  const { carryOutRestore, dropRestore, prepareRestore } = await import("../../backup/restore.ts");
  const { state } = settings.library;
  const prepared = await prepareRestore(state, path.resolve(place));
  try {
    const question = `Put ${backupWords(prepared)} in the place of what is in ${state}? That is kept beside it.`;
    if (prepared.replaces && !yes && !(await confirm(question, around))) {
      around.stdout.write("Nothing was changed.\n");
      return 1;
    }
    const kept = await carryOutRestore(state, prepared, now());
    const old = kept === undefined ? "" : ` What was there before is in ${escapeTerminal(kept)}.`;
    around.stdout.write(`Restored ${backupWords(prepared)} into ${escapeTerminal(state)}.${old}\n`);
    return 0;
  } finally {
    await dropRestore(prepared);
  }
}

/** `paperboy restore FOLDER`, `paperboy restore FILE.tar.gz`. */
export const restoreOrder: ProgramOrder = {
  name: "restore",
  summary: [
    [
      "restore FOLDER",
      "put a backup in the place of the state, or FILE.tar.gz; what was there is kept beside it",
    ],
  ],
  usage: USAGE,
  parse: (words) => {
    const { values, positionals } = parseFlags(words, undefined, { yes: { type: "boolean" } });
    const [place, ...others] = positionals;
    if (place === undefined || others.length > 0)
      throw new UserError(
        "Restore which backup? Name the folder or file that “paperboy backup” made, such as: paperboy restore paperboy.tar.gz",
      );
    return {
      needs: "settings",
      state: "replaces",
      run: (hand) => restore(place, values["yes"] === true, hand),
    };
  },
};
