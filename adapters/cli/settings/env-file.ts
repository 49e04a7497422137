import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "dotenv";
import { projectRoot } from "../../../src/project-root.ts";
import { UserError } from "../../../src/user-error.ts";
import { userConfigFolder } from "../state/state-folder.ts";
import { setting } from "./values.ts";

function readEnvFile(file: string): Record<string, string> {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `The settings in ${file} cannot be read: ${found}. Set PAPERBOY_ENV_FILE to another file.`,
    );
  }
}

/** The files that settings are read from, those of later ones before those of earlier ones. */
export function envFiles(env: NodeJS.ProcessEnv): readonly string[] {
  const named = setting(env, "PAPERBOY_ENV_FILE");
  if (named !== undefined) return [named];
  return [userConfigFolder(), projectRoot()].map((folder) => path.join(folder, ".env")).filter(existsSync);
}

/**
 * The environment with the settings of `.env` in the program's folder and in the user's config folder, or of the file that
 * PAPERBOY_ENV_FILE names; the environment wins, then the program's folder. Never the `.env` of the folder where the program is started, which may be another
 * project's. A UserError where a file that is named or there cannot be read.
 */
export function withEnvFile(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.assign({}, ...envFiles(env).map(readEnvFile), env) as NodeJS.ProcessEnv;
}
