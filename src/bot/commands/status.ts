import type { Place } from "../../schedule/place.ts";
import { placeKey } from "../../schedule/place.ts";
import { scheduledFindings } from "../../health/scheduled.ts";
import type { Watched } from "../../schedule/watched.ts";
import type { Finding, Level } from "../../health/finding.ts";
import { failure, fine, warning } from "../../health/finding.ts";
import { papersFinding, sourceFinding } from "../../health/papers.ts";
import { noPlatforms } from "../../health/platforms.ts";
import { UserError } from "../../user-error.ts";
import { counted } from "../cards/paper-cards.ts";
import type { Services } from "../command.ts";
import { defineCommand } from "../command.ts";
import type { Span } from "../reply.ts";
import { answer, plain, prose, strong } from "../reply.ts";

/** Channels that are asked about, for each is a question to the platform. */
const CHANNELS = 20;

/** What a server's manager is told of: a server, one direct conversation, or all where the operator sits. */
type Scope = (place: Place) => boolean;

/** Whose status is told. Throws a UserError for somebody who may not manage digests there. */
async function scopeOf({ caller }: Services): Promise<Scope> {
  const { place, platform, passing } = caller;
  if (passing === true)
    throw new UserError(
      "Who may see how Paperboy does is not known here. Ask in Discord, Slack or a terminal.",
    );
  if (place === undefined && platform === "terminal") return () => true;
  if (place === undefined)
    throw new UserError(
      "This works in a channel of a server that Paperboy is a member of, or in a direct message with it.",
    );
  const authority = (await caller.authority?.()) ?? { kind: "may" };
  if (authority.kind === "may-not")
    throw new UserError(`Only ${authority.who} can see how Paperboy does here.`);
  if (authority.kind === "cannot") throw new UserError(authority.why);
  const { server } = place;
  return place.direct === true || server === undefined
    ? (other) => placeKey(other) === placeKey(place)
    : (other) => other.platform === place.platform && other.server === server && other.direct !== true;
}

function connectionFinding({ caller, served = noPlatforms }: Services): readonly Finding[] {
  switch (served.connected(caller.platform)) {
    case undefined:
      return [];
    case true:
      return [fine("The connection stands.")];
    case false:
      return [
        warning(
          "The connection is lost, and is made again.",
          "Wait some minutes; whoever runs it finds more in the log.",
        ),
      ];
  }
}

/** Whether the bot may post in the channels that something is sent to, as far as they are of platforms that are served. */
async function channelFindings(
  { served = noPlatforms }: Services,
  places: readonly Place[],
): Promise<readonly Finding[]> {
  const asked = places.filter(({ platform }) => served.connected(platform) !== undefined);
  const found = await Promise.all(
    asked
      .slice(0, CHANNELS)
      .map((place) =>
        served
          .inspect(place)
          .catch(() =>
            warning(`The channel ${place.channel} could not be asked about.`, "Try again in some minutes."),
          ),
      ),
  );
  const more = asked.length - CHANNELS;
  return more > 0
    ? [
        ...found,
        fine(`${counted(more, "more channel")} with digests, follows or clubs were not asked about.`),
      ]
    : found;
}

/** What is sent on a schedule. */
async function watchedBy({ digests, follows, clubs }: Services): Promise<readonly Watched[]> {
  return [(await digests()).watched, (await follows()).watched, (await clubs()).watched];
}

/** What can be said of what is sent here; nothing more than that where the database fails. */
async function sentHere(services: Services, scope: Scope): Promise<readonly Finding[]> {
  const watched = await watchedBy(services);
  const all = (await Promise.all(watched.map((one) => one.all()))).flat();
  const places = all.map(({ place }) => place).filter(scope);
  const channels = [...new Map(places.map((place) => [placeKey(place), place])).values()];
  if (channels.length === 0) return [fine("No channel here has a digest, a follow or a journal club.")];
  const [asked, ...found] = await Promise.all([
    channelFindings(services, channels),
    ...watched.map((one) => scheduledFindings(one, scope, services.now())),
  ]);
  return [...asked, ...found.flat()];
}

/** What was found, or why it was not: whoever asks sees all the rest. */
async function orWhy(found: Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await found;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [failure(error.message, "Tell whoever runs it.")];
  }
}

const WORDS: Readonly<Record<Level, string>> = { ok: "ok", warning: "warning", failure: "failure" };

const itemOf = ({ level, what, todo }: Finding): Span[] => [
  strong(WORDS[level]),
  plain(` ${what}${todo === undefined ? "" : ` ${todo}`}`),
];

function summaryOf(all: readonly Finding[]): string {
  const of = (level: Level): number => all.filter((one) => one.level === level).length;
  if (of("failure") === 0 && of("warning") === 0) return "All is well here.";
  return `${counted(of("failure"), "failure")} and ${counted(of("warning"), "warning")} here.`;
}

/** How Paperboy does in a server or workspace. */
export const status = defineCommand({
  name: "status",
  description: "Say how Paperboy does here: connection, permissions, digests, sources, papers",
  options: {},
  examples: [{ line: "status", does: "what is well and what to mend, for those who may manage digests" }],
  notes: ["It is for those who may manage digests, and shown to you alone."],
  async run(_values, services) {
    const scope = await scopeOf(services);
    const read = async (): Promise<readonly Finding[]> =>
      (await services.sources()).map((source) => sourceFinding(source, services.now()));
    const facts = services.library.facts();
    const found = [
      ...connectionFinding(services),
      ...(await orWhy(sentHere(services, scope))),
      ...(await orWhy(read())),
      papersFinding(await facts),
    ];
    const summary = summaryOf(found);
    return answer({
      summary,
      audience: "caller",
      cards: [
        {
          heading: [plain("How Paperboy does here")],
          blocks: [prose(plain(summary)), { kind: "list", items: found.map(itemOf) }],
          buttons: [],
        },
      ],
      data: found.map((one) => ({ ...one })),
    });
  },
});
