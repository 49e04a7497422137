import { allMatching } from "../../src/search/matches.ts";
import { describe, expect, it } from "vitest";
import { titlePaperId } from "../../src/corpus/identifiers/paper-id.ts";
import type { Paper, PaperId } from "../../src/corpus/paper.ts";
import type { PartialDate } from "../../src/corpus/partial-date.ts";
import type { Match, PaperIndex, PaperRecord } from "../../src/search/paper-index.ts";
import type { SearchQuery } from "../../src/search/query/search-query.ts";
import { wordsQuery } from "../../src/search/query/search-query.ts";

const WINDOW = { offset: 0, limit: 10 };

/** A paper of a title, with whatever else a test needs. */
const make = (title: string, facts: Partial<Paper> = {}): Paper => ({
  id: titlePaperId(title),
  title,
  listedOn: ["test"],
  origins: [],
  ...facts,
});

const wombats = make("Wombats: digging marsupials", {
  abstract: "A burrow is dug at night. Marsupials of the south dig deep.",
  date: "2021-05-03" as PartialDate,
  authors: { kind: "named", names: ["Ada Lovelace", "Émile Borel"] },
  comments: 7,
});
const quokkas = make("Quokkas smile", {
  abstract: "Marsupials that smile are photographed more often than marsupials that dig.",
  date: "2019-02" as PartialDate,
  organisation: { name: "Rottnest Institute", handle: "rottnest" },
  upvotes: { count: 3, readAt: "2026-11-01T00:00:00Z" },
});
const dingoes = make("Dingoes on the road", {
  abstract: "Dogs that dig graves.",
  otherTitles: ["Wild dogs"],
});
const withdrawn = make("Marsupials everywhere", {
  abstract: "Marsupials dig.",
  status: { kind: "withdrawn", words: "withdrawn" },
});
const all = [wombats, quokkas, dingoes, withdrawn];

const titles = (hits: readonly { readonly paper: Paper }[]): string[] => hits.map(({ paper }) => paper.title);
const query = (text: string, more: Partial<SearchQuery> = {}): SearchQuery => ({
  ...wordsQuery(text),
  ...more,
});

async function listed(index: PaperIndex): Promise<Paper[]> {
  const papers: Paper[] = [];
  for await (const paper of index.papers()) papers.push(paper);
  return papers;
}

async function recorded(index: PaperIndex): Promise<PaperRecord[]> {
  const records: PaperRecord[] = [];
  for await (const record of index.records()) records.push(record);
  return records;
}

/** What the record of a paper says. */
function recordOf({ id, date, comments, status, listedOn, organisation, upvotes, authors }: Paper): object {
  const votes = upvotes === undefined ? undefined : { count: upvotes.count };
  return { id, date, comments, status, listedOn, organisation, upvotes: votes, authors: authors?.kind };
}

/**
 * What every engine behind `PaperIndex` must do. `open` gives one that holds some papers, however they came into it.
 */
export function describePaperIndex(
  name: string,
  open: (papers: readonly Paper[]) => Promise<PaperIndex>,
): void {
  describe(`the papers of ${name}`, () => {
    it("are given back whole, by their ids and all in the order they were added", async () => {
      const index = await open(all);
      expect(await index.size()).toBe(4);
      for (const paper of all) expect(await index.get(paper.id)).toEqual(paper);
      expect(await listed(index)).toEqual(all);
      expect(await recorded(index)).toEqual(all.map(recordOf));
      expect(await index.get("title:nothing" as PaperId)).toBeUndefined();
    });

    it("are counted, with what is known of them and the organisations that have them", async () => {
      const index = await open(all);
      expect(await index.counts()).toEqual({
        papers: 4,
        dated: 2,
        withAuthors: 1,
        withNames: 1,
        withOrganisation: 1,
        withComments: 1,
        oldest: "2019-02",
        newest: "2021-05-03",
        sources: ["test"],
      });
      expect(await index.organisations()).toEqual([
        { name: "Rottnest Institute", handles: ["rottnest"], papers: 1 },
      ]);
      expect(await (await open([])).counts()).toMatchObject({ papers: 0, sources: [] });
    });

    it("are drawn by lot, those that still stand, and named by what their ids begin with", async () => {
      const index = await open(all);
      const chances = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999];
      const drawn = await Promise.all(chances.map(index.draw));
      expect(new Set(drawn.map((paper) => paper?.title))).toEqual(
        new Set([wombats, quokkas, dingoes].map(({ title }) => title)),
      );
      expect(await (await open([withdrawn])).draw(0.5)).toEqual(withdrawn);
      expect(await (await open([])).draw(0.5)).toBeUndefined();
      expect(await index.idsFrom("title:wom")).toEqual([wombats.id]);
      expect((await index.idsFrom("title:")).toSorted()).toEqual(all.map(({ id }) => id).toSorted());
      expect(await index.idsFrom("title:x")).toEqual([]);
    });

    it("are found by a whole title, however it is written, and by the id of a title they had", async () => {
      const index = await open(all);
      expect(await index.titled("quokkas SMILE!")).toEqual([quokkas]);
      expect(await index.titled("wild dogs")).toEqual([dingoes]);
      expect(await index.titled("wild")).toEqual([]);
      expect(await index.get(titlePaperId("Wild dogs"))).toEqual(dingoes);
    });

    it("are replaced under their ids, and gone once they are removed", async () => {
      const index = await open(all);
      const now: Paper = { ...quokkas, title: "Quokkas frown", abstract: "Frowning, newly seen." };
      await index.add([now, { ...wombats, comments: 9 }]);
      await index.remove([dingoes.id, "title:nothing" as PaperId]);
      expect(await index.size()).toBe(3);
      expect(await index.get(quokkas.id)).toEqual(now);
      expect((await index.get(wombats.id))?.comments).toBe(9);
      expect(await index.get(dingoes.id)).toBeUndefined();
      expect(titles((await index.search(query("frowning"), WINDOW)).hits)).toEqual(["Quokkas frown"]);
      expect((await index.search(query("photographed"), WINDOW)).total).toBe(0);
      expect((await index.search(query("graves"), WINDOW)).total).toBe(0);
      expect(await index.suggest("dingo", 5)).toEqual([]);
      expect(await index.suggest("quokkas f", 5)).toEqual([{ id: quokkas.id, title: "Quokkas frown" }]);
      expect(await index.titled("Quokkas smile")).toEqual([]);
    });
  });

  describe(`a search of ${name}`, () => {
    it("counts the papers that have any of the words and all of them, and says what each lacks", async () => {
      const found = await (await open(all)).search(query("marsupials smile"), WINDOW);
      expect(found).toMatchObject({
        total: 3,
        complete: 1,
        corrections: [],
        unknown: [],
        undated: 0,
        unread: 0,
      });
      expect(titles(found.hits)).toEqual([quokkas.title, wombats.title, withdrawn.title]);
      expect(found.hits.map(({ missing }) => missing)).toEqual([[], ["smile"], ["smile"]]);
      expect(found.hits[0]?.snippet?.text).toBe(quokkas.abstract);
      const marks = found.hits[0]?.snippet?.marks ?? [];
      expect(marks.map(([from, to]) => quokkas.abstract?.slice(from, to))).toEqual([
        "Marsupials",
        "smile",
        "marsupials",
      ]);
    });

    it("gives any part of an answer as it stands in the whole", async () => {
      const index = await open(all);
      const whole = await index.search(query("marsupials dig"), WINDOW);
      expect(whole.hits).toHaveLength(4);
      for (const offset of [0, 1, 3, 4]) {
        const part = await index.search(query("marsupials dig"), { offset, limit: 2 });
        expect(part).toEqual({ ...whole, hits: whole.hits.slice(offset, offset + 2) });
      }
    });

    it("puts what has the very name first, and what was withdrawn last", async () => {
      const index = await open(all);
      expect(titles((await index.search(query("wombats"), WINDOW)).hits)).toEqual([wombats.title]);
      expect(titles((await index.search(query("marsupials everywhere"), WINDOW)).hits).at(-1)).toBe(
        withdrawn.title,
      );
    });

    it("looks for the nearest word in the place of one that no paper has", async () => {
      const index = await open(all);
      const found = await index.search(query("marsupails xqzvbn"), WINDOW);
      expect(found.corrections).toEqual([{ typed: "marsupails", used: "marsupials" }]);
      expect(found.unknown).toEqual(["xqzvbn"]);
      expect(found.total).toBe(3);
      expect((await index.search(query("photogr"), WINDOW)).corrections[0]?.used).toBe("photographed");
    });

    it("keeps to phrases, exclusions, authors, organisations and times", async () => {
      const index = await open(all);
      const asked = async (more: Partial<SearchQuery>, text = "") => {
        const { hits, undated } = await index.search(query(text, more), WINDOW);
        return { titles: titles(hits).toSorted(), undated };
      };
      const of = (...papers: Paper[]) => papers.map(({ title }) => title).toSorted();
      expect(await asked({ phrases: ["marsupials that dig"] })).toEqual({ titles: of(quokkas), undated: 0 });
      expect(await asked({ excluded: ["marsupial"] }, "dig")).toEqual({ titles: of(dingoes), undated: 0 });
      expect(await asked({ excluded: ["marsupials dig"] }, "dig")).toEqual({
        titles: of(wombats, quokkas, dingoes),
        undated: 0,
      });
      expect(await asked({ authors: ["emile borel"] })).toEqual({ titles: of(wombats), undated: 0 });
      expect(await asked({ authors: ["ada borel"] })).toEqual({ titles: [], undated: 0 });
      expect(await asked({ organisations: ["institute"] })).toEqual({ titles: of(quokkas), undated: 0 });
      expect(await asked({ organisations: ["Rottnest"] }, "marsupials")).toEqual({
        titles: of(quokkas),
        undated: 0,
      });
      expect(await asked({ from: "2020" as PartialDate })).toEqual({ titles: of(wombats), undated: 2 });
      expect(await asked({ before: "2020" as PartialDate }, "marsupials")).toEqual({
        titles: of(quokkas),
        undated: 1,
      });
    });

    it("counts what all papers of an answer have in common, whatever part of it is wanted", async () => {
      const index = await open(all);
      const counted = async (more: Partial<SearchQuery>, text = "") =>
        (await index.search(query(text, more), { offset: 0, limit: 1, facets: 2 })).facets;
      expect(await counted({}, "marsupials")).toEqual({
        years: [
          { value: "2021", count: 1 },
          { value: "2019", count: 1 },
        ],
        organisations: [{ value: expect.any(String) as string, count: 1 }],
        sources: [{ value: expect.any(String) as string, count: 3 }],
      });
      expect((await counted({ from: "2020" as PartialDate }))?.years).toEqual([{ value: "2021", count: 1 }]);
      expect(await counted({}, "xqzvbn")).toEqual({ years: [], organisations: [], sources: [] });
      expect((await index.search(query("marsupials"), WINDOW)).facets).toBeUndefined();
    });

    it("orders by date and by comments where it is asked to, what has neither left out", async () => {
      const index = await open(all);
      const order = async (sort: SearchQuery["sort"], text: string) =>
        titles((await index.search(query(text, { sort }), WINDOW)).hits);
      expect(await order("newest", "")).toEqual([wombats.title, quokkas.title]);
      expect(await order("discussed", "")).toEqual([wombats.title, quokkas.title]);
      expect((await order("newest", "marsupials")).slice(0, 2)).toEqual([wombats.title, quokkas.title]);
    });

    it("takes a year among the words as a wish for papers of it", async () => {
      const found = await (await open(all)).search(query("marsupials 2021"), WINDOW);
      expect(found.year).toBe("2021");
      expect(titles(found.hits)[0]).toBe(wombats.title);
    });
  });

  describe(`a rule over ${name}`, () => {
    it("gets all papers that have every word and pass, and all papers without a word", async () => {
      const index = await open(all);
      const titleOf = async ({ id }: Match): Promise<string> => (await index.get(id))?.title ?? "";
      const matched = async (asked: SearchQuery) =>
        (await Promise.all((await allMatching(index, asked)).map(titleOf))).toSorted();
      expect(await matched(query(""))).toEqual(all.map(({ title }) => title).toSorted());
      expect(await matched(query("marsupials dig"))).toEqual(
        [wombats, quokkas, withdrawn].map(({ title }) => title).toSorted(),
      );
      expect(await matched(query("marsupials", { from: "2020" as PartialDate }))).toEqual([wombats.title]);
      expect(await allMatching(index, query("marsupials dig"), [dingoes.id, quokkas.id])).toEqual([
        { id: quokkas.id, score: expect.any(Number) as number },
      ]);
    });
  });

  describe(`the version of ${name}`, () => {
    it("is another whenever papers came, changed or went, and the same while nothing happens", async () => {
      const index = await open(all);
      const seen = [index.version()];
      const note = (): unknown => seen.push(index.version());
      await index.search(query("marsupials"), WINDOW);
      expect(index.version()).toBe(seen[0]);
      await index.add([make("Numbats")]);
      note();
      await index.add([{ ...wombats, comments: 8 }]);
      note();
      await index.remove([quokkas.id]);
      note();
      expect(new Set(seen).size).toBe(4);
    });
  });

  describe(`what is similar in ${name}`, () => {
    it("shares words with the papers asked for, which are not among it, nor is what is not known", async () => {
      const index = await open(all);
      const found = await index.similar(
        { like: [wombats.id, "title:nothing" as PaperId], unlike: [] },
        WINDOW,
      );
      expect(titles(found.hits)).not.toContain(wombats.title);
      const first = found.hits.find(({ paper }) => paper.id === quokkas.id);
      expect(first?.shared.map((word) => word.toLowerCase())).toContain("marsupials");
      expect(titles(found.hits).at(-1)).toBe(withdrawn.title);
      expect(found.total).toBe(found.hits.length);
      const unlike = await index.similar({ like: [wombats.id], unlike: [quokkas.id] }, WINDOW);
      for (const { score } of found.hits.filter(({ paper }) => paper.status === undefined)) {
        expect(score).toBeGreaterThan(0);
        expect(score).toBeLessThanOrEqual(1);
      }
      for (const { score } of unlike.hits) expect(Math.abs(score)).toBeLessThanOrEqual(1);
      const nearest = await index.nearest(wombats.id, 1);
      expect(nearest).toEqual([{ id: found.hits[0]?.paper.id, score: found.hits[0]?.score }]);
      expect(await index.similar({ like: ["title:nothing" as PaperId], unlike: [] }, WINDOW)).toEqual({
        total: 0,
        hits: [],
      });
    });
  });

  describe(`autocomplete over ${name}`, () => {
    it("completes beginnings of titles and of their words, also misspelt ones", async () => {
      const index = await open(all);
      const suggested = async (text: string) => (await index.suggest(text, 5)).map(({ title }) => title);
      expect(await suggested("Wom")).toEqual([wombats.title]);
      expect(await suggested("marsup")).toEqual([withdrawn.title, wombats.title]);
      expect(await suggested("digging marsup")).toEqual([wombats.title]);
      expect(await suggested("quokkaz")).toEqual([quokkas.title]);
      expect(await suggested("wild")).toEqual([dingoes.title]);
      expect(await suggested("")).toEqual([]);
      expect(await index.suggest("s", 0)).toEqual([]);
    });
  });
}
