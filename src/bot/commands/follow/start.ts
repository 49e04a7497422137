import type { Follow, FollowPlan } from "../../../follow/follow.ts";
import type { FollowForecast } from "../../../follow/forecast.ts";
import { followWords } from "../../../follow/words.ts";
import type { Place } from "../../../schedule/place.ts";
import { countVerb, dayWords } from "../../../schedule/words.ts";
import { UserError } from "../../../user-error.ts";
import { listedCard, paperRecord } from "../../cards/paper-cards.ts";
import type { Services } from "../../command.ts";
import { defineCommand } from "../../command.ts";
import { chooseReply } from "../../naming/choose-paper.ts";
import { choice } from "../../options.ts";
import type { Button, Invocation, Reply } from "../../reply.ts";
import { answer, plain, prose, strong, textCard } from "../../reply.ts";
import type { FollowSaid } from "./said.ts";
import { followOptions, readRhythm, readWish, sortWords } from "./said.ts";
import { channelToChange, followPlace, requireRoom } from "./which.ts";

/** Set by the button under the forecast. */
const confirm = choice({
  description: "Set by the button under the forecast",
  choices: ["yes"] as const,
  internal: true,
});

/** How much would come, in a sentence that does not promise more than it knows. */
function noiseWords({ to, aWeek, matching }: FollowForecast): string {
  if (matching === 0) return "No paper here matches yet. You are told when the first one comes.";
  if (to === undefined || aWeek === 0)
    return `${countVerb(matching, "paper", "match")} of all that are here, none of the last four weeks.`;
  const rounded =
    aWeek < 1
      ? "less than one paper a week matches"
      : `about ${countVerb(Math.round(aWeek), "paper", "match").replace(" match", " a week match")}`;
  return `By the four weeks up to ${dayWords(to)}, ${rounded}.`;
}

type Plan = Omit<FollowPlan, "since">;

const lineOf = (plan: Plan): string => followWords({ ...plan, since: 0 });

async function forecastReply(services: Services, who: string, plan: Plan, button: Button): Promise<Reply> {
  const forecast = await (await services.follows()).forecast(plan.wish);
  const summary = `${who} will be told of new ${lineOf(plan)}.`;
  const examples = forecast.latest.map((paper, i) => ({
    ...listedCard({ number: i + 1, paper, lines: [] }),
    buttons: [],
  }));
  return answer({
    summary,
    cards: [
      { blocks: [prose(strong(summary)), prose(plain(noiseWords(forecast)))], buttons: [] },
      ...(examples.length === 0 ? [] : [textCard("The newest that match:")]),
      ...examples,
      { blocks: [prose(plain("Nothing is saved yet."))], buttons: [button] },
    ],
    data: forecast.latest.map(paperRecord),
  });
}

/** The conversation that a person is told in privately. Throws a UserError where there is none. */
async function privatePlace(services: Services, plan: Plan): Promise<Place> {
  const { place, writePrivately } = services.caller;
  if (place?.direct === true) return channelToChange(services);
  if (writePrivately === undefined)
    throw new UserError("I cannot write to you privately from here. Say it in a direct message with me.");
  const opened = await writePrivately(
    `You follow ${lineOf(plan)}. New ones come here; “follow list” shows what you follow.`,
  );
  if (opened !== undefined) return opened;
  throw new UserError(
    "I may not write to you privately: your direct messages are closed to me. Allow direct messages from members of this server, or have it told in a channel: to:here.",
  );
}

/** Refuses what is followed there already: a button pressed twice, or by two people, is meant once. */
function requireNew(there: readonly Follow[], plan: Plan): void {
  requireRoom(there);
  if (there.some((follow) => followWords(follow.plan) === lineOf(plan)))
    throw new UserError("That is followed there already; “follow list” shows it and whether it is paused.");
}

/** What gives the same follow again, with the paper by its id. */
function confirmed(said: FollowSaid, plan: Plan): Invocation {
  const args = { ...said, zone: plan.when === "at once" ? undefined : plan.zone };
  const like = plan.wish.kind === "like" ? { like: plan.wish.paper } : {};
  const given = Object.entries({ ...args, ...like }).filter(
    (one): one is [string, string] => one[1] !== undefined,
  );
  return { command: "follow start", args: { ...Object.fromEntries(given), confirm: "yes" } };
}

async function save(services: Services, said: FollowSaid, plan: Plan): Promise<Reply> {
  const follows = await services.follows();
  const isHere = said.to === "here";
  const { caller } = services;
  const known = isHere
    ? await follows.inPlace(followPlace(services))
    : await follows.privateOf(caller.platform, caller.user);
  requireNew(known, plan);
  const place = isHere ? await channelToChange(services) : await privatePlace(services, plan);
  await follows.start(place, caller.user, plan);
  const summary = `${isHere ? "This channel follows" : "You follow"} ${lineOf(plan)}.`;
  return answer({
    summary,
    cards: [
      textCard(
        summary,
        "Only papers that come from now on are told. “follow list” shows what is followed, “follow stop” ends it.",
      ),
    ],
  });
}

/** Sets up a follow. */
export const followStart = defineCommand({
  name: "follow start",
  description: "Be told of new papers by somebody, of an organisation, about words or like a paper",
  namesOptions: true,
  changes: true,
  meantBy: /^\/?follow\s+(?!start\b)(?:\S+\s+)*?(?:author|org|search|like):/i,
  options: { ...followOptions, confirm },
  examples: [
    { line: 'follow start author:"Jane Doe"', does: "every day, privately, what she published" },
    { line: "follow start org:nvidia to:here when:weekly", does: "once a week, in this channel" },
    { line: 'follow start search:"diffusion, -survey" when:"at once"', does: "within minutes" },
  ],
  notes: [
    "First it says about how many papers a week match; the button below saves. A paper is new when it comes to this corpus, whatever its date, and no paper is told twice.",
  ],
  async run({ confirm: isConfirmed, ...typed }, services) {
    const said = sortWords(typed);
    const wished = await readWish(said, services);
    if (wished.kind === "which") {
      const run = ({ id }: { readonly id: string }): Invocation => {
        const args = Object.entries({ ...said, like: id }).filter(
          (one): one is [string, string] => one[1] !== undefined,
        );
        return { command: "follow start", args: Object.fromEntries(args) };
      };
      return chooseReply(wished.text, wished.found, { run, label: "Follow" }, services);
    }
    followPlace(services);
    if (said.to === "here") await channelToChange(services);
    const plan = { wish: wished.wish, ...(await readRhythm(said, services)) };
    if (isConfirmed === "yes") return save(services, said, plan);
    const run = confirmed(said, plan);
    const who = said.to === "here" ? "This channel" : "You";
    return forecastReply(services, who, plan, { kind: "run", label: "Follow", key: "y", run });
  },
});
