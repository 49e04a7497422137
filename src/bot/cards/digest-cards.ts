import type { Choice } from "../../digest/choice/choose.ts";
import type { LocalDate } from "../../schedule/slots/local-date.ts";
import type { Scored } from "../../digest/ranking/score.ts";
import type { Plan } from "../../digest/subscription.ts";
import { dayWords } from "../../schedule/words.ts";
import { nothingWords, reasonWords } from "../../digest/words.ts";
import type { HereLines } from "./here/known-here.ts";
import { introduction, listedCard, paperRecord, saveButton } from "./paper-cards.ts";
import type { Button, Card, Reply } from "../reply.ts";
import { answer, emphasis, prose, strong, textCard } from "../reply.ts";

/** A digest to show. `part` is all of it unless said. */
export interface ShownEdition {
  readonly plan: Plan;
  readonly date: LocalDate;
  readonly news: Choice;
  /** When it was due, where it comes late. */
  readonly lateSince?: Date;
  /** The subscription, for the button that asks why. */
  readonly id?: string;
  /** What the channel knows of its papers. Default nothing. */
  readonly here?: HereLines;
  readonly part?: "all" | "paper-of-the-day" | "runners-up";
}

/** What can be done with the paper of the day; why it was chosen is asked of a subscription. */
function buttonsOf({ paper }: Scored, id: string | undefined): Button[] {
  const why = { command: "digest why", args: { paper: paper.id, digest: id ?? "" } };
  return [
    { kind: "run", label: "Similar", key: "s", run: { command: "similar", args: { papers: paper.id } } },
    { kind: "run", label: "Cite", key: "c", run: { command: "cite", args: { paper: paper.id } } },
    saveButton(paper, "+"),
    ...(id === undefined ? [] : [{ kind: "run", label: "Why this one?", key: "w", run: why } as const]),
  ];
}

function paperCard(
  scored: Scored,
  archive: boolean,
  { id, here = () => [] }: Pick<ShownEdition, "id" | "here">,
): Card {
  const { heading, blocks } = introduction(scored.paper);
  return {
    ...(heading === undefined ? {} : { heading }),
    blocks: [
      ...blocks,
      ...here(scored.paper),
      prose(emphasis(`Chosen for: ${reasonWords(scored, archive)}`)),
    ],
    buttons: buttonsOf(scored, id),
  };
}

function runnerUpCard({ paper }: Scored, i: number, here: HereLines = () => []): Card {
  return listedCard({ number: i + 2, paper, lines: here(paper), telling: "full" });
}

function lateWords(lateSince: Date | undefined): string {
  return lateSince === undefined ? "" : ` · late: it was due at ${lateSince.toISOString().slice(11, 16)} UTC`;
}

/** What a channel gets: the paper of the day with the reason for it, and what follows it. For everyone. */
export function editionReply({ plan, date, news, lateSince, id, here, part = "all" }: ShownEdition): Reply {
  if (news.kind === "nothing") {
    const summary = `No paper of the day on ${dayWords(date)}: ${nothingWords(news.reason)} This is said once, until it changes.`;
    return answer({ summary, audience: "everyone", cards: [textCard(summary)] });
  }
  const { paper, runnersUp, archive } = news;
  const topics = plan.topics === "" ? "" : ` · ${plan.topics}`;
  const title = `Paper of the day · ${dayWords(date)}${topics}${lateWords(lateSince)}`;
  const first: Card[] =
    part === "runners-up"
      ? [textCard("Also worth a look:")]
      : [
          { blocks: [prose(strong(title))], buttons: [] },
          paperCard(paper, archive, {
            ...(id === undefined ? {} : { id }),
            ...(here === undefined ? {} : { here }),
          }),
        ];
  const others = part === "paper-of-the-day" ? [] : runnersUp;
  const between = part === "all" && others.length > 0 ? [textCard("Also worth a look:")] : [];
  return answer({
    summary: part === "runners-up" ? "Also worth a look" : `${title}: ${paper.paper.title}`,
    audience: "everyone",
    cards: [...first, ...between, ...others.map((one, i) => runnerUpCard(one, i, here))],
    data: [...(part === "runners-up" ? [] : [paper]), ...others].map((one) => paperRecord(one.paper)),
  });
}
