import { forecastWords } from "../../../digest/choice/forecast-words.ts";
import type { Plan, Subscription } from "../../../digest/subscription.ts";
import { DEFAULT_PLAN, MOST_DIGESTS } from "../../../digest/subscription.ts";
import { MAIL } from "../../../mailing/mailbox.ts";
import { UserError } from "../../../user-error.ts";
import type { Services } from "../../command.ts";
import { defineCommand } from "../../command.ts";
import { choice } from "../../options.ts";
import { listedCard, paperRecord } from "../../cards/paper-cards.ts";
import type { Button, Invocation, Reply } from "../../reply.ts";
import { answer, plain, prose, strong, textCard } from "../../reply.ts";
import { findToChange, numberedIn, placeToChange, whichOption } from "./place.ts";
import { changePlanBy, planArguments, planOptions, planWords } from "./plan.ts";

/** Set by the button under the forecast. */
const confirm = choice({
  description: "Set by the button under the forecast",
  choices: ["yes"] as const,
  internal: true,
});

/** What filters would have brought, before anything is saved, and the button that saves. */
async function forecastReply(services: Services, plan: Plan, button: Button): Promise<Reply> {
  const digests = await services.digests();
  const forecast = await digests.forecast(plan);
  const words = forecastWords(forecast);
  const summary = `A paper of the day ${planWords(plan)}.`;
  const last =
    forecast.latest.length === 0
      ? []
      : [textCard(`The last ${forecast.latest.length === 1 ? "one" : forecast.latest.length}:`)];
  const examples = forecast.latest.map((paper, i) => ({
    ...listedCard({ number: i + 1, paper, lines: [] }),
    buttons: [],
  }));
  return answer({
    summary,
    cards: [
      { blocks: [prose(strong(summary)), ...words.map((text) => prose(plain(text)))], buttons: [] },
      ...last,
      ...examples,
      { blocks: [prose(plain("Nothing is saved yet."))], buttons: [button] },
    ],
    data: forecast.latest.map(paperRecord),
  });
}

function savedReply(summary: string, { plan }: Subscription): Reply {
  return answer({
    summary,
    cards: [
      textCard(
        summary,
        `It comes ${planWords(plan)}.`,
        "“digest preview” shows the next one, “digest edit” changes it, “digest stop” ends it.",
      ),
    ],
  });
}

/** The time zone that a new digest has: as said, or as the server said before. Throws a UserError that asks for it. */
async function zoneFor(services: Services, said: string | undefined): Promise<string> {
  if (said !== undefined) return said;
  const digests = await services.digests();
  const known = services.caller.place && (await digests.zoneOf(services.caller.place));
  if (known !== undefined) return known;
  throw new UserError(
    "In which time zone are you? Say it once, such as: digest start zone:Europe/Berlin. Later digests here take the same.",
  );
}

/** Sets up a digest. */
export const digestStart = defineCommand({
  name: "digest start",
  changes: true,
  description: "Set up a daily paper of the day in this channel",
  namesOptions: true,
  options: { ...planOptions, confirm },
  examples: [
    { line: "digest start zone:Europe/Berlin", does: "every weekday at 9:00, of all papers" },
    { line: "digest start diffusion, -survey time:8:30 days:mon,thu", does: "twice a week, of one topic" },
  ],
  notes: [
    "First it says what these filters would have brought over the last 30 days; the button below saves. A paper that this channel has had never comes again.",
  ],
  async run({ confirm: confirmed, ...said }, services) {
    const place = await placeToChange(services);
    const digests = await services.digests();
    const zone = await zoneFor(services, said.zone);
    const plan = changePlanBy(DEFAULT_PLAN, { ...said, zone }, services.now());
    const there = await numberedIn(digests, place);
    const same = there.find(({ subscription }) => planWords(subscription.plan) === planWords(plan));
    // A button pressed twice, or by two people, is meant once.
    if (same !== undefined)
      throw new UserError(
        `This channel has this digest already: it is number ${same.number} in “digest list”, which says whether it is paused.`,
      );
    if (there.length >= MOST_DIGESTS)
      throw new UserError(
        `This channel has ${MOST_DIGESTS} digests, which is the most. “digest stop” ends one.`,
      );
    const run: Invocation = {
      command: "digest start",
      args: { ...planArguments({ ...said, zone }), confirm: "yes" },
    };
    if (confirmed === undefined)
      return forecastReply(services, plan, { kind: "run", label: "Start this digest", key: "y", run });
    if ((await digests.zoneOf(place)) === undefined)
      await digests.setZone(place, plan.zone, services.caller.user);
    return savedReply("The digest is set up.", await digests.start(place, services.caller.user, plan));
  },
});

/** Changes a digest. */
export const digestEdit = defineCommand({
  name: "digest edit",
  changes: true,
  description: "Change a digest of this channel",
  namesOptions: true,
  options: {
    ...planOptions,
    topics: { ...planOptions.topics, takesLine: false },
    digest: whichOption,
    confirm,
  },
  examples: [{ line: "digest edit time:8:30", does: "the only digest here, half an hour earlier" }],
  notes: ["topics:none takes the topics away. With several digests name one: digest edit 2 time:8:30."],
  async run({ digest, confirm: confirmed, ...said }, services) {
    const digests = await services.digests();
    const { subscription } = await findToChange(services, digest);
    const args = planArguments(said);
    if (Object.keys(args).length === 0)
      throw new UserError(
        `Change what? Name it, such as: digest edit time:8:30. It comes ${planWords(subscription.plan)}.`,
      );
    if (said.delivery === "thread" && subscription.place.platform === MAIL)
      throw new UserError("A mail has no thread: all of a digest comes in one. Leave “delivery” out.");
    const plan = changePlanBy(subscription.plan, said, services.now());
    const run: Invocation = {
      command: "digest edit",
      args: { ...args, digest: subscription.id, confirm: "yes" },
    };
    if (confirmed === undefined)
      return forecastReply(services, plan, { kind: "run", label: "Save", key: "y", run });
    return savedReply("The digest is changed.", await digests.edit(subscription, plan, services.caller.user));
  },
});
