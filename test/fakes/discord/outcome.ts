import { CALLBACK } from "./checks/callback.ts";
import { FLAGS, has } from "./flags.ts";
import type { Json } from "./json.ts";
import { recordsOf } from "./json.ts";
import type { FirstResponse, Interaction, Message } from "./world.ts";

/** The app did not acknowledge an interaction in time: the person saw "The application did not respond". */
export class MissedDeadline extends Error {
  constructor(label: string) {
    super(`The application did not respond to "${label}" in time.`);
    this.name = "MissedDeadline";
  }
}

/** Something that a test waited for did not come. */
export class WaitedInVain extends Error {
  constructor(what: string, milliseconds: number) {
    super(`Waited ${milliseconds} ms in vain for ${what}.`);
    this.name = "WaitedInVain";
  }
}

/** What came of an interaction. */
interface Outcome {
  /** The callback type of the first response: 4 to 9. */
  readonly callbackType: number;
  /** Milliseconds from the interaction to its first response. */
  readonly firstResponseMs: number;
  readonly ephemeral: boolean;
  /** The response as the person sees it now, or the message that was updated; none for choices and modals. */
  readonly message: Message | undefined;
  readonly followUps: readonly Message[];
  /** What autocomplete offers: `{name, value}` each. */
  readonly choices: readonly Json[] | undefined;
  /** The modal that opened: title, custom id, components. */
  readonly modal: Json | undefined;
}

/** One interaction as the person who began it follows it. */
export interface InteractionHandle {
  readonly interaction: Interaction;
  /** Whether the app missed the deadline of the first response. */
  readonly missed: boolean;
  readonly message: Message | undefined;
  readonly followUps: readonly Message[];
  /** Resolves with the first response, a deferral too; rejects with `MissedDeadline`. */
  acknowledged(): Promise<FirstResponse>;
  /** Resolves once there is something to see: after a deferral the edit that fills it. Rejects with `MissedDeadline`. */
  outcome(): Promise<Outcome>;
  /** Resolves once there are so many follow-ups. */
  followedUp(count: number): Promise<readonly Message[]>;
  /** Resolves once a condition holds after some change by the app. */
  until(condition: (outcome: Outcome) => boolean, what?: string): Promise<Outcome>;
}

/** How long a handle waits beyond the deadline for what a test asks (milliseconds). */
export const PATIENCE_MS = 5000;

/** A handle on an interaction that was just sent. */
export function followInteraction(interaction: Interaction, patienceMs: number): InteractionHandle {
  const edits = interaction.source?.edits ?? 0;
  const wait = (ready: () => boolean, what: string) => waitUntil(interaction, { ready, what, patienceMs });
  return {
    interaction,
    get missed() {
      return interaction.missed;
    },
    get message() {
      return interaction.original;
    },
    get followUps() {
      return interaction.followUps;
    },
    acknowledged: async () => {
      await wait(() => interaction.first !== undefined, "an acknowledgement");
      return firstOf(interaction);
    },
    outcome: async () => {
      await wait(() => isSettled(interaction, edits), "something to see after the deferral");
      return outcomeOf(interaction);
    },
    followedUp: async (count) => {
      await wait(() => interaction.followUps.length >= count, `${count} follow-ups`);
      return interaction.followUps;
    },
    until: async (condition, what = "a condition") => {
      await wait(() => interaction.first !== undefined && condition(outcomeOf(interaction)), what);
      return outcomeOf(interaction);
    },
  };
}

function isSettled(interaction: Interaction, editsBefore: number): boolean {
  const { first, original, followUps } = interaction;
  if (first === undefined) return false;
  if (first.type === CALLBACK.deferred) {
    return original === undefined || original.deleted || !has(original.flags, FLAGS.loading);
  }
  if (first.type !== CALLBACK.deferredUpdate || original === undefined) return true;
  return original.deleted || original.edits > editsBefore || followUps.length > 0;
}

function firstOf(interaction: Interaction): FirstResponse {
  if (interaction.first === undefined) throw new MissedDeadline(interaction.label);
  return interaction.first;
}

function outcomeOf(interaction: Interaction): Outcome {
  const first = firstOf(interaction);
  const { original, followUps, choices, modal } = interaction;
  return {
    callbackType: first.type,
    firstResponseMs: first.afterMs,
    ephemeral: first.ephemeral,
    message: original?.deleted === true ? undefined : original,
    followUps,
    choices: choices === undefined ? undefined : recordsOf(choices),
    modal,
  };
}

interface Wait {
  readonly ready: () => boolean;
  readonly what: string;
  readonly patienceMs: number;
}

/** Rejects at once when the deadline was missed, and after the patience when the rest does not come. */
function waitUntil(interaction: Interaction, { ready, what, patienceMs }: Wait): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      interaction.watchers.delete(look);
      settle();
    };
    const look = (): void => {
      if (ready()) finish(resolve);
      else if (interaction.missed) finish(() => reject(new MissedDeadline(interaction.label)));
    };
    const vain = (): void =>
      finish(() => reject(new WaitedInVain(`${what} of "${interaction.label}"`, patienceMs)));
    const timer = setTimeout(vain, patienceMs);
    interaction.watchers.add(look);
    look();
  });
}
