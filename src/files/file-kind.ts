import type { Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { isMissing } from "./atomic-file.ts";
import { UserError } from "../user-error.ts";

function kindOf(found: Stats): string {
  if (found.isDirectory()) return "a folder";
  if (found.isFile()) return "a file";
  return found.isFIFO() ? "a pipe" : "a device or socket";
}

async function requireKind(place: string, wanted: string): Promise<void> {
  const found = await stat(place).catch((error: unknown) => {
    // What keeps one from looking is told by whoever opens it.
    if (isMissing(error) || (error instanceof Error && "syscall" in error)) return undefined;
    throw error;
  });
  if (found === undefined || kindOf(found) === wanted) return;
  throw new UserError(
    `${place} is ${kindOf(found)}, where Paperboy keeps ${wanted}. Move it away, or set PAPERBOY_STATE to another folder.`,
  );
}

/** Throws a UserError where something other than a file has this name; opening a pipe would wait for ever. */
export const requireFile = (file: string): Promise<void> => requireKind(file, "a file");

/** Throws a UserError where something other than a folder has this name. */
export const requireFolder = (folder: string): Promise<void> => requireKind(folder, "a folder");
