import { parseArgs } from "node:util";
import { unknownCommand } from "../../src/bot/line/unknown-command.ts";
import type { Command } from "../../src/bot/command.ts";
import type { ColumnMap } from "../../src/sources/csv/columns.ts";
import { readColumnMap } from "../../src/sources/csv/columns.ts";
import type { IsoDay } from "../../src/sources/days.ts";
import { utcDay } from "../../src/sources/days.ts";
import type { Selection } from "../../src/sources/selection.ts";
import { UserError } from "../../src/user-error.ts";
import type { EncoderOrder } from "./encoder/encoder-order.ts";
import { parseEncoder } from "./encoder/encoder-order.ts";
import { readPlaces } from "./places.ts";
import type { SourceName } from "./sources/source-names.ts";
import { readSince } from "./sources/source-names.ts";

/** What the command line asks for. */
export type Order =
  | { readonly kind: "start" }
  /** Explains the program, or one of its orders that are no commands of the bot. */
  | { readonly kind: "help"; readonly of?: "ingest" | "backup" | "digest" | "mcp" | "encoder" }
  | { readonly kind: "version" }
  | {
      readonly kind: "run";
      readonly command: string;
      readonly args: Record<string, string>;
      readonly json: boolean;
    }
  /** Sends the digests that are due, or only shows them. */
  | { readonly kind: "digest"; readonly dryRun: boolean }
  | { readonly kind: "backup"; readonly folder: string }
  | EncoderOrder
  /** Answers a client of the Model Context Protocol. */
  | { readonly kind: "mcp" }
  /** Fills in what papers that are here lack. */
  | { readonly kind: "complete"; readonly dryRun: boolean; readonly json: boolean }
  | {
      readonly kind: "ingest";
      readonly files: readonly string[];
      readonly sources: readonly SourceName[];
      readonly selections: readonly Selection[];
      readonly since?: IsoDay;
      /** What the columns of tables mean. */
      readonly columns?: ColumnMap;
      readonly dryRun: boolean;
      readonly json: boolean;
    };

/** Flags every order may have. */
const COMMON = {
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const;

interface Flags {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

/** `-survey` is a word to exclude, not a flag: a minus sign takes the hyphen's place, which queries read alike. */
function keepExclusion(arg: string): string {
  return /^-[^-]/.test(arg) && arg !== "-h" ? `\u2212${arg.slice(1)}` : arg;
}

/** Whether a command takes words, of which one with a hyphen in front is not a flag. */
const takesWords = (command: Command | undefined): boolean =>
  Object.values(command?.options ?? {}).some(({ takesLine }) => takesLine);

type FlagTypes = Readonly<Record<string, { readonly type: "string" | "boolean" }>>;

function parseFlags(args: readonly string[], command?: Command, more: FlagTypes = {}): Flags {
  const options = [...Object.keys(command?.options ?? {}), ...Object.keys(more)];
  const texts = Object.fromEntries(options.map((name) => [name, { type: "string" } as const]));
  try {
    const { values, positionals } = parseArgs({
      args: takesWords(command) ? args.map(keepExclusion) : [...args],
      options: { ...texts, ...more, ...COMMON },
      allowPositionals: true,
    });
    return { values, positionals };
  } catch (error) {
    const said = error instanceof Error ? (error.message.split(". ")[0] ?? error.message) : String(error);
    const flags = [...options, ...Object.keys(COMMON)].map((name) => `--${name}`).join(", ");
    throw new UserError(`${said}. The flags are ${flags}.`);
  }
}

function commandArguments(command: Command, { values, positionals }: Flags): Record<string, string> {
  const given = Object.entries(values).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value]] : [],
  );
  const line = Object.entries(command.options).find(([, option]) => option.takesLine)?.[0];
  if (line === undefined && positionals.length > 0) {
    throw new UserError(`“${command.name}” takes no words, but got “${positionals.join(" ")}”.`);
  }
  const words = line === undefined || positionals.length === 0 ? [] : [[line, positionals.join(" ")]];
  return Object.fromEntries([...given, ...words]) as Record<string, string>;
}

/** `backup FOLDER`. */
function parseBackup([folder, ...others]: readonly string[]): Order {
  if (folder !== undefined && !folder.startsWith("-") && others.length === 0)
    return { kind: "backup", folder };
  throw new UserError(
    "Back up into which folder? Name one that is not there yet, such as: paperboy backup paperboy-backup",
  );
}

/** `mcp`, which takes nothing. */
function parseMcp(rest: readonly string[]): Order {
  if (rest.length === 0) return { kind: "mcp" };
  throw new UserError(`“mcp” takes no words, but got “${rest.join(" ")}”. A program starts it: paperboy mcp`);
}

/** `digest --now`, with `--dry-run` to send nothing. */
function parseDigest(args: readonly string[]): Order {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { now: { type: "boolean" }, "dry-run": { type: "boolean" } },
    allowPositionals: true,
    strict: false,
  });
  const isRead = Object.keys(values).every((name) => name === "now" || name === "dry-run");
  if (values["now"] === true && isRead && positionals.length === 0)
    return { kind: "digest", dryRun: values["dry-run"] === true };
  throw new UserError(
    "Say digest --now to send what is due and end, digest --now --dry-run to see what would be sent, or a command such as digest list; “help” lists them.",
  );
}

/** `ingest --complete`. */
function parseComplete({ values, positionals }: Flags): Order {
  if (positionals.length > 0 || values["since"] !== undefined)
    throw new UserError(
      "--complete is for the papers that are here, and takes no files, sources or days: paperboy ingest --complete. PAPERBOY_COMPLETE says which services may be asked.",
    );
  return { kind: "complete", dryRun: values["dry-run"] === true, json: values["json"] === true };
}

/** `ingest FILE… SOURCE… SELECTION…`. */
function parseIngest(args: readonly string[]): Order {
  const own = {
    since: { type: "string" },
    "dry-run": { type: "boolean" },
    complete: { type: "boolean" },
    map: { type: "string" },
  } as const;
  const { values, positionals } = parseFlags(args, undefined, own);
  if (values["help"] === true) return { kind: "help" };
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
      "--since is for sources that are read day by day: huggingface, or arxiv: with categories, such as arxiv:cs.CL. Files, and lists, searches and papers of a service are read whole; leave it out for these.",
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

/**
 * Reads the arguments after the program's name: nothing, `ingest FILE…`, or one of the bot's commands with its
 * options as flags. Throws a UserError that says what is wrong and what is allowed.
 */
export function parseOrder(argv: readonly string[], commands: readonly Command[]): Order {
  const [name, ...rest] = argv;
  if (name === undefined) return { kind: "start" };
  if (name.startsWith("-")) {
    const { values } = parseFlags(argv);
    return values["version"] === true ? { kind: "version" } : { kind: "help" };
  }
  const asksHelp = rest.length === 1 && /^(?:--help|-h)$/.test(rest[0] ?? "");
  if (
    asksHelp &&
    (name === "ingest" || name === "backup" || name === "digest" || name === "mcp" || name === "encoder")
  )
    return { kind: "help", of: name };
  const [topic = ""] = rest;
  if (name === "help" && (topic === "ingest" || topic === "backup" || topic === "mcp" || topic === "encoder"))
    return { kind: "help", of: topic };
  if (name === "backup") return parseBackup(rest);
  if (name === "encoder") return parseEncoder(rest);
  if (name === "ingest") return parseIngest(rest);
  if (name === "mcp") return parseMcp(rest);
  const matched = commands.find((one) => one.name === `${name} ${rest[0] ?? ""}`);
  const command = matched ?? commands.find((one) => one.name === name);
  if (name === "digest" && matched === undefined) return parseDigest(rest);
  if (command === undefined) {
    throw unknownCommand(argv.join(" "), [
      ...commands.map((one) => one.name),
      "ingest",
      "backup",
      "mcp",
      "encoder",
    ]);
  }
  const flags = parseFlags(matched === undefined ? rest : rest.slice(1), command);
  const json = flags.values["json"] === true;
  if (flags.values["help"] === true) {
    return { kind: "run", command: "help", args: { command: command.name }, json };
  }
  return { kind: "run", command: command.name, args: commandArguments(command, flags), json };
}
