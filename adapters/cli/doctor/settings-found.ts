import { nearestNames } from "../../../src/bot/line/nearest-names.ts";
import { UserError } from "../../../src/user-error.ts";
import type { UnknownSetting } from "../../doctor/patient.ts";
import { SETTING_NAMES } from "../setting-names.ts";
import type { Settings } from "../settings.ts";
import { envFiles, readSettings, withEnvFile } from "../settings.ts";

/** Settings as far as they can be used, and what is wrong with the others. */
export interface SettingsFound {
  readonly settings: Settings;
  readonly files: readonly string[];
  readonly set: number;
  readonly wrong: readonly string[];
  readonly unknown: readonly UnknownSetting[];
}

const KNOWN: ReadonlySet<string> = new Set(SETTING_NAMES);

/** Names that begin so are meant for Paperboy, or may be. */
const OURS = /^(?:PAPERBOY|DISCORD|SLACK|OPENALEX|SEMANTIC_SCHOLAR)_/;

const isSet = (env: NodeJS.ProcessEnv, name: string): boolean => (env[name] ?? "").trim() !== "";

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
  const names = Object.keys(merged).filter((name) => isSet(merged, name));
  const settings = readAll(merged, wrong);
  return {
    settings,
    files: envFiles(env),
    set: names.filter((name) => KNOWN.has(name)).length,
    wrong,
    unknown: names
      .filter((name) => OURS.test(name) && !KNOWN.has(name))
      .toSorted()
      .map((name) => ({ name, near: nearestNames(name, SETTING_NAMES) })),
  };
}
