import { UserError } from "../../../../src/user-error.ts";
import { parseFlags } from "../../flags.ts";
import { readPlace } from "../../portable/place-name.ts";
import type { SettingsOrder } from "../../portable/run-settings.ts";
import type { ProgramOrder } from "../order.ts";

const USAGE = [
  "Carry what a channel has to another one, or to another platform: its digests, what it follows, the lists that it shares, and",
  "its journal club.",
  "",
  "  paperboy settings export > settings.yaml           writes those of all channels, as YAML to read and change",
  "  paperboy settings export --place PLACE             those of one channel",
  "  paperboy settings import settings.yaml --to PLACE  sets them up in a channel, or changes what is there",
  "  paperboy settings import settings.yaml             the same in the channels that the file names",
  "",
  "  --dry-run     say what would change, and change nothing",
  "  --from PLACE  of a file with several channels, the one that is meant",
  "",
  "A place is discord:SERVER/CHANNEL or slack:WORKSPACE/CHANNEL, with the platform's ids. An import brings all of a place or,",
  "where something of it cannot be, nothing. It may be given again: what is there stays the same, what was sent on a day is not",
  "sent again, and what the file does not have is kept. What people saved, marked, noted, nominated or follow alone stays out.",
].join("\n");

const WANTED =
  "Say paperboy settings export, with --place discord:SERVER/CHANNEL for one channel, or paperboy settings import FILE --to slack:WORKSPACE/CHANNEL, with --dry-run to see what would change.";

/** Reads what stands behind `settings`. Throws a UserError for what is no place. */
function parseSettings(words: readonly string[]): SettingsOrder {
  const own = {
    place: { type: "string" },
    to: { type: "string" },
    from: { type: "string" },
    "dry-run": { type: "boolean" },
  } as const;
  const { values, positionals } = parseFlags(words, undefined, own);
  const [action, file, ...more] = positionals;
  const place = (name: "place" | "to" | "from"): Record<string, string> => {
    const typed = values[name];
    if (typeof typed !== "string") return {};
    readPlace(typed);
    return { [name]: typed };
  };
  const dryRun = values["dry-run"] === true;
  const isImport = values["to"] !== undefined || values["from"] !== undefined || dryRun;
  if (action === "export" && file === undefined && !isImport) return { kind: "export", ...place("place") };
  if (action === "import" && file !== undefined && more.length === 0 && values["place"] === undefined)
    return { kind: "import", file, dryRun, ...place("to"), ...place("from") };
  throw new UserError(WANTED);
}

/** `paperboy settings export|import`. */
export const settingsOrder: ProgramOrder = {
  name: "settings",
  summary: [
    ["settings export", "write what channels have as YAML, to read, change and import"],
    [
      "settings import FILE",
      "set them up in another channel, or change what is there (--to PLACE, --dry-run)",
    ],
  ],
  usage: USAGE,
  parse: (words) => {
    const order = parseSettings(words);
    const reads = order.kind === "export" || order.dryRun;
    return {
      needs: "parts",
      reads: () => reads,
      run: async (parts, { around }) =>
        (await import("../../portable/run-settings.ts")).runSettings(parts, order, around),
    };
  },
};
