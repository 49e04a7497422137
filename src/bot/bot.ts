import type { Digests } from "../digest/digests.ts";
import type { Clubs } from "../club/clubs.ts";
import type { Follows } from "../follow/follows.ts";
import type { ServedPlatforms } from "../health/platforms.ts";
import type { PaperFetching } from "../library/fetching/fetching.ts";
import type { Library } from "../library/library.ts";
import type { Mailing } from "../mailing/mailing.ts";
import type { Count } from "../figures.ts";
import { uncounted } from "../figures.ts";
import type { Log } from "../log.ts";
import type { ChannelMemory } from "../memory/channel-memory.ts";
import type { Reading } from "../reading/reading.ts";
import type { Audit } from "../store/kept/audit.ts";
import type { SourceRecord } from "../store/store.ts";
import { currentReference, underReference } from "../reference.ts";
import { UserError } from "../user-error.ts";
import type { Complete } from "./completions.ts";
import { createCompletions } from "./completions.ts";
import type { Call, Caller, Command, Services } from "./command.ts";
import { audit } from "./commands/audit.ts";
import { about } from "./commands/about.ts";
import { clubNominate, clubVote } from "./commands/club/ballot.ts";
import { clubHistory, clubShow, clubStart, clubStop } from "./commands/club/manage.ts";
import { catchup } from "./commands/catchup/catchup.ts";
import { cite } from "./commands/cite.ts";
import { digestArchive, digestPublish, digestUnpublish } from "./commands/digest/archive.ts";
import { map } from "./commands/charts/map.ts";
import { trend } from "./commands/charts/trend.ts";
import { digestPreview, digestStatus, digestTest, digestWhy } from "./commands/digest/look.ts";
import { digestList, digestPause, digestResume, digestStop } from "./commands/digest/manage.ts";
import { taste } from "./commands/digest/taste.ts";
import { digestMail } from "./commands/digest/mail.ts";
import { digestEdit, digestStart } from "./commands/digest/start.ts";
import { fetchPaper } from "./commands/fetch.ts";
import { followList, followPause, followResume, followStop } from "./commands/follow/manage.ts";
import { followStart } from "./commands/follow/start.ts";
import { help } from "./commands/help.ts";
import { random } from "./commands/random.ts";
import { listDrop, listMark, listMove, listUndo } from "./commands/reading/entries.ts";
import { listCreate, listRemove, listRename, listShare } from "./commands/reading/lists.ts";
import { exportList } from "./commands/reading/export.ts";
import { note } from "./commands/reading/note.ts";
import { forgetMe, myData } from "./commands/reading/own-data.ts";
import { save } from "./commands/reading/save.ts";
import { listShow } from "./commands/reading/show-list.ts";
import { search } from "./commands/search.ts";
import { seen } from "./commands/seen.ts";
import { show } from "./commands/show.ts";
import { status } from "./commands/status.ts";
import { similar } from "./commands/similar.ts";
import { similarToMessage } from "./message.ts";
import { keysOf, readChoice, takeChoice } from "./choice.ts";
import { createMemory } from "./conversation.ts";
import { parseLine } from "./line/parse-line.ts";
import type { Reply, Tone } from "./reply.ts";
import { answer, textCard } from "./reply.ts";
import { unknownCommand } from "./line/unknown-command.ts";

/** The commands, in the order in which help lists them. */
export const commands: readonly Command[] = [
  search,
  similar,
  map,
  show,
  cite,
  trend,
  random,
  fetchPaper,
  save,
  note,
  listShow,
  listMark,
  listMove,
  listDrop,
  listUndo,
  listCreate,
  listRename,
  listRemove,
  listShare,
  exportList,
  myData,
  forgetMe,
  digestStart,
  digestMail,
  digestList,
  digestEdit,
  digestPause,
  digestResume,
  digestStop,
  digestTest,
  digestPreview,
  digestStatus,
  digestWhy,
  digestArchive,
  digestPublish,
  digestUnpublish,
  taste,
  followStart,
  followList,
  followPause,
  followResume,
  followStop,
  catchup,
  seen,
  clubStart,
  clubNominate,
  clubVote,
  clubShow,
  clubHistory,
  clubStop,
  audit,
  about,
  status,
  help,
];

/** What a bot needs from outside. */
export interface BotParts {
  readonly library: Library;
  /** The digests, opened when they are asked for. */
  readonly digests: () => Promise<Digests>;
  /** What is followed, opened when it is asked for. Default: nothing can be. */
  readonly follows?: () => Promise<Follows>;
  /** The journal clubs, opened when they are asked for. Default: there can be none. */
  readonly clubs?: () => Promise<Clubs>;
  /** The sources on the network that the program reads. Default none. */
  readonly sources?: () => Promise<readonly SourceRecord[]>;
  /** Who changed what. Default: nobody did. */
  readonly audit?: () => Promise<Pick<Audit, "page">>;
  /** Reading lists, opened when they are asked for. Default: nothing is kept for people. */
  readonly reading?: () => Promise<Reading>;
  /** What channels remember, opened when it is asked for. Default: nothing. */
  readonly memory?: () => Promise<ChannelMemory>;
  /** The digests that come by e-mail, opened when they are asked for. Default: mail is not set up. */
  readonly mailing?: () => Promise<Mailing>;
  /** Fetches single papers that are not here. Default: nothing is fetched. */
  readonly fetching?: PaperFetching;
  readonly log: Log;
  /** The web pages, where they are served: with their public address, where that is known. Default none. */
  readonly pages?: { readonly url?: string };
  /** The platforms that are served. Default none. */
  readonly served?: ServedPlatforms;
  /** Default: nobody counts. */
  readonly count?: Count;
  readonly now: () => Date;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
  /** A short text that is in the log and in the reply, so that the two can be brought together. */
  readonly newReference: () => string;
}

/** The bot: a function from calls to replies. */
export interface Bot {
  readonly commands: readonly Command[];
  /** Answers a call. Never rejects: mistakes and faults are replies too. */
  readonly handle: (call: Call) => Promise<Reply>;
  /**
   * Answers what somebody types to the bot: `/paper search curriculum learning`, "papers like FastDINOv2?", or, of the last
   * answers to that person in that place, `2`, "more" and "back". Never rejects.
   */
  readonly handleLine: (line: string, caller: Caller) => Promise<Reply>;
  /** Finds papers similar to the one that somebody's message mentions. Never rejects. */
  readonly handleMessage: (text: string, caller: Caller) => Promise<Reply>;
  /** What completes what somebody is typing into an option of a command, at most `limit`. Never rejects. */
  readonly complete: Complete;
}

function mistakeReply(error: UserError): Reply {
  return answer({ summary: error.message, tone: "mistake", cards: [textCard(error.message)] });
}

function faultReply(reference: string): Reply {
  const summary = `Something went wrong here, and not with what you typed. The operator finds it in the log under ${reference}.`;
  return answer({ summary, tone: "fault", cards: [textCard(summary)] });
}

type Guard = (what: string, caller: Caller, work: () => Promise<Reply>) => Promise<Reply>;

/** The one place where what is thrown becomes a reply. */
function createGuard({ log, newReference }: Pick<BotParts, "log" | "newReference">): Guard {
  return (what, { platform }, work) =>
    underReference(newReference, async () => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof UserError) return mistakeReply(error);
        const reference = currentReference() ?? newReference();
        log.error(`A call failed (${reference}): ${what}`, { reference, platform, error });
        return faultReply(reference);
      }
    });
}

/** Tells how commands were answered, and how long that took. */
function createTiming(count: Count, log: Log) {
  return async (command: string, { platform }: Caller, work: () => Promise<Reply>): Promise<Reply> => {
    const began = performance.now();
    const tell = (outcome: Tone): void => {
      const milliseconds = performance.now() - began;
      count({ kind: "command", command, platform, outcome, seconds: milliseconds / 1000 });
      log.debug(`Answered “${command}”`, { platform, outcome, milliseconds: Math.round(milliseconds) });
    };
    try {
      const reply = await work();
      tell(reply.tone);
      return reply;
    } catch (error) {
      tell(error instanceof UserError ? "mistake" : "fault");
      throw error;
    }
  };
}

const NO_AUDIT: Pick<Audit, "page"> = { page: () => Promise.resolve({ records: [], total: 0 }) };

const noClubs = (): Promise<never> => Promise.reject(new UserError("There are no journal clubs here."));

const nothingFollowed = (): Promise<never> => Promise.reject(new UserError("Nothing can be followed here."));

/** Makes the bot that answers from a library. */
export function createBot(parts: BotParts): Bot {
  const { library, log, now, count = uncounted } = parts;
  const guard = createGuard(parts);
  const timed = createTiming(count, log);
  const memory = createMemory(now);
  const servicesFor = (caller: Caller): Services => ({
    library,
    now,
    random: parts.random,
    digests: parts.digests,
    follows: parts.follows ?? nothingFollowed,
    clubs: parts.clubs ?? noClubs,
    commands: () => commands,
    caller,
    keys: () => keysOf(memory.recall(caller)),
    audit: parts.audit ?? (() => Promise.resolve(NO_AUDIT)),
    sources: parts.sources ?? (() => Promise.resolve([])),
    forgetTalk: () => memory.forget(caller),
    ...(parts.reading === undefined ? {} : { reading: parts.reading }),
    ...(parts.memory === undefined ? {} : { memory: parts.memory }),
    ...(parts.mailing === undefined ? {} : { mailing: parts.mailing }),
    ...(parts.fetching === undefined ? {} : { fetching: parts.fetching }),
    ...(parts.served === undefined ? {} : { served: parts.served }),
    ...(parts.pages === undefined ? {} : { pages: parts.pages }),
  });

  const run = async ({ command, args, caller, instead }: Call): Promise<Reply> => {
    const found = commands.find(({ name }) => name === command);
    if (found === undefined)
      throw unknownCommand(
        command,
        commands.map(({ name }) => name),
      );
    const again = { command, args };
    const answered = await timed(found.name, caller, () => found.run(args, servicesFor(caller)));
    const reply = { again, ...answered };
    if (instead === true) memory.forgetLast(caller);
    memory.note(caller, reply);
    return reply;
  };
  const answerLine = async (line: string, caller: Caller): Promise<Reply> => {
    const choice = readChoice(line, memory.recall(caller));
    if (choice !== undefined)
      return takeChoice(choice, memory, caller, (chosen) => run({ ...chosen, caller }));
    const { note: read, ...invocation } = await parseLine(line, servicesFor(caller));
    const reply = await run({ ...invocation, caller });
    return read === undefined ? reply : { ...reply, cards: [textCard(read), ...reply.cards] };
  };
  return {
    commands,
    handle: (call) => guard(call.command, call.caller, () => run(call)),
    handleLine: (line, caller) => guard("a line of text", caller, () => answerLine(line, caller)),
    handleMessage: (text, caller) =>
      guard("a message", caller, async () => {
        const reply = await timed("message", caller, () => similarToMessage(text, servicesFor(caller)));
        memory.note(caller, reply);
        return reply;
      }),
    complete: createCompletions({ commands, index: library.index, log }),
  };
}
