import type { Choosing } from "../naming/choose-paper.ts";
import { chooseReply } from "../naming/choose-paper.ts";
import { nominateButtons } from "./club/here.ts";
import { defineCommand } from "../command.ts";
import { findPaper, fitAsName } from "../naming/find-paper.ts";
import { paperSchema } from "../cards/record-schemas.ts";
import { choice, requiredText } from "../options.ts";
import { NAMES, paperRecord, previewCard } from "../cards/paper-cards.ts";
import { detailsCard } from "../cards/paper-details.ts";
import { postedBlocks } from "../cards/here/known-here.ts";
import { standingBlocks } from "../cards/here/standing.ts";
import { answer } from "../reply.ts";

const details: Choosing = {
  run: ({ id }) => ({ command: "show", args: { paper: id } }),
  label: "Details",
};

/** Everything that is known of one paper. */
export const show = defineCommand({
  name: "show",
  description: "Show all that is known of one paper",
  record: paperSchema,
  options: {
    paper: requiredText({
      description: "A title or a part of it, an arXiv, Hugging Face or alphaXiv link, a DOI or an id",
      brief: "A title, link, DOI or id",
      missing: "Which paper? Give a title, a part of it, a link or an id, such as: show FastDINOv2",
      maxLength: 500,
      takesLine: true,
      completedBy: "titles",
    }),
    card: choice({
      description: "Set by link previews and pages",
      choices: ["preview", "page"],
      internal: true,
    }),
  },
  fit: (words, { library }) => fitAsName(library.index, words),
  examples: [
    { line: "show FastDINOv2", does: "by a part of the title" },
    { line: "show https://arxiv.org/abs/1706.03762", does: "by a link" },
  ],
  async run({ paper: text, card }, services) {
    const found = await findPaper(services.library.index, text);
    if (found.kind !== "found") {
      return chooseReply(text, found, details, services);
    }
    const names = card === "page" ? NAMES.page : NAMES.details;
    const shown = card === "preview" ? previewCard(found.paper) : detailsCard(found.paper, names);
    const posted = await postedBlocks(services, found.paper);
    const standing = await standingBlocks(services, found.paper);
    const nominate = card === undefined ? await nominateButtons(services, found.paper.id) : [];
    return answer({
      summary: found.paper.title,
      cards: [
        {
          ...shown,
          blocks: [...shown.blocks, ...posted, ...standing],
          buttons: [...shown.buttons, ...nominate],
        },
      ],
      data: [paperRecord(found.paper)],
    });
  },
});
