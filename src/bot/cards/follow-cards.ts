import type { FollowEdition } from "../../follow/follow.ts";
import { reasonWords, wishWords } from "../../follow/wish.ts";
import { whoFollows } from "../../follow/words.ts";
import { countVerb } from "../../schedule/words.ts";
import type { Reply } from "../reply.ts";
import { answer, emphasis, prose, strong, textCard } from "../reply.ts";
import type { HereLines } from "./here/known-here.ts";
import { listedCard, paperRecord, shortened } from "./paper-cards.ts";

/** Longest reason below a paper, in characters. */
const REASON = 120;

/** New papers that somebody follows, each with the reason for it. For everyone in the place. */
export function followReply(
  { subscription, news }: Pick<FollowEdition, "subscription" | "news">,
  here: HereLines = () => [],
): Reply {
  const { plan, place } = subscription;
  const title = `New ${wishWords(plan.wish)}`;
  if (news.kind === "nothing") {
    const summary = `${title}: none since the last time.`;
    return answer({ summary, audience: "everyone", cards: [textCard(summary)] });
  }
  const who = whoFollows(place);
  const cards = news.papers.map((paper, i) => {
    const reason = shortened(reasonWords(plan.wish, paper, who), REASON);
    return listedCard({
      number: i + 1,
      paper,
      lines: [prose(emphasis(reason)), ...here(paper)],
      telling: "full",
    });
  });
  const first = news.papers[0]?.title ?? "";
  const others = news.papers.length - 1;
  const rest =
    news.more === 0
      ? []
      : [
          textCard(
            `${countVerb(news.more, "more paper", "wait")} for the next message, which comes as this one did.`,
          ),
        ];
  return answer({
    summary: `${title}: ${first}${others > 0 ? ` and ${others} more` : ""}`,
    audience: "everyone",
    cards: [{ blocks: [prose(strong(title))], buttons: [] }, ...cards, ...rest],
    data: news.papers.map(paperRecord),
  });
}
