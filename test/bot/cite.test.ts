import { expect, it } from "vitest";
import { cite } from "../../src/bot/commands/cite.ts";
import { mergeListings } from "../../src/corpus/merging/catalogue.ts";
import type { Listing } from "../../src/corpus/paper.ts";
import { partialDate } from "../../src/corpus/partial-date.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { openLibrary } from "../../src/library/library.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { caller } from "../support/seed-bot.ts";
import { pagesFolder } from "../support/seed-pages.ts";

/** The BibTeX entry of a paper with these facts. */
async function entryOf(facts: Partial<Listing>): Promise<unknown> {
  const index = createEmbeddedIndex();
  const date = partialDate(2025, 7, 20);
  const dated = date === undefined ? {} : { date };
  await index.add(mergeListings([{ title: "A tiny wombat", listedOn: "test", ...dated, ...facts }]));
  const library = await openLibrary({ pages: pagesFolder, state: "/dev/null/nowhere" }, collectingLog().log);
  const services = {
    now: () => new Date(),
    random: () => 0,
    commands: () => [],
    digests: () => Promise.reject(new Error("not asked here")),
    clubs: () => Promise.reject(new Error("not asked here")),
    follows: () => Promise.reject(new Error("not asked here")),
    audit: () => Promise.reject(new Error("not asked here")),
    caller,
    sources: () => Promise.resolve([]),
  };
  const reply = await cite.run({ paper: "A tiny wombat" }, { ...services, library: { ...library, index } });
  return reply.data[0]?.["bibtex"];
}

it.each(["Ronit Gross", "Gross, Ronit", "Gross, Ronit A."])(
  "a citation's key begins with the surname of %s",
  async (name) => {
    expect(await entryOf({ authors: { kind: "named", names: [name, "Yarden Tzach"] } })).toMatch(
      /^@misc\{gross2025tiny,/,
    );
  },
);

it("a citation without an arXiv id has the address that its source gave, if it gave one", async () => {
  expect(await entryOf({ urls: ["https://publisher.org/p_1?a={b}", "https://code.org/"] })).toContain(
    "  url = {https://publisher.org/p_1?a=%7Bb%7D},",
  );
  expect(await entryOf({})).not.toContain("url");
});
