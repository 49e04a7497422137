import { existsSync } from "node:fs";
import path from "node:path";
import { projectRoot } from "../../../src/project-root.ts";
import type { EncoderPlace } from "../../../src/library/meaning.ts";

/** Where an encoder is installed, and what runs encoders, in the state folder. */
export const encoderHome = (state: string): string => path.join(state, "encoder");

/** The folder of the installed encoder. */
export const installedEncoder = (state: string): string => path.join(encoderHome(state), "model");

/** An encoder in a folder. What runs it is looked for beside the program, beside the encoder, and in the state folder. */
export const encoderAt = (folder: string, state: string): EncoderPlace => ({
  folder,
  runtimeFolders: [projectRoot(), folder, encoderHome(state)],
});

/**
 * The encoder that takes part in searches: that of the folder which PAPERBOY_ENCODER names, else the installed one. None
 * where it says “off”, or none is installed.
 */
export function findEncoder(named: string | undefined, state: string): EncoderPlace | undefined {
  if (named?.toLowerCase() === "off") return undefined;
  if (named !== undefined) return encoderAt(path.resolve(projectRoot(), named), state);
  const installed = installedEncoder(state);
  return existsSync(installed) ? encoderAt(installed, state) : undefined;
}
