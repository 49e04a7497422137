import { UserError } from "../../../user-error.ts";
import { titleSpan, voteButton } from "../../cards/club-cards.ts";
import { defineCommand } from "../../command.ts";
import type { Choosing } from "../../naming/choose-paper.ts";
import { chooseReply } from "../../naming/choose-paper.ts";
import { findPaper } from "../../naming/find-paper.ts";
import { requiredText } from "../../options.ts";
import { answer, personMention, plain, prose, textCard } from "../../reply.ts";
import { clubHere } from "./here.ts";

/** Papers that wait to be chosen at most: more would be a list to read and no vote. */
const MOST = 50;

const paperOption = (missing: string) =>
  requiredText({
    description: "A title or a part of it, a link, a DOI or an id",
    brief: "A title, a link, a DOI or an id",
    missing,
    maxLength: 500,
    takesLine: true,
    completedBy: "titles",
  });

const CHOOSING: Choosing = {
  run: ({ id }) => ({ command: "club nominate", args: { paper: id } }),
  label: "Nominate",
};

/** Proposes a paper. */
export const clubNominate = defineCommand({
  name: "club nominate",
  description: "Nominate a paper for the journal club of this channel",
  beside: true,
  changes: true,
  options: {
    paper: paperOption("Which paper? Give a title, a link or an id, such as: club nominate FastDINOv2"),
  },
  examples: [{ line: "club nominate FastDINOv2", does: "for one of the next meetings" }],
  async run({ paper: text }, services) {
    const club = await clubHere(services);
    const clubs = await services.clubs();
    const found = await findPaper(services.library.index, text);
    if (found.kind !== "found") return chooseReply(text, found, CHOOSING, services);
    if ((await clubs.open(club)).length >= MOST)
      throw new UserError(`${MOST} papers are nominated, which is the most. Vote for one of them: club show`);
    const { id, title } = found.paper;
    if (!(await clubs.nominate(club, found.paper, services.caller.user)))
      throw new UserError(
        `“${title}” was nominated before. “club show” shows what is open, “club history” what was read.`,
      );
    const summary = `Nominated for the journal club: ${title}`;
    const by =
      services.caller.place === undefined
        ? []
        : [personMention(services.caller.user), plain(" nominates it for the journal club.")];
    return answer({
      summary,
      audience: "everyone",
      cards: [
        {
          heading: [titleSpan({ paper: id, title })],
          blocks: [prose(...by)],
          buttons: [voteButton(id, "1")],
        },
      ],
    });
  },
});

/** Votes. */
export const clubVote = defineCommand({
  name: "club vote",
  description: "Vote for what the journal club reads; another vote takes the place of yours",
  beside: true,
  changes: true,
  options: { paper: paperOption("For which paper? “club show” shows what is nominated.") },
  examples: [{ line: "club vote FastDINOv2", does: "you have one vote, and may change it" }],
  async run({ paper: text }, services) {
    const club = await clubHere(services);
    const clubs = await services.clubs();
    const open = await clubs.open(club);
    const found = await findPaper(services.library.index, text);
    const id = found.kind === "found" ? found.paper.id : text;
    const one = open.find(({ paper }) => paper === id || paper === text);
    if (one === undefined)
      throw new UserError(
        `“${text}” is not nominated here, or was chosen. “club show” shows what is, “club nominate” nominates.`,
      );
    await clubs.vote(club, one.paper, services.caller.user);
    const summary = `Your vote is for “${one.title}”. Another vote takes its place.`;
    return answer({ summary, cards: [textCard(summary)] });
  },
});
