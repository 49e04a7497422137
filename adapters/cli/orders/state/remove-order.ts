import { parsePartialDate } from "../../../../src/corpus/partial-date.ts";
import { UserError } from "../../../../src/user-error.ts";
import type { Flags } from "../../flags.ts";
import { parseFlags } from "../../flags.ts";
import type { RemoveOrder } from "../../removal/remove.ts";
import type { Wanted } from "../../removal/select.ts";
import type { ProgramOrder } from "../order.ts";

const USAGE = [
  "Remove papers: from searches, similar papers, digests and all else, in every program on this state folder.",
  "",
  "  paperboy remove PAPER…         papers by id, link or title",
  "  paperboy remove --source FILE  papers that only FILE lists, by the name that “about” and “show” say: refs.bib",
  "  paperboy remove --before DATE  papers that are surely older than 2024, 2024-06 or 2024-06-01",
  "",
  "  --dry-run  say which papers, and remove nothing",
  "  --yes      do not ask",
  "",
  "Sources that are read by themselves do not bring a removed paper back; naming a file or an id that has it does:",
  "paperboy ingest refs.bib, paperboy ingest arxiv:2602.23229. Digests that had it keep its title.",
].join("\n");

function readWanted(
  names: readonly string[],
  source: Flags["values"][string],
  before: Flags["values"][string],
): Wanted {
  const conditions = source !== undefined || before !== undefined;
  if (names.length > 0 && conditions)
    throw new UserError("Name papers, or give --source and --before, not both: paperboy remove --help");
  if (names.length > 0) return { kind: "named", names };
  if (!conditions)
    throw new UserError(
      "Remove which papers? Name them, such as: paperboy remove arxiv:2602.23229 – or a source, such as: paperboy remove --source refs.bib – or a day, such as: paperboy remove --before 2020-01-01",
    );
  const day = typeof before === "string" ? parsePartialDate(before) : undefined;
  if (before !== undefined && day === undefined)
    throw new UserError(
      `--before is “${before === true ? "" : before}”; it must be a year, a month or a day: 2024, 2024-06 or 2024-06-01.`,
    );
  return {
    kind: "those",
    ...(typeof source === "string" ? { source } : {}),
    ...(day === undefined ? {} : { before: day }),
  };
}

function parseRemove(words: readonly string[]): RemoveOrder {
  const { values, positionals } = parseFlags(words, undefined, {
    source: { type: "string" },
    before: { type: "string" },
    "dry-run": { type: "boolean" },
    yes: { type: "boolean" },
  });
  return {
    wanted: readWanted(positionals, values["source"], values["before"]),
    dryRun: values["dry-run"] === true,
    yes: values["yes"] === true,
  };
}

/** `paperboy remove PAPER…`, `--source FILE` or `--before DATE`. */
export const removeOrder: ProgramOrder = {
  name: "remove",
  summary: [["remove PAPER…", "remove papers, also all of a file or older than a day; see --dry-run"]],
  usage: USAGE,
  parse: (words) => {
    const order = parseRemove(words);
    return {
      needs: "parts",
      reads: () => order.dryRun,
      ...(order.dryRun ? {} : { deed: { action: "remove", detail: words.join(" ") } }),
      run: async ({ library }, { around }) =>
        (await import("../../removal/remove.ts")).runRemove(library, order, around),
    };
  },
};
