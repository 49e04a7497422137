import type { ColumnMap } from "../../../src/sources/csv/columns.ts";
import { readColumnMap } from "../../../src/sources/csv/columns.ts";
import type { IsoDay } from "../../../src/sources/days.ts";
import { utcDay } from "../../../src/sources/days.ts";
import type { Selection } from "../../../src/sources/selection.ts";
import { UserError } from "../../../src/user-error.ts";
import type { Flags } from "../flags.ts";
import { parseFlags } from "../flags.ts";
import { readPlaces } from "../places.ts";
import type { SourceName } from "../sources/source-names.ts";
import { readSince } from "../sources/source-names.ts";
import type { ProgramOrder } from "./order.ts";

/** What is to be taken in. */
export interface IngestOrder {
  readonly kind: "ingest";
  readonly files: readonly string[];
  readonly sources: readonly SourceName[];
  readonly selections: readonly Selection[];
  readonly since?: IsoDay;
  /** What the columns of tables mean. */
  readonly columns?: ColumnMap;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** Fills in what papers that are here lack. */
export interface CompleteOrder {
  readonly kind: "complete";
  readonly dryRun: boolean;
  readonly json: boolean;
}

const USAGE = [
  "Take papers in.",
  "",
  "  paperboy ingest FILE…        files and folders: BibTeX, RIS, CSL-JSON, CSV, PubMed, JSON, arXiv's snapshot, saved pages; - for a pipe",
  "  paperboy ingest SOURCE…      what is new at huggingface, arxiv:cs.CL+cs.LG or feed:https://www.nature.com/nature.rss",
  '  paperboy ingest SELECTION…   huggingface:2026-03-06 (2026-W10, 2026-02), "huggingface:search:WORDS", arxiv:2602.23229',
  '                               doi:10.1145/3442188.3445922, "crossref:WORDS", "datacite:WORDS", openalex:W2741809807, "openalex:WORDS",',
  '                               s2:CorpusId:215416146, "s2:WORDS"',
  "  paperboy ingest --complete   fill in what papers that are here lack, from the services in PAPERBOY_COMPLETE",
  "",
  "  --since DAY  of a source, all since that day, such as 2026-11-01",
  "  --map PAIRS  what the columns of a table mean, such as --map title=Name,year=Published",
  "  --dry-run    say what would change, and change nothing",
  "  --json       print the report as JSON",
].join("\n");

/** `ingest --complete`. */
function parseComplete({ values, positionals }: Flags): CompleteOrder {
  if (positionals.length > 0 || values["since"] !== undefined)
    throw new UserError(
      "--complete is for the papers that are here, and takes no files, sources or days: paperboy ingest --complete. PAPERBOY_COMPLETE says which services may be asked.",
    );
  return { kind: "complete", dryRun: values["dry-run"] === true, json: values["json"] === true };
}

/** Reads what stands behind `ingest`. Throws a UserError for what is no file, source, list or paper. */
export function parseIngest(args: readonly string[]): IngestOrder | CompleteOrder {
  const own = {
    since: { type: "string" },
    "dry-run": { type: "boolean" },
    complete: { type: "boolean" },
    map: { type: "string" },
  } as const;
  const { values, positionals } = parseFlags(args, undefined, own);
  if (values["complete"] === true) return parseComplete({ values, positionals });
  if (positionals.length === 0) {
    throw new UserError(
      "Which files? Name files or folders of BibTeX, RIS, CSL-JSON, CSV, JSON Lines or saved pages, or - for what is piped in, such as: paperboy ingest refs.ris – or a source: paperboy ingest huggingface, paperboy ingest arxiv:cs.CL, paperboy ingest arxiv:2602.23229",
    );
  }
  const places = readPlaces(positionals);
  const since = values["since"];
  if (since !== undefined && places.sources.length === 0) {
    throw new UserError(
      "--since is for sources that are read day by day: huggingface, or arxiv: with categories, such as arxiv:cs.CL, and feed: with an address, of which all is read that it has. Files, and lists, searches and papers of a service are read whole; leave it out for these.",
    );
  }
  return {
    kind: "ingest",
    ...places,
    ...(typeof since === "string" ? { since: readSince(since, utcDay(new Date())) } : {}),
    ...(typeof values["map"] === "string" ? { columns: readColumnMap(values["map"]) } : {}),
    dryRun: values["dry-run"] === true,
    json: values["json"] === true,
  };
}

/** `paperboy ingest FILE… SOURCE… SELECTION…`, and `paperboy ingest --complete`. */
export const ingestOrder: ProgramOrder = {
  name: "ingest",
  summary: [
    [
      "ingest FILE…",
      "take in files and folders: BibTeX, RIS, CSL-JSON, CSV, JSON and JSON Lines, saved Hugging Face pages; - is what is piped in",
    ],
    [
      "ingest SOURCE…",
      "take in what is new at huggingface, arxiv:cs.CL or feed:ADDRESS, or --since 2026-11-01; see --dry-run",
    ],
    [
      "ingest SELECTION…",
      'take in huggingface:2026-03-06 (2026-W10, 2026-02), "huggingface:search:WORDS", arxiv:2602.23229 or doi:10.1145/1',
    ],
  ],
  usage: USAGE,
  parse: (words) => {
    const order = parseIngest(words);
    return {
      needs: "parts",
      reads: () => order.dryRun,
      ...(order.dryRun ? {} : { deed: { action: "ingest", detail: words.join(" ") } }),
      run: async (parts, { around }) =>
        order.kind === "complete"
          ? (await import("../intake/run-complete.ts")).runComplete(parts, order, around)
          : (await import("../intake/run-ingest.ts")).runIngest(parts, order, around),
    };
  },
};
