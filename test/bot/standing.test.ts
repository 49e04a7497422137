import { expect, it } from "vitest";
import { createBot } from "../../src/bot/bot.ts";
import { introduction, listedCard } from "../../src/bot/cards/paper-cards.ts";
import { detailsCard } from "../../src/bot/cards/paper-details.ts";
import type { Paper } from "../../src/corpus/paper.ts";
import { openLibrary } from "../../src/library/library.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { paper } from "../digest/papers.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { headings } from "../support/reply-parts.ts";
import { caller, replyText } from "../support/seed-bot.ts";
import { pagesFolder } from "../support/seed-pages.ts";

const status = { kind: "retracted", words: "Retracted: the data of Table 2 & 3 are made up." } as const;

/** A bot that knows these papers alone; what is drawn by lot is the test's. */
async function botOf(papers: readonly Paper[], draw = () => 0.5) {
  const { log } = collectingLog();
  const library = await openLibrary({ pages: pagesFolder, state: "/dev/null/nowhere" }, log);
  const index = createEmbeddedIndex();
  await index.add(papers);
  return createBot({
    library: { ...library, index },
    log,
    digests: () => Promise.reject(new Error("not asked here")),
    now: () => new Date("2026-03-10T00:00:00Z"),
    random: draw,
    newReference: () => "ref-1",
  });
}

const wombats = Array.from({ length: 8 }, (_, i) => {
  const abstract = `Wombats dig burrows${i === 2 ? " and marsupial tunnels in the outback" : ""}.`;
  return paper(`Wombats dig, part ${i}`, { abstract, ...(i === 2 || i === 5 ? { status } : {}) });
});

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

it("a paper that no longer stands comes after the others among similar ones, marked, page after page", async () => {
  const bot = await botOf([
    ...wombats,
    paper("Wombats asked about", { abstract: "Wombats dig burrows and marsupial tunnels in the outback." }),
  ]);
  const first = await bot.handleLine("similar Wombats asked about", caller);
  const second = await bot.handleLine("n", caller);
  const [listed, marked] = [[...headings(first), ...headings(second)], replyText(second)];
  expect(listed).toHaveLength(8);
  expect(
    listed
      .slice(6)
      .map((title) => title.slice(-1))
      .toSorted(),
  ).toEqual(["2", "5"]);
  expect(listed.at(-2)).toBe("7. Wombats dig, part 2");
  expect(marked.match(/^Retracted$/gm)).toHaveLength(2);
  expect([...first.data, ...second.data].filter((one) => "status" in one)).toMatchObject([
    { status },
    { status },
  ]);
});

it("a paper that no longer stands is cited with a note, and told as such", async () => {
  const reply = await (await botOf(wombats)).handleLine("cite Wombats dig, part 5", caller);
  expect(replyText(reply)).toContain(String.raw`note = {Retracted: the data of Table 2 \& 3 are made up.},`);
  expect(replyText(reply)).toContain("This paper was retracted; the entry says so in its note.");
  expect(reply.data).toMatchObject([{ status }]);
});

it("a paper that no longer stands is never drawn by lot", async () => {
  for (let i = 0; i < 16; i++) {
    const bot = await botOf(wombats, () => i / 16);
    const reply = await bot.handleLine("random", caller);
    expect(reply.summary).not.toMatch(/part [25]$/);
  }
});
