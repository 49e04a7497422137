import path from "node:path";
import { UserError } from "../../../src/user-error.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The backups that the running bot makes by itself. */
export interface BackupSettings {
  /** Between two, in milliseconds. */
  readonly every: number;
  /** How many are kept. */
  readonly keep: number;
  readonly folder: string;
}

const EVERY: Readonly<Record<string, number>> = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS };

const MOST_KEPT = 1000;

/** What the settings say, as they are written. */
interface SaidOfBackups {
  readonly every: string | undefined;
  readonly keep: string | undefined;
  readonly folder: string | undefined;
}

/** Reads the settings of backups; undefined where none are made. Relative folders count from `root`. */
export function readBackups(
  { every: said, keep: kept = "7", folder }: SaidOfBackups,
  { root, state }: { readonly root: string; readonly state: string },
): BackupSettings | undefined {
  const keep = Number(kept);
  if (!Number.isInteger(keep) || keep < 1 || keep > MOST_KEPT)
    throw new UserError(
      `PAPERBOY_BACKUP_KEEP is “${kept}”; it must be a whole number from 1 to ${MOST_KEPT}.`,
    );
  if (said === undefined) return undefined;
  const every = EVERY[said.toLowerCase()];
  if (every === undefined)
    throw new UserError(
      `PAPERBOY_BACKUP_EVERY is “${said}”; it must be ${Object.keys(EVERY).join(", ")}, or empty for none.`,
    );
  return {
    every,
    keep,
    folder: folder === undefined ? path.join(state, "backups") : path.resolve(root, folder),
  };
}
