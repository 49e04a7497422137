import { describe, expect, it } from "vitest";
import { authorKey } from "../../src/corpus/names/author-names.ts";
import type { ArxivId, Listing } from "../../src/corpus/paper.ts";
import { caller, createSeedBot, replyText } from "../support/seed-bot.ts";

const arxivId = "2507.14871" as ArxivId;

describe("a paper that several sources know", () => {
  it("says what was taken from where and when, and names nobody who hides", async () => {
    const { bot, library } = await createSeedBot();
    const title = "Tiny language models";
    const hub: Listing = {
      title,
      arxivId,
      upvotes: { count: 7, readAt: "2026-03-06T12:00:00.000Z" },
      hiddenAuthors: [authorKey("Hidden Person")],
      listedOn: "Hugging Face Papers",
      sourceKind: "huggingface",
      readAt: "2026-03-06T12:00:00.000Z",
    };
    const arxiv: Listing = {
      title: "Tiny Language Models, Revisited",
      arxivId,
      authors: { kind: "named", names: ["Ronit Gross", "Hidden Person"] },
      listedOn: "arXiv",
      sourceKind: "arxiv",
      readAt: "2026-03-07T12:00:00.000Z",
    };
    await library.take([hub, arxiv]);
    const reply = await bot.handle({
      command: "show",
      args: { paper: "title:tiny-language-models" },
      caller,
    });
    const said = replyText(reply);
    expect(said).toContain("arXiv, 7 March 2026: title, id, authors");
    expect(said).toContain("Hugging Face Papers, 6 March 2026: votes");
    expect(said).toContain("Tiny Language Models, Revisited");
    expect(said).toContain("Ronit Gross");
    expect(said + JSON.stringify(reply.data)).not.toContain("Hidden Person");
    const found = await bot.handle({ command: "search", args: { query: "author:hidden" }, caller });
    expect(found.summary).toMatch(/^Nothing in this corpus matches/);
  });

  it("has the month that its arXiv identifier says where nobody stated a date", async () => {
    const { bot, library } = await createSeedBot();
    const of = (id: string, title: string, more: Partial<Listing> = {}): Listing => ({
      title,
      arxivId: id as ArxivId,
      listedOn: "refs.bib",
      readAt: "2026-03-06T12:00:00.000Z",
      ...more,
    });
    await library.take([
      of("2401.01234", "Wombat burrows"),
      of("hep-th/9901001", "Wombat strings"),
      of("2312.00001", "Wombat maps", { date: "2020" as NonNullable<Listing["date"]> }),
    ]);
    const ask = async (command: string, args: Record<string, string>) =>
      bot.handle({ command, args, caller });
    const shown = replyText(await ask("show", { paper: "2401.01234" }));
    expect(shown).toContain("Date:January 2024, by its identifier");
    expect(shown).toContain("its identifier: date");
    expect(shown).not.toContain("Not stated:date");
    expect(replyText(await ask("show", { paper: "hep-th/9901001" }))).toContain("Date:January 1999, by its");
    expect(replyText(await ask("show", { paper: "2312.00001" }))).toContain("Date:2020");
    const titles = async (query: string) => (await ask("search", { query })).data.map(({ title }) => title);
    expect(await titles("wombat after:2024")).toEqual(["Wombat burrows"]);
    expect(await titles("wombat before:2000")).toEqual(["Wombat strings"]);
    expect(await titles("wombat sort:newest")).toEqual(["Wombat burrows", "Wombat maps", "Wombat strings"]);
    const cited = replyText(await ask("cite", { paper: "2401.01234", format: "bibtex" }));
    expect(cited).toMatch(/year\s*= \{2024\}/);
    expect(cited).toContain("No date is stated; it has the month that its arXiv number says.");
  });

  it("is shown with all that is known of its publication, and given as data with its names in parts", async () => {
    const { bot, library } = await createSeedBot();
    const paper: Listing = {
      title: "Wombats in print",
      authors: {
        kind: "named",
        names: ["Jan van der Berg Jr.", "Google Research"],
        parts: [
          { family: "Berg", given: "Jan", particle: "van der", suffix: "Jr." },
          { literal: "Google Research" },
        ],
        others: true,
      },
      editors: { kind: "named", names: ["Ann One"], others: true },
      type: "paper-conference",
      containerTitle: "Proceedings of Wombats",
      collectionTitle: "Lecture Notes in Wombats",
      eventTitle: "Wombats 2024",
      volume: "12",
      issue: "3",
      page: "1–9",
      number: "17",
      edition: "2",
      publisher: "Wombat Press",
      publisherPlace: "Hobart",
      doi: "10.1234/wombats",
      otherDois: ["10.5281/zenodo.7"],
      isbn: "978-3-16-148410-0",
      issn: "1234-5678",
      arxivClass: "cs.CL",
      version: "2",
      language: "en",
      license: "CC-BY-4.0",
      code: "https://github.com/wombats/print",
      keywords: ["wombats", "print"],
      status: { kind: "retracted", words: "Retracted by its journal" },
      urls: ["https://wombats.example/print"],
      listedOn: "mine.json",
      readAt: "2026-03-06T12:00:00.000Z",
    };
    await library.take([paper]);
    const reply = await bot.handle({ command: "show", args: { paper: "10.5281/zenodo.7" }, caller });
    const said = replyText(reply);
    for (const words of [
      "Retracted:Retracted by its journal",
      "Authors:Jan van der Berg Jr., Google Research and others",
      "Type:conference paper",
      "Published:Proceedings of Wombats 12(3), Lecture Notes in Wombats, 1–9, 17, Wombat Press, Hobart",
      "Event:Wombats 2024",
      "Edition:2",
      "Editors:Ann One and others",
      "DOI:10.1234/wombats",
      "Other DOIs:10.5281/zenodo.7",
      "ISBN:978-3-16-148410-0",
      "ISSN:1234-5678",
      "arXiv class:cs.CL",
      "Version:2",
      "Language:en",
      "Licence:CC-BY-4.0",
      "Code:https://github.com/wombats/print",
      "Keywords:wombats, print",
    ])
      expect(said).toContain(words);
    const { authors, title: _title, urls: _urls, listedOn: _on, readAt: _at, ...facts } = paper;
    expect(reply.data[0]).toMatchObject({
      ...facts,
      authors: authors?.kind === "named" ? authors.names : [],
      authorParts: authors?.kind === "named" ? authors.parts : [],
      moreAuthors: true,
    });
  });

  it("is not burdened with that where it only came with the program", async () => {
    const { bot } = await createSeedBot();
    const reply = await bot.handle({ command: "show", args: { paper: "Tiny language models" }, caller });
    expect(replyText(reply)).not.toContain("Read from");
  });
});
