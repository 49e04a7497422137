import { stringify } from "yaml";
import type { Club } from "../../../src/club/club.ts";
import type { Subscription } from "../../../src/digest/subscription.ts";
import type { Follow } from "../../../src/follow/follow.ts";
import type { Wish } from "../../../src/follow/wish.ts";
import type { Exported } from "../../../src/portable/exporting.ts";
import { formatDays, formatTime } from "../../../src/schedule/slots/schedule-options.ts";
import type { Schedule } from "../../../src/schedule/slots/slots.ts";
import { placeName } from "./place-name.ts";
import { VERSION } from "./read-settings.ts";

const HEAD = ` What Paperboy sends and keeps, channel by channel, for “paperboy settings import FILE --to PLACE”.
 days: daily, weekdays, weekends, or days such as mon, thu. runners: papers after the paper of the day, 0 to 10.
 topics: in the query language, with commas between; "" for all papers. delivery: thread or channel.
 follows: each of one author, org, search, or paper that others are like; when: at once, daily or weekly.
 lists: those that the channel shares, without who saved what. club: one day, and lead, the days before that it chooses.
 What is left out is as “digest start” and its kin have it. An id of a digest lets an import find it again; leave it as it is.`;

type Facts = Readonly<Record<string, unknown>>;

const scheduleFacts = ({ time, zone, days }: Schedule): Facts => ({
  time: formatTime(time),
  zone,
  days: formatDays(days).replace(/^(?:on|at) /, ""),
});

function digestRecord({ id, plan, state }: Subscription): Facts {
  return {
    id,
    topics: plan.topics,
    ...scheduleFacts(plan),
    runners: plan.runnersUp,
    comments: plan.minimumComments,
    votes: plan.minimumVotes,
    delivery: plan.delivery,
    paused: state.kind === "paused",
  };
}

function wishFacts(wish: Wish): Facts {
  switch (wish.kind) {
    case "author":
    case "org":
      return { [wish.kind]: wish.name };
    case "search":
      return { search: wish.words };
    case "like":
      return { like: wish.paper, title: wish.title };
  }
}

const followRecord = ({ plan, state }: Follow): Facts => ({
  ...wishFacts(plan.wish),
  when: plan.when,
  ...(plan.when === "at once" ? {} : scheduleFacts(plan)),
  paused: state.kind === "paused",
});

const clubRecord = ({ plan }: Club): Facts => ({ ...scheduleFacts(plan), lead: plan.lead });

/** Writes settings as YAML that people can read and change. */
export function writeSettings(places: readonly Exported[]): string {
  const record = {
    "paperboy-settings": VERSION,
    places: places.map(({ place, zone, digests, follows, lists, club }) => ({
      place: placeName(place),
      ...(zone === undefined ? {} : { zone }),
      ...(digests.length === 0 ? {} : { digests: digests.map(digestRecord) }),
      ...(follows.length === 0 ? {} : { follows: follows.map(followRecord) }),
      ...(lists.length === 0 ? {} : { lists }),
      ...(club === undefined ? {} : { club: clubRecord(club) }),
    })),
  };
  const head = HEAD.split("\n").map((line) => `#${line}\n`);
  return `${head.join("")}${stringify(record, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}
