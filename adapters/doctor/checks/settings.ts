import { failure, fine, warning } from "../../../src/health/finding.ts";
import type { Check } from "../patient.ts";

/** Whether every setting is one, and has a value that it may have. */
export const settings: Check = {
  area: "Settings",
  otherwise: "docs/settings.md lists all settings.",
  look: ({ settings: { files, set, wrong, unknown } }) => {
    const from =
      files.length === 0 ? "the environment; there is no .env" : `${files.join(", ")} and the environment`;
    return Promise.resolve([
      fine(
        `${set === 0 ? "No setting is" : set === 1 ? "1 setting is" : `${set} settings are`} set, in ${from}.`,
      ),
      ...wrong.map((words) => failure(words, "Correct it; the program does not start before.")),
      ...unknown.map(({ name, near }) =>
        warning(
          `${name} is no setting of Paperboy, and has no effect.`,
          near.length === 0
            ? "docs/settings.md lists all settings."
            : `Is ${near.join(" or ")} meant? docs/settings.md lists all.`,
        ),
      ),
    ]);
  },
};
