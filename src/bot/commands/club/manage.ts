import type { Club, ClubPlan } from "../../../club/club.ts";
import { firstMeeting } from "../../../club/club.ts";
import { localDateOf } from "../../../schedule/slots/slots.ts";
import { formatSchedule, parseDays, parseTime } from "../../../schedule/slots/schedule-options.ts";
import { parseZone } from "../../../schedule/slots/zone-option.ts";
import { countWords, dayWords } from "../../../schedule/words.ts";
import { UserError } from "../../../user-error.ts";
import { nominatedBy, nominationCard, titleSpan } from "../../cards/club-cards.ts";
import type { Services } from "../../command.ts";
import { defineCommand } from "../../command.ts";
import { integerOrNone, optionalText } from "../../options.ts";
import type { Reply } from "../../reply.ts";
import { answer, plain, prose, textCard } from "../../reply.ts";
import { placeHere } from "../place-here.ts";
import { channelOfClub, clubHere } from "./here.ts";

/** Nominations and meetings that are shown: as many as every platform shows of a list. */
const SHOWN = 10;

/** The time zone: as said, or as the server said before. Throws a UserError that asks for it. */
async function zoneFor(services: Services, said: string | undefined): Promise<string> {
  if (said !== undefined) return parseZone(said);
  const known = await (await services.digests()).zoneOf(placeHere(services, ""));
  if (known !== undefined) return known;
  throw new UserError(
    "In which time zone do you meet? Say it, such as: club start day:thu time:16:00 zone:Europe/Berlin",
  );
}

/** The one day of the week that a text names. Throws a UserError where it is not one. */
function oneDay(text: string): ClubPlan["days"] {
  const days = parseDays(text);
  if (days.length === 1) return days;
  throw new UserError(`“${text}” is not one day. A club meets once a week, such as: day:thu`);
}

const choiceWords = ({ lead }: ClubPlan): string =>
  `Its paper is chosen ${lead === 0 ? "two hours before" : `${countWords(lead, "day")} before`}.`;

/** What somebody says of the time of a club; what is not said stays. */
interface Said {
  readonly day: string | undefined;
  readonly time: string | undefined;
  readonly zone: string | undefined;
  readonly lead: number | undefined;
}

/** Gives a club another time, and says what was and what is. */
async function change(club: Club, { day, time, zone, lead }: Said, services: Services): Promise<Reply> {
  const before = club.plan;
  const plan: ClubPlan = {
    days: day === undefined ? before.days : oneDay(day),
    time: time === undefined ? before.time : parseTime(time),
    zone: zone === undefined ? before.zone : parseZone(zone),
    lead: lead ?? before.lead,
  };
  const [was, is] = [formatSchedule(before), formatSchedule(plan)];
  if (was === is && plan.lead === before.lead)
    throw new UserError(
      `This channel has a journal club, which meets ${was}. Name what is to change, such as: club start day:fri. “club show” tells of it, “club stop” ends it.`,
    );
  const clubs = await services.clubs();
  const after = await clubs.change(club, plan, services.caller.user);
  const summary =
    was === is
      ? `The journal club meets ${is}, as before.`
      : `The journal club meets ${is}; until now it met ${was}.`;
  const next = firstMeeting(after.plan, services.now());
  const carried = (await clubs.history(after)).find(({ paper }) => paper === after.plan.carried);
  const words = [
    ...(next === undefined ? [] : [`It meets next on ${dayWords(localDateOf(plan.zone, next))}.`]),
    choiceWords(plan),
    ...(carried === undefined ? [] : [`It reads “${carried.title}” then, which was chosen before.`]),
    "All that is nominated and voted for stays.",
  ];
  return answer({ summary, cards: [textCard(summary, words.join(" "))] });
}

/** Begins a club. */
export const clubStart = defineCommand({
  name: "club start",
  description: "Begin a journal club in this channel, or give the one that there is another time",
  namesOptions: true,
  changes: true,
  options: {
    day: optionalText({
      description: "The day of the week, such as thu; default Thursday",
      brief: "Such as thu; default Thursday",
    }),
    time: optionalText({
      description: "Time of day, such as 16:00, the default",
      brief: "Such as 16:00, the default",
    }),
    zone: optionalText({ description: "Time zone, such as Europe/Berlin", completedBy: "zones" }),
    lead: integerOrNone({
      description: "Days before that the paper is chosen (0 to 6)",
      brief: "Days before that it is chosen (0–6)",
      min: 0,
      max: 6,
    }),
  },
  examples: [
    {
      line: "club start day:thu time:16:00 zone:Europe/Berlin",
      does: "Thursdays; the paper is chosen on Tuesdays",
    },
  ],
  notes: [
    "Again, where there is a club: club start day:fri moves it, and all that is nominated and voted for stays. What is not said stays as it is.",
  ],
  async run(said, services) {
    const place = await channelOfClub(services);
    const clubs = await services.clubs();
    const club = await clubs.inPlace(place);
    if (club !== undefined) return change(club, said, services);
    const { day = "thu", time = "16:00", zone, lead = 2 } = said;
    const plan: ClubPlan = {
      days: oneDay(day),
      time: parseTime(time),
      zone: await zoneFor(services, zone),
      lead,
    };
    await clubs.start(place, services.caller.user, plan);
    const summary = `The journal club meets ${formatSchedule(plan)}.`;
    return answer({
      summary,
      cards: [textCard(summary, `${choiceWords(plan)} “club nominate” proposes one, “club vote” votes.`)],
    });
  },
});

/** Ends a club. */
export const clubStop = defineCommand({
  name: "club stop",
  description: "End the journal club of this channel",
  changes: true,
  options: {},
  examples: [{ line: "club stop", does: "with its nominations and votes" }],
  async run(_values, services) {
    await channelOfClub(services);
    await (await services.clubs()).stop(await clubHere(services), services.caller.user);
    const summary = "The journal club is ended.";
    return answer({ summary, cards: [textCard(summary)] });
  },
});

/** What is nominated. */
export const clubShow = defineCommand({
  name: "club show",
  description: "Show what is nominated for the journal club, and vote",
  options: {},
  examples: [{ line: "club show", does: "the most votes first" }],
  async run(_values, services) {
    const club = await clubHere(services);
    const open = await (await services.clubs()).open(club);
    const summary = `The journal club meets ${formatSchedule(club.plan)}; ${countWords(open.length, "paper")} ${open.length === 1 ? "is" : "are"} nominated.`;
    const more = open.length > SHOWN ? [textCard(`${open.length - SHOWN} more with fewer votes.`)] : [];
    return answer({
      summary,
      cards: [
        textCard(summary),
        ...open.slice(0, SHOWN).map((one, i) => nominationCard(one, i + 1)),
        ...more,
      ],
      data: open.map(({ paper, title, votes }) => ({ id: paper, title, votes })),
    });
  },
});

/** What was read. */
export const clubHistory = defineCommand({
  name: "club history",
  description: "Show what the journal club read",
  options: {},
  examples: [{ line: "club history", does: "the last meetings, the newest first" }],
  async run(_values, services) {
    const club = await clubHere(services);
    const all = await (await services.clubs()).history(club);
    const summary =
      all.length === 0
        ? "The journal club has read nothing yet."
        : `The journal club had ${countWords(all.length, "paper")}.`;
    const cards = all.slice(0, SHOWN).map((winner) => ({
      heading: [plain(`${dayWords(localDateOf(club.plan.zone, winner.meeting))}: `), titleSpan(winner)],
      blocks: [prose(...nominatedBy(winner))],
      buttons: [],
    }));
    return answer({
      summary,
      cards: [textCard(summary), ...cards],
      data: all.map(({ paper, title, votes, meeting }) => ({
        id: paper,
        title,
        votes,
        meeting: meeting.toISOString(),
      })),
    });
  },
});
