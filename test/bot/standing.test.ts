import { expect, it } from "vitest";
import { detailsCard, introduction, listedCard } from "../../src/bot/paper-cards.ts";
import { paper } from "../digest/papers.ts";

it("a paper that no longer stands is marked in lists, and its details say in which words", () => {
  const words = "Withdrawn by the authors: Lemma 3 is wrong.";
  const withdrawn = paper("On x", { day: "2026-03-09", status: { kind: "withdrawn", words } });
  expect(introduction(withdrawn).blocks).toMatchObject([{ text: [{ text: "Withdrawn · 9 March 2026" }] }]);
  expect(listedCard({ number: 1, paper: withdrawn, lines: [] }).blocks).toMatchObject([
    { text: [{ text: "Withdrawn · 2026" }] },
  ]);
  expect(detailsCard(withdrawn).blocks[0]).toMatchObject({
    facts: [{ label: "Withdrawn", value: [{ text: words }] }, { label: "Date" }, {}, {}],
  });
});
