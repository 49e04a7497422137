import type { Follow } from "../../../follow/follow.ts";
import type { Follows } from "../../../follow/follows.ts";
import { damagedFollow, followWords, heldFollowWords } from "../../../follow/words.ts";
import { UserError } from "../../../user-error.ts";
import type { Command } from "../../command.ts";
import { defineCommand } from "../../command.ts";
import type { Button, Card, Reply } from "../../reply.ts";
import { answer, plain, prose, textCard } from "../../reply.ts";
import type { NumberedFollow } from "./which.ts";
import {
  channelToChange,
  findFollow,
  followPlace,
  mayChange,
  numberedFollows,
  whichFollow,
} from "./which.ts";

function stateWords({ state, place }: Follow): string {
  switch (state.kind) {
    case "active":
      return "";
    case "paused":
      return " Paused.";
    case "held":
      return ` ${heldFollowWords(state.reason, place)}`;
  }
}

function listCard({ number, follow }: NumberedFollow): Card {
  const button = (label: string, key: string, command: string): Button => ({
    kind: "run",
    label,
    key: `${number}${key}`,
    run: { command, args: { follow: follow.id } },
  });
  const whose = follow.place.direct === true ? "Told to you" : "Told in this channel";
  const words = followWords(follow.plan);
  return {
    heading: [plain(`${number}. ${words.slice(0, 1).toUpperCase()}${words.slice(1)}`)],
    blocks: [prose(plain(`${whose}.${stateWords(follow)}`))],
    buttons: [
      follow.state.kind === "paused"
        ? button("Resume", "r", "follow resume")
        : button("Pause", "z", "follow pause"),
      button("Stop", "x", "follow stop"),
    ],
  };
}

/** What is followed. */
export const followList = defineCommand({
  name: "follow list",
  description: "Show what this channel follows, and what you do",
  options: {},
  examples: [{ line: "follow list", does: "what is told here and to you, and when" }],
  async run(_values, services) {
    const all = await numberedFollows(services);
    const follows = await services.follows();
    const damaged = (await follows.damaged(followPlace(services))).map((one) => textCard(damagedFollow(one)));
    if (all.length + damaged.length === 0) {
      const none = 'Nothing is followed here. “follow start” begins, such as: follow start author:"Jane Doe"';
      return answer({ summary: none, cards: [textCard(none)] });
    }
    const summary = all.length === 1 ? "One follow." : `${all.length} follows.`;
    return answer({
      summary,
      cards: [textCard(summary), ...all.map(listCard), ...damaged],
      data: all.map(({ number, follow: { id, plan, state } }) => ({
        number,
        id,
        follows: followWords(plan),
        state: state.kind,
      })),
    });
  },
});

interface Change {
  readonly verb: string;
  readonly description: string;
  readonly does: string;
  readonly change: (follows: Follows, follow: Follow, by: string) => Promise<string>;
}

/** A command that changes one follow. */
function changing({ verb, description, does, change }: Change): Command {
  const name = `follow ${verb}`;
  return defineCommand({
    name,
    description,
    changes: true,
    options: { follow: whichFollow },
    examples: [{ line: name, does }],
    async run({ follow: which }, services): Promise<Reply> {
      const { number, follow } = await findFollow(services, which);
      await mayChange(services, follow);
      const done = await change(await services.follows(), follow, services.caller.user);
      const summary = `Follow ${number} (${followWords(follow.plan)}) ${done}`;
      return answer({ summary, cards: [textCard(summary)] });
    },
  });
}

export const followPause = changing({
  verb: "pause",
  description: "Pause something that is followed",
  does: "nothing is told until “follow resume”",
  async change(follows, follow, by) {
    if (follow.state.kind === "paused")
      throw new UserError("This follow is paused already. “follow resume” lets it go on.");
    await follows.pause(follow, by);
    return "is paused. “follow resume” lets it go on.";
  },
});

export const followResume = changing({
  verb: "resume",
  description: "Let something that is followed go on",
  does: "what came in the pause is not made up",
  async change(follows, follow, by) {
    if (follow.state.kind === "active") throw new UserError("This follow is not paused.");
    await follows.resume(follow, by);
    return follow.state.kind === "held"
      ? "is tried again."
      : "goes on. What came in the pause is not made up; a search finds it.";
  },
});

const stopReadable = changing({
  verb: "stop",
  description: "End something that is followed",
  does: "nothing more is told of it",
  async change(follows, { id, place }, by) {
    await follows.stop(id, place, by);
    return "is ended.";
  },
});

/** Ends a follow; one that cannot be read by its id alone, since it has no number. */
export const followStop: Command = {
  ...stopReadable,
  async run(args, services) {
    const follows = await services.follows();
    const { place } = services.caller;
    const damaged = place === undefined ? [] : await follows.damaged(place);
    const one = damaged.find(({ id }) => id === args["follow"]);
    if (one === undefined) return stopReadable.run(args, services);
    await follows.stop(one.id, await channelToChange(services), services.caller.user);
    const summary = `The follow ${one.id}, which could not be read, is ended.`;
    return answer({ summary, cards: [textCard(summary)] });
  },
};
