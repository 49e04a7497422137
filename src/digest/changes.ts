import { formatDays, formatTime } from "../schedule/slots/schedule-options.ts";
import type { Plan } from "./subscription.ts";

/** What a plan asks for, by the names that people type. */
function planFacts(plan: Plan): Readonly<Record<string, string>> {
  return {
    time: formatTime(plan.time),
    zone: plan.zone,
    days: formatDays(plan.days),
    topics: plan.topics === "" ? "all papers" : `“${plan.topics}”`,
    runners: String(plan.runnersUp),
    comments: String(plan.minimumComments),
    votes: String(plan.minimumVotes),
    delivery: plan.delivery,
  };
}

/** A plan in words, fact by fact. */
export function factWords(plan: Plan): string {
  return Object.entries(planFacts(plan))
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}

/** How a plan was changed, fact by fact: `time 09:00 → 08:30`. None where it stays as it is. */
export function planChanges(before: Plan, after: Plan): readonly string[] {
  const now = planFacts(after);
  return Object.entries(planFacts(before)).flatMap(([name, value]) =>
    value === now[name] ? [] : [`${name} ${value} → ${now[name] ?? ""}`],
  );
}
