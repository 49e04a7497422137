import { expect, it } from "vitest";
import { createViews } from "../../src/digest/choice/view.ts";
import { composeNews } from "../../src/digest/compose.ts";
import { arxivPaperId, parseArxivId, titlePaperId } from "../../src/corpus/identifiers/paper-id.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { date, paper, place, planOf } from "./papers.ts";

it("a paper that a channel had under its title does not come again under its identifier", async () => {
  const arxiv = parseArxivId("2603.00001");
  if (arxiv === undefined) throw new Error("no identifier");
  const index = createEmbeddedIndex();
  const known = { ...paper("Attention to wombats", { day: "2026-03-09" }), id: arxivPaperId(arxiv) };
  await index.add([known, paper("Another paper on wombats", { day: "2026-03-01" })]);
  const view = await createViews(index)();
  const slot = { date: date("2026-03-10"), dueAt: new Date("2026-03-10T09:00:00Z") };
  const subscription = { place, plan: planOf() };
  const had = [
    { paper: titlePaperId("Attention to wombats"), date: date("2026-03-02"), role: "paper-of-the-day" },
  ] as const;
  const [fresh, again] = [
    await composeNews(view, subscription, slot, { had: [], lessons: [] }),
    await composeNews(view, subscription, slot, { had, lessons: [] }),
  ];
  expect(fresh.kind === "chosen" && fresh.paper.paper.title).toBe("Attention to wombats");
  expect(again.kind === "chosen" && again.paper.paper.title).toBe("Another paper on wombats");
  expect(again.kind === "chosen" && again.runnersUp).toEqual([]);
});
