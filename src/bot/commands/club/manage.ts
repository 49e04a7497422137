import type { ClubPlan } from "../../../club/club.ts";
import { localDateOf } from "../../../schedule/slots/slots.ts";
import { formatSchedule, parseDays, parseTime } from "../../../schedule/slots/schedule-options.ts";
import { parseZone } from "../../../schedule/slots/zone-option.ts";
import { countWords, dayWords } from "../../../schedule/words.ts";
import { UserError } from "../../../user-error.ts";
import { nominatedBy, nominationCard, titleSpan } from "../../cards/club-cards.ts";
import type { Services } from "../../command.ts";
import { defineCommand } from "../../command.ts";
import { integer, optionalText } from "../../options.ts";
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

/** Begins a club. */
export const clubStart = defineCommand({
  name: "club start",
  description: "Begin a journal club in this channel: one paper a week, by nominations and votes",
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
    lead: integer({
      description: "Days before that the paper is chosen (0 to 6)",
      brief: "Days before that it is chosen (0–6)",
      min: 0,
      max: 6,
      fallback: 2,
    }),
  },
  examples: [
    {
      line: "club start day:thu time:16:00 zone:Europe/Berlin",
      does: "Thursdays; the paper is chosen on Tuesdays",
    },
  ],
  async run({ day = "thu", time = "16:00", zone, lead }, services) {
    const place = await channelOfClub(services);
    const clubs = await services.clubs();
    const days = parseDays(day);
    if (days.length !== 1)
      throw new UserError(`“${day}” is not one day. A club meets once a week, such as: day:thu`);
    if ((await clubs.inPlace(place)) !== undefined)
      throw new UserError(
        "This channel has a journal club already. “club show” tells of it, “club stop” ends it.",
      );
    const plan: ClubPlan = { days, time: parseTime(time), zone: await zoneFor(services, zone), lead };
    await clubs.start(place, services.caller.user, plan);
    const summary = `The journal club meets ${formatSchedule(plan)}.`;
    const chosen = lead === 0 ? "two hours before" : `${countWords(lead, "day")} before`;
    return answer({
      summary,
      cards: [
        textCard(summary, `Its paper is chosen ${chosen}. “club nominate” proposes one, “club vote” votes.`),
      ],
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
