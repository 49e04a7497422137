import { describe, expect, it } from "vitest";
import { titlePaperId } from "../../../src/corpus/identifiers/paper-id.ts";
import type { Paper } from "../../../src/corpus/paper.ts";
import { openOpenSearchIndex } from "../../../src/search/opensearch/opensearch-index.ts";
import type { PaperIndex } from "../../../src/search/paper-index.ts";
import { wordsQuery } from "../../../src/search/query/search-query.ts";
import { another, emptyIndex, NO_NODE, nodeUrl, refuse, testEngine } from "./node.ts";

const paper = (title: string, facts: Partial<Paper> = {}): Paper => ({
  id: titlePaperId(title),
  title,
  abstract: "Marsupials dig burrows.",
  listedOn: ["test"],
  origins: [],
  ...facts,
});

const window = { offset: 0, limit: 10 };
const found = async (index: PaperIndex, text: string): Promise<string[]> =>
  (await index.search(wordsQuery(text), window)).hits.map((hit) => hit.paper.title);
const used = (): Promise<undefined> => Promise.resolve(undefined);

describe.skipIf(nodeUrl === undefined)(`indices in OpenSearch (${NO_NODE})`, () => {
  const engine = testEngine();

  it("take the place of those in use in one step, which are searched until then and gone afterwards", async () => {
    const own = another(engine, {});
    const first = await emptyIndex(own);
    await first.add([paper("Wombats")]);
    await first.save("one");
    const opened = await openOpenSearchIndex(used, { engine: own, tell: refuse });
    if (opened.kind === "unusable") throw new Error(opened.reason);
    const answers: string[] = [];
    const done = new AbortController();
    const ask = async (): Promise<void> => {
      while (!done.signal.aborted) answers.push((await found(opened.index, "marsupials")).join());
    };
    const asking = ask();
    const second = await emptyIndex(own);
    await second.add([paper("Quokkas")]);
    await second.save("two");
    done.abort();
    await asking;
    expect(answers.length).toBeGreaterThan(1);
    expect(answers.filter((answer) => answer !== "Wombats" && answer !== "Quokkas")).toEqual([]);
    expect(answers[0]).toBe("Wombats");
    expect(await found(opened.index, "marsupials")).toEqual(["Quokkas"]);
    const indices = await own.ask<readonly { index: string }[]>({
      method: "GET",
      path: `/_cat/indices/${own.settings.prefix}-*`,
      query: { format: "json", h: "index" },
    });
    expect(indices).toHaveLength(2);
  });

  it("are used where they were made from what there is, by the same table of words, and by none else", async () => {
    const own = another(engine, {});
    const options = { engine: own, tell: refuse };
    const reason = async (...asked: Parameters<typeof openOpenSearchIndex>) => {
      const opened = await openOpenSearchIndex(...asked);
      return opened.kind === "unusable" ? opened.reason : opened.kind;
    };
    expect(await reason(used, options)).toBe("OpenSearch has none");
    await (await emptyIndex(own)).save("what it was made from");
    const seen: string[] = [];
    const check = (sources: string) => {
      seen.push(sources);
      return Promise.resolve("the papers have changed");
    };
    expect(await reason(check, options)).toBe("the papers have changed");
    expect(seen).toEqual(["what it was made from"]);
    expect(await reason(used, options)).toBe("opened");
  });

  it("are not written where a paper is there in the same state", async () => {
    const own = another(engine, {});
    const index = await emptyIndex(own);
    const papers = [paper("Wombats", { comments: 1 }), paper("Quokkas")];
    await index.add(papers);
    const written = async () => {
      const { _all: all } = await own.ask<{ _all: { primaries: { indexing: { index_total: number } } } }>({
        method: "GET",
        path: `/${own.settings.prefix}-papers-*/_stats/indexing`,
      });
      return all.primaries.indexing.index_total;
    };
    expect(await written()).toBe(2);
    await index.add(papers);
    expect(await written()).toBe(2);
    await index.add([paper("Wombats", { comments: 2 })]);
    expect(await written()).toBe(3);
    expect((await index.get(titlePaperId("Wombats")))?.comments).toBe(2);
  });

  it("hold papers of any words, names and ids, and are asked anything", async () => {
    const index = await emptyIndex(another(engine, {}));
    const odd = [
      paper("constructor prototype __proto__ toString"),
      paper("x".repeat(5000)),
      paper('\u0000 \u0001 *:* {"match_all":{}} \\ " / ? # %'),
      paper("日本語の論文 und Größe naïve 🙂"),
      paper("Long id", { id: `title:${"wombat-".repeat(300)}` as Paper["id"] }),
    ];
    await index.add(odd);
    expect(await index.size()).toBe(odd.length);
    for (const one of odd) {
      expect(await index.get(one.id)).toEqual(one);
      expect(await index.titled(one.title)).toEqual([one]);
      await index.search(wordsQuery(one.title), window);
      await index.suggest(one.title, 5);
      expect((await index.similar({ like: [one.id], unlike: [] }, window)).total).toBeGreaterThanOrEqual(0);
    }
    expect(await found(index, "constructor prototype")).toContain(odd[0]?.title);
    expect(await found(index, "日本語の論文")).toContain(odd[3]?.title);
    const nasty = {
      ...wordsQuery("*"),
      phrases: ['a" OR "b', "*"],
      excluded: ["--", "a b"],
      authors: ["*"],
      sources: ["?"],
    };
    expect((await index.search(nasty, window)).total).toBe(0);
    await index.remove(odd.map(({ id }) => id));
    expect(await index.size()).toBe(0);
  });
});
