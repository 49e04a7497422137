import type { Caller } from "./command.ts";
import type { Reply } from "./reply.ts";
import { runButtons } from "./reply.ts";

/** Conversations that are remembered at once, and answers of each: some megabytes at most. */
const CONVERSATIONS = 300;
const ANSWERS = 10;

/** Hours after which a conversation is forgotten: a working day. */
export const REMEMBERED_HOURS = 12;

/** What was answered to one person in one place. */
interface Conversation {
  /** The last answers, the latest at the end. */
  readonly answers: readonly Reply[];
  /** The last list, which stays until another takes its place. */
  readonly list?: Reply;
  readonly at: Date;
}

/** What is remembered of what was answered, in this process alone and for some hours. */
export interface Memory {
  readonly recall: (caller: Caller) => Pick<Conversation, "answers" | "list">;
  readonly note: (caller: Caller, reply: Reply) => void;
  /** Forgets the last answer, as if it had not been given. */
  readonly forgetLast: (caller: Caller) => void;
  /** Forgets all that was answered to a person, wherever that was. */
  readonly forget: (caller: Caller) => void;
  /** Takes the last answer away and gives the one before it; undefined, and nothing taken, where there is none. */
  readonly goBack: (caller: Caller) => Reply | undefined;
}

const keyOf = ({ platform, user, place }: Caller): string =>
  JSON.stringify([platform, place?.server ?? "", place?.channel ?? "", user]);

/** A list has pages, or hits to choose from; one paper has a few keys of its own. */
function isList(reply: Reply): boolean {
  const keys = runButtons(reply).map(({ key }) => key);
  return keys.filter((key) => /^\d+$/.test(key)).length > 1 || keys.some((key) => /^\d+s$/.test(key));
}

/** Remembers the last answers to everybody; the conversation that rested longest is forgotten first. */
export function createMemory(now: () => Date): Memory {
  const conversations = new Map<string, Conversation>();
  const recall = (caller: Caller): Conversation => {
    const known = caller.passing ? undefined : conversations.get(keyOf(caller));
    const oldest = now().getTime() - REMEMBERED_HOURS * 60 * 60 * 1000;
    return known === undefined || known.at.getTime() < oldest ? { answers: [], at: now() } : known;
  };
  const keep = (caller: Caller, answers: readonly Reply[], list: Reply | undefined): void => {
    if (caller.passing) return;
    conversations.delete(keyOf(caller));
    const kept = answers.slice(-ANSWERS);
    conversations.set(keyOf(caller), { answers: kept, at: now(), ...(list === undefined ? {} : { list }) });
    const [longest] = conversations.keys();
    if (conversations.size > CONVERSATIONS && longest !== undefined) conversations.delete(longest);
  };
  return {
    recall,
    note(caller, reply) {
      const { answers, list } = recall(caller);
      // Abstracts are not kept, only that there are papers to share.
      const noted = { ...reply, data: reply.data.map(({ id }) => ({ id })) };
      keep(caller, [...answers, noted], isList(noted) ? noted : list);
    },
    forgetLast(caller) {
      const { answers, list } = recall(caller);
      keep(caller, answers.slice(0, -1), list);
    },
    forget({ platform, user }) {
      for (const key of conversations.keys()) {
        const [itsPlatform, , , itsUser] = JSON.parse(key) as readonly string[];
        if (itsPlatform === platform && itsUser === user) conversations.delete(key);
      }
    },
    goBack(caller) {
      const { answers, list } = recall(caller);
      const before = answers.at(-2);
      if (before !== undefined) keep(caller, answers.slice(0, -1), isList(before) ? before : list);
      return before;
    },
  };
}
