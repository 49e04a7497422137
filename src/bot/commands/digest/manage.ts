import type { Digests } from "../../../digest/digests.ts";
import { heldWords } from "../../../schedule/words.ts";
import { damagedWords } from "../../../digest/words.ts";
import type { Subscription } from "../../../digest/subscription.ts";
import { MAIL } from "../../../mailing/mailbox.ts";
import { UserError } from "../../../user-error.ts";
import type { Command } from "../../command.ts";
import { defineCommand } from "../../command.ts";
import type { Button, Card, Reply } from "../../reply.ts";
import { answer, plain, prose, textCard } from "../../reply.ts";
import type { NumberedMail } from "./mailed.ts";
import { mailedTo } from "./mailed.ts";
import type { Numbered } from "./place.ts";
import { findToChange, numberedIn, placeOf, placeToChange, whichOption } from "./place.ts";
import { planWords } from "./plan.ts";

function stateWords({ state }: Subscription): string {
  switch (state.kind) {
    case "active":
      return "";
    case "paused":
      return " Paused.";
    case "held":
      return ` Held back: ${heldWords(state.reason)}. It goes on by itself once that is mended.`;
  }
}

/** A digest of a list; `address` where it comes by e-mail. */
function listCard({ number, subscription, address }: Numbered & { readonly address?: string }): Card {
  const button = (label: string, key: string, command: string): Button => ({
    kind: "run",
    label,
    key: `${number}${key}`,
    run: { command, args: { digest: subscription.id } },
  });
  const isPaused = subscription.state.kind === "paused";
  return {
    heading: [plain(`${number}. Paper of the day${address === undefined ? "" : ` to ${address}`}`)],
    blocks: [prose(plain(`${planWords(subscription.plan)}.${stateWords(subscription)}`))],
    buttons: [
      button("Preview", "p", "digest preview"),
      button("Status", "", "digest status"),
      isPaused ? button("Resume", "r", "digest resume") : button("Pause", "z", "digest pause"),
      button("Stop", "x", "digest stop"),
    ],
  };
}

/** The digests that come to whoever calls, for that person's eyes. */
function mailedReply(mailed: readonly NumberedMail[]): Reply {
  const summary =
    mailed.length === 1
      ? "One digest comes to you by e-mail."
      : `${mailed.length} digests come to you by e-mail.`;
  return answer({ summary, cards: [textCard(summary), ...mailed.map(listCard)] });
}

/** The digests of a channel. */
export const digestList = defineCommand({
  name: "digest list",
  description: "Show the digests of this channel, and to you alone those that come to you by e-mail",
  options: {},
  examples: [{ line: "digest list", does: "what this channel gets, and when" }],
  async run(_values, services) {
    const digests = await services.digests();
    const mailed = await mailedTo(services);
    if (services.caller.place === undefined && mailed.length > 0) return mailedReply(mailed);
    const place = placeOf(services);
    const all = await numberedIn(digests, place);
    const damaged = (await digests.damaged(place)).map((one) => textCard(damagedWords(one)));
    const count = all.length + damaged.length;
    const summary =
      count === 0
        ? "This channel has no digest yet. “digest start” sets one up."
        : count === 1
          ? "This channel has one digest."
          : `This channel has ${count} digests.`;
    const own = mailed.length === 0 ? [] : mailedReply(mailed).cards;
    return answer({ summary, cards: [textCard(summary), ...all.map(listCard), ...damaged, ...own] });
  },
});

interface Change {
  readonly verb: string;
  readonly description: string;
  readonly does: string;
  readonly change: (digests: Digests, subscription: Subscription, by: string) => Promise<string>;
}

/** A command that changes one digest of a channel. */
function changing({ verb, description, does, change }: Change): Command {
  const name = `digest ${verb}`;
  return defineCommand({
    name,
    description,
    changes: true,
    options: { digest: whichOption },
    examples: [{ line: name, does }],
    async run({ digest }, services): Promise<Reply> {
      const digests = await services.digests();
      const { number, subscription } = await findToChange(services, digest);
      const summary = `Digest ${number} (${planWords(subscription.plan)}) ${await change(digests, subscription, services.caller.user)}`;
      return answer({ summary, cards: [textCard(summary)] });
    },
  });
}

export const digestPause = changing({
  verb: "pause",
  description: "Pause a digest of this channel",
  does: "nothing comes until “digest resume”",
  async change(digests, subscription, by) {
    if (subscription.state.kind === "paused")
      throw new UserError("This digest is paused already. “digest resume” lets it go on.");
    await digests.pause(subscription, by);
    return "is paused. “digest resume” lets it go on.";
  },
});

export const digestResume = changing({
  verb: "resume",
  description: "Let a paused digest go on",
  does: "what fell into the pause is not made up",
  async change(digests, subscription, by) {
    if (subscription.state.kind === "active") throw new UserError("This digest is not paused.");
    await digests.resume(subscription, by);
    return subscription.state.kind === "held"
      ? "is tried again at its next time."
      : "goes on. What fell into the pause is not made up.";
  },
});

const stopReadable = changing({
  verb: "stop",
  description: "End a digest of this channel",
  does: "what the channel has had stays known",
  async change(digests, { id, place }, by) {
    await digests.stop(id, place, by);
    if (place.platform === MAIL) return "is ended. An address that gets no digest any more is forgotten.";
    return "is ended. What this channel has had stays known, so that a new digest brings none of it again.";
  },
});

/** Ends a digest; one that cannot be read by its id alone, since it has no number. */
export const digestStop: Command = {
  ...stopReadable,
  async run(args, services) {
    const digests = await services.digests();
    const { place } = services.caller;
    const damaged = place === undefined ? [] : await digests.damaged(place);
    const one = damaged.find(({ id }) => id === args["digest"]);
    if (one === undefined) return stopReadable.run(args, services);
    await digests.stop(one.id, await placeToChange(services), services.caller.user);
    const summary = `The digest ${one.id}, which could not be read, is ended.`;
    return answer({ summary, cards: [textCard(summary)] });
  },
};
