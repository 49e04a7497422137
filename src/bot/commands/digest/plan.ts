import { formatSchedule, parseDays, parseTime } from "../../../schedule/slots/schedule-options.ts";
import type { Plan } from "../../../digest/subscription.ts";
import { readTopics } from "../../../search/query/topics.ts";
import { parseZone } from "../../../schedule/slots/zone-option.ts";
import { choice, integerOrNone, optionalText } from "../../options.ts";
import type { OptionValues } from "../../options.ts";
import { counted } from "../../cards/paper-cards.ts";

/** What people may say of a digest; what is not said stays as it is. */
export const planOptions = {
  topics: optionalText({
    description: "Topics, separated by commas: diffusion models, org:nvidia, -survey",
    brief: "Topics, such as: diffusion, -survey",
    takesLine: true,
    maxLength: 500,
  }),
  time: optionalText({ description: "Time of day, such as 9:00 or 4:30 pm" }),
  zone: optionalText({
    description: "Time zone, such as Europe/Berlin; asked once per server",
    brief: "Such as Europe/Berlin; asked once",
    completedBy: "zones",
  }),
  days: optionalText({
    description: "weekdays, daily, weekly, or days such as mon,thu",
    brief: "weekdays, daily, weekly or mon,thu",
  }),
  runners: integerOrNone({
    description: "Papers after the paper of the day (0 to 10)",
    brief: "Papers after the first (0 to 10)",
    min: 0,
    max: 10,
  }),
  comments: integerOrNone({ description: "Only papers with so many comments", min: 0, max: 10_000 }),
  votes: integerOrNone({ description: "Only papers with so many votes", min: 0, max: 100_000 }),
  delivery: choice({
    description: "Whether the papers after the first go into a thread or into the channel",
    brief: "Where the papers after the first go",
    choices: ["thread", "channel"] as const,
  }),
};

export type PlanValues = OptionValues<typeof planOptions>;

/** A plan with what was said of it. “none” takes topics away. Throws a UserError for what cannot be read. */
export function changePlanBy(plan: Plan, said: PlanValues, now: Date): Plan {
  const topics = said.topics === undefined ? plan.topics : said.topics.replace(/^(none|all|-)$/i, "");
  readTopics(topics, now);
  return {
    time: said.time === undefined ? plan.time : parseTime(said.time),
    zone: said.zone === undefined ? plan.zone : parseZone(said.zone),
    days: said.days === undefined ? plan.days : parseDays(said.days),
    runnersUp: said.runners ?? plan.runnersUp,
    topics,
    minimumComments: said.comments ?? plan.minimumComments,
    minimumVotes: said.votes ?? plan.minimumVotes,
    delivery: said.delivery ?? plan.delivery,
  };
}

/** What was said, as the arguments of a call that says it again. */
export function planArguments(said: PlanValues): Record<string, string> {
  return Object.fromEntries(
    Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

/** A plan in a line: `on weekdays at 09:00 Europe/Berlin; diffusion; 3 papers after it, in a thread`. */
export function planWords(plan: Plan): string {
  const { topics, minimumComments, minimumVotes, runnersUp, delivery } = plan;
  const parts = [
    formatSchedule(plan),
    topics === "" ? "all papers" : topics,
    ...(minimumComments > 0 ? [`at least ${counted(minimumComments, "comment")}`] : []),
    ...(minimumVotes > 0 ? [`at least ${counted(minimumVotes, "vote")}`] : []),
    runnersUp === 0
      ? "one paper"
      : `the paper of the day and ${runnersUp} more${delivery === "thread" ? " in its thread" : ""}`,
  ];
  return parts.join("; ");
}
