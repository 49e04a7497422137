import { nearestNames } from "../../../src/bot/line/nearest-names.ts";
import type { UnknownSetting } from "../../doctor/patient.ts";
import { SETTING_NAMES } from "./setting-names.ts";

const KNOWN: ReadonlySet<string> = new Set(SETTING_NAMES);

/** Names that begin so are meant for Paperboy, or may be. */
const OURS = /^(?:PAPERBOY|DISCORD|SLACK|OPENALEX|SEMANTIC_SCHOLAR)_/;

/** Whether a setting has a value: one that is empty counts as not set. */
export const isSet = (env: NodeJS.ProcessEnv, name: string): boolean => (env[name] ?? "").trim() !== "";

/** The names that are set and are settings, and those that look like one and are none. */
export function sortSettings(env: NodeJS.ProcessEnv): {
  readonly known: readonly string[];
  readonly unknown: readonly UnknownSetting[];
} {
  const names = Object.keys(env).filter((name) => isSet(env, name));
  return {
    known: names.filter((name) => KNOWN.has(name)),
    unknown: names
      .filter((name) => OURS.test(name) && !KNOWN.has(name))
      .toSorted()
      .map((name) => ({ name, near: nearestNames(name, SETTING_NAMES) })),
  };
}

/** What is said at a start of settings that are none: of those that are surely, or nearly, meant for Paperboy. */
export const unknownWords = (env: NodeJS.ProcessEnv): readonly string[] =>
  sortSettings(env)
    .unknown.filter(({ name, near }) => name.startsWith("PAPERBOY_") || near.length > 0)
    .map(
      ({ name, near }) =>
        `${name} is no setting of Paperboy, and has no effect.${near.length === 0 ? "" : ` Is ${near.join(" or ")} meant?`} docs/settings.md lists all`,
    );
