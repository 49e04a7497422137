import { defineCommand } from "../command.ts";
import { paperRecord } from "../cards/paper-cards.ts";
import { detailsCard } from "../cards/paper-details.ts";
import { answer, textCard } from "../reply.ts";

/** A paper drawn by lot. */
export const random = defineCommand({
  name: "random",
  description: "Show a paper drawn by lot",
  options: {},
  examples: [{ line: "random", does: "any paper of the corpus" }],
  async run(_values, { library, random: draw }) {
    const chosen = await library.index.draw(draw());
    if (chosen === undefined) {
      const summary = "The corpus is empty, so there is nothing to draw from.";
      return answer({ summary, tone: "missing", cards: [textCard(summary)] });
    }
    const card = detailsCard(chosen);
    const again = { kind: "run", label: "Another", key: "n", run: { command: "random", args: {} } } as const;
    return answer({
      summary: chosen.title,
      cards: [{ ...card, buttons: [again, ...card.buttons] }],
      data: [paperRecord(chosen)],
      // Whoever it is shared with is to see the same paper.
      again: { command: "show", args: { paper: chosen.id } },
    });
  },
});
