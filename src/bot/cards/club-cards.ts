import type { ClubEdition, Winner } from "../../club/club.ts";
import type { Tallied } from "../../club/tally.ts";
import { paperUrl } from "../../corpus/identifiers/links.ts";
import { formatTime } from "../../schedule/slots/schedule-options.ts";
import { localDateOf } from "../../schedule/slots/slots.ts";
import { countWords, dayWords } from "../../schedule/words.ts";
import type { Button, Card, Reply, Span } from "../reply.ts";
import { answer, link, personMention, plain, prose, strong, textCard } from "../reply.ts";

/** Who nominated a paper, and how many voted for it. */
export function nominatedBy({ by, votes }: Pick<Winner, "by" | "votes">): Span[] {
  const who = by === undefined ? [] : [plain("Nominated by "), personMention(by), plain(". ")];
  return [...who, plain(`${countWords(votes, "vote")}.`)];
}

/** A title as a link to its paper. */
export const titleSpan = ({ paper, title }: Pick<Winner, "title"> & { readonly paper: string }): Span =>
  link(title, paperUrl({ id: paper as Winner["paper"], title }));

/** Casts one's vote. */
export const voteButton = (paper: string, key: string): Button => ({
  kind: "run",
  label: "Vote",
  key,
  run: { command: "club vote", args: { paper } },
});

/** A nomination in a list, with the button that votes for it. */
export function nominationCard(one: Tallied, number: number): Card {
  return {
    heading: [plain(`${number}. `), titleSpan(one)],
    blocks: [prose(...nominatedBy(one))],
    buttons: [voteButton(one.paper, String(number))],
  };
}

/** What is said before a meeting. For everyone in the channel. */
export function clubReply({ subscription, news }: Pick<ClubEdition, "subscription" | "news">): Reply {
  if (news.kind === "nothing") {
    const summary =
      "The journal club has no paper yet: nothing is nominated. “club nominate” proposes one. This is said once, until there was one.";
    return answer({ summary, audience: "everyone", cards: [textCard(summary)] });
  }
  const { winner, kind } = news;
  const { time, zone } = subscription.plan;
  const day = dayWords(localDateOf(zone, winner.meeting));
  const title =
    kind === "chosen"
      ? `The journal club reads this on ${day} at ${formatTime(time)} ${zone}`
      : `The journal club meets in an hour, at ${formatTime(time)} ${zone}`;
  const details: Button = {
    kind: "run",
    label: "Details",
    key: "1",
    run: { command: "show", args: { paper: winner.paper } },
  };
  return answer({
    summary: `${title}: ${winner.title}`,
    audience: "everyone",
    cards: [
      { blocks: [prose(strong(title))], buttons: [] },
      { heading: [titleSpan(winner)], blocks: [prose(...nominatedBy(winner))], buttons: [details] },
    ],
    data: [
      { id: winner.paper, title: winner.title, votes: winner.votes, meeting: winner.meeting.toISOString() },
    ],
  });
}
