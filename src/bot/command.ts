import type { Digests } from "../digest/digests.ts";
import type { Clubs } from "../club/clubs.ts";
import type { Follows } from "../follow/follows.ts";
import type { Place } from "../schedule/place.ts";
import type { ServedPlatforms } from "../health/platforms.ts";
import type { PaperFetching } from "../library/fetching/fetching.ts";
import type { Library } from "../library/library.ts";
import type { ChannelMemory } from "../memory/channel-memory.ts";
import type { Reading } from "../reading/reading.ts";
import type { Mailing } from "../mailing/mailing.ts";
import type { Audit } from "../store/kept/audit.ts";
import type { SourceRecord } from "../store/store.ts";
import type { DataSchema } from "./cards/record-schemas.ts";
import type { Option, OptionValues } from "./options.ts";
import type { Invocation, Reply } from "./reply.ts";

/** Who calls, as far as a platform tells. */
export interface Caller {
  /** The adapter's name: `terminal`, `discord`, `slack`. */
  readonly platform: string;
  /** The person, by the platform's own id. */
  readonly user: string;
  /** The workspace whose own ids of people these are; absent where a person has one id everywhere. */
  readonly workspace?: string;
  /** One of many under this name, who are not told apart: nothing is remembered of what they are answered. Default no. */
  readonly passing?: true;
  /** Where the call comes from; absent where the platform does not say. */
  readonly place?: Place;
  /** Whether the person may change what the place gets. Asked only where that matters; absent where nothing can be changed. */
  readonly authority?: () => Promise<Authority>;
  /** The same for the whole server or workspace; absent in direct conversations. */
  readonly oversight?: () => Promise<Authority>;
  /**
   * Writes to the person privately, and gives where that is; undefined where the person does not take direct messages.
   * Absent where nobody can be written to.
   */
  readonly writePrivately?: (text: string) => Promise<Place | undefined>;
  /** Whether everybody in the place reads the answer. Default no. */
  readonly overheard?: true;
  /** Whether the platform takes no files of the bot, so that what is long comes in pages. Default no. */
  readonly withoutFiles?: true;
}

/** Whether somebody may change a channel's settings. */
export type Authority =
  | { readonly kind: "may" }
  /** `who` can, in words: "members with Manage Channels". */
  | { readonly kind: "may-not"; readonly who: string }
  /** Nobody can, before what `why` says is done. */
  | { readonly kind: "cannot"; readonly why: string };

/** One request to the bot. */
export interface Call extends Invocation {
  readonly caller: Caller;
  /** Whether the reply takes the place of the one before, which nobody saw. Default no. */
  readonly instead?: boolean;
}

/** What commands work with; clock and chance come in from outside. */
export interface Services {
  readonly library: Library;
  readonly now: () => Date;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
  /** All commands, for `help`. */
  readonly commands: () => readonly Command[];
  /** The digests, opened when they are asked for. */
  readonly digests: () => Promise<Digests>;
  /** What is followed, opened when it is asked for. */
  readonly follows: () => Promise<Follows>;
  /** The journal clubs, opened when they are asked for. */
  readonly clubs: () => Promise<Clubs>;
  readonly caller: Caller;
  /** What the keys of the last answers to the caller stand for; absent where nothing is remembered. */
  readonly keys?: () => ReadonlyMap<string, Invocation>;
  /** The sources on the network that the program reads, and how that goes; none where it reads none. */
  readonly sources: () => Promise<readonly SourceRecord[]>;
  /** Who changed what. */
  readonly audit: () => Promise<Pick<Audit, "page">>;
  /** The web pages, with their public address where that is known; absent where none are served. */
  readonly pages?: { readonly url?: string };
  /** The platforms that are served; absent where none is. */
  readonly served?: ServedPlatforms;
  /** Forgets the last answers to the caller. */
  readonly forgetTalk?: () => void;
  /** Reading lists, opened when they are asked for; absent where nothing is kept for people. */
  readonly reading?: () => Promise<Reading>;
  /** What channels remember, opened when it is asked for; absent where nothing is remembered. */
  readonly memory?: () => Promise<ChannelMemory>;
  /** The digests that come by e-mail; absent where the operator has not set mail up. */
  readonly mailing?: () => Promise<Mailing>;
  /** Fetches single papers; absent where the operator allows no service for that, and at a command line. */
  readonly fetching?: PaperFetching;
}

/** Something to type, and what it does. */
interface Example {
  readonly line: string;
  readonly does: string;
}

/**
 * Whether the words behind a command's name are what it takes: they are, they may be, or they are none of it and make a
 * topic of the whole line (`random forests`, `help wanted`).
 */
type Fit = "fits" | "may-fit" | "topic";

/**
 * A command as everything else sees it: Discord's declaration, Slack's parser, the terminal, `help` and the
 * table in docs/commands.md are made from this value.
 */
export interface Command {
  /** One lower-case word, or two for a command of a group: `search`, `digest start`. */
  readonly name: string;
  /** A line that means this command though it does not say its whole name: `follow author:Doe` of `follow start`. */
  readonly meantBy?: RegExp;
  /** Whether a line may name the options: `time:9:00`. The query language has operators of its own instead. */
  readonly namesOptions: boolean;
  /** What it does, in one line of at most 100 characters. */
  readonly description: string;
  readonly options: Readonly<Record<string, Option<unknown>>>;
  readonly examples: readonly Example[];
  /** Further help, a paragraph each. */
  readonly notes: readonly string[];
  /** What each record of its answers as data is; absent where nobody relies on that. */
  readonly record?: DataSchema;
  /** Whether its answer to a press stands beside the message of the button, and not in its place. */
  readonly beside: boolean;
  /** Whether it changes what is kept. */
  readonly changes: boolean;
  /** What words behind its name are to it, options that a line names taken away. */
  readonly fit: (words: string, services: Pick<Services, "commands" | "library" | "keys">) => Promise<Fit>;
  /** Runs with arguments as typed. Throws a UserError for what the person can mend. */
  readonly run: (args: Invocation["args"], services: Services) => Promise<Reply>;
}

/** A command before its options are read for it. */
interface Definition<Options extends Readonly<Record<string, Option<unknown>>>> {
  readonly name: string;
  readonly description: string;
  readonly options: Options;
  readonly examples: readonly Example[];
  readonly notes?: readonly string[];
  readonly record?: DataSchema;
  readonly namesOptions?: boolean;
  readonly beside?: boolean;
  /** Default: it only looks. */
  readonly changes?: boolean;
  readonly meantBy?: RegExp;
  /** Default: whatever is typed fits where a line is an option, and nothing where none is. */
  readonly fit?: Command["fit"];
  readonly run: (values: OptionValues<Options>, services: Services) => Promise<Reply>;
}

/** Makes a command whose `run` gets its options checked and typed. */
export function defineCommand<Options extends Readonly<Record<string, Option<unknown>>>>(
  definition: Definition<Options>,
): Command {
  const takesWords = Object.values(definition.options).some(({ takesLine }) => takesLine);
  return {
    notes: [],
    namesOptions: false,
    beside: false,
    changes: false,
    fit: (words) => Promise.resolve(takesWords || words === "" ? "fits" : "topic"),
    ...definition,
    run(args, services) {
      const values = Object.entries(definition.options).map(([name, option]) => [
        name,
        option.read(name, args[name]),
      ]);
      return definition.run(Object.fromEntries(values) as OptionValues<Options>, services);
    },
  };
}
