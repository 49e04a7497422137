import { stringify } from "yaml";
import { formatDays, formatTime } from "../../../src/schedule/slots/schedule-options.ts";
import type { Place } from "../../../src/schedule/place.ts";
import type { Subscription } from "../../../src/digest/subscription.ts";
import { placeName } from "./place-name.ts";
import { VERSION } from "./read-settings.ts";

const HEAD = ` Paperboy's digests, channel by channel, for “paperboy settings import FILE --to PLACE”.
 days: daily, weekdays, weekends, or days such as mon, thu. runners: papers after the paper of the day, 0 to 10.
 topics: in the query language, with commas between; "" for all papers. delivery: thread or channel.
 What is left out is as “digest start” has it. An id lets an import find the digest again; leave it as it is.`;

function digestRecord({ id, plan, state }: Subscription): Readonly<Record<string, unknown>> {
  return {
    id,
    topics: plan.topics,
    time: formatTime(plan.time),
    zone: plan.zone,
    days: formatDays(plan.days).replace(/^(?:on|at) /, ""),
    runners: plan.runnersUp,
    comments: plan.minimumComments,
    votes: plan.minimumVotes,
    delivery: plan.delivery,
    paused: state.kind === "paused",
  };
}

/** Writes settings as YAML that people can read and change. */
export function writeSettings(
  places: readonly {
    readonly place: Place;
    readonly zone?: string;
    readonly subscriptions: readonly Subscription[];
  }[],
): string {
  const record = {
    "paperboy-settings": VERSION,
    places: places.map(({ place, zone, subscriptions }) => ({
      place: placeName(place),
      ...(zone === undefined ? {} : { zone }),
      digests: subscriptions.map(digestRecord),
    })),
  };
  const head = HEAD.split("\n").map((line) => `#${line}\n`);
  return `${head.join("")}${stringify(record, { lineWidth: 0 })}`;
}
