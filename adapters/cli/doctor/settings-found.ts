import { UserError } from "../../../src/user-error.ts";
import type { UnknownSetting } from "../../doctor/patient.ts";
import type { Settings } from "../settings/settings.ts";
import { envFiles, withEnvFile } from "../settings/env-file.ts";
import { readSettings } from "../settings/settings.ts";
import { isSet, sortSettings } from "../settings/unknown-settings.ts";

/** Settings as far as they can be used, and what is wrong with the others. */
export interface SettingsFound {
  readonly settings: Settings;
  readonly files: readonly string[];
  readonly set: number;
  readonly wrong: readonly string[];
  readonly unknown: readonly UnknownSetting[];
}

/**
 * Reads settings one mistake after the other: what a mistake names is left out, and the others are read again. Each round
 * leaves out one that is set, so that it ends.
 */
function readAll(env: NodeJS.ProcessEnv, wrong: string[]): Settings {
  const left = { ...env };
  for (;;) {
    try {
      return readSettings(left);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const named = error.message.match(/\b[A-Z]+(?:_[A-Z]+)+\b/g) ?? [];
      const mistaken = named.find((name) => isSet(left, name));
      if (mistaken === undefined) throw error;
      wrong.push(error.message);
      delete left[mistaken];
    }
  }
}

/** The environment with its files; where these cannot be read without them, and that is a mistake. */
function mergedWith(env: NodeJS.ProcessEnv, wrong: string[]): NodeJS.ProcessEnv {
  try {
    return withEnvFile(env);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    wrong.push(error.message);
    return env;
  }
}

/** Reads the settings as far as that goes. Never throws for what is wrong with them. */
export function findSettings(env: NodeJS.ProcessEnv): SettingsFound {
  const wrong: string[] = [];
  const merged = mergedWith(env, wrong);
  const settings = readAll(merged, wrong);
  const { known, unknown } = sortSettings(merged);
  return { settings, files: envFiles(env), set: known.length, wrong, unknown };
}
