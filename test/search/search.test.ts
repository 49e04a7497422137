import { describe, expect, it } from "vitest";
import { titlePaperId } from "../../src/corpus/identifiers/paper-id.ts";
import type { Paper } from "../../src/corpus/paper.ts";
import { parsePartialDate } from "../../src/corpus/partial-date.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import type { SearchResult } from "../../src/search/paper-index.ts";
import { parseQuery } from "../../src/search/query/parse-query.ts";
import { wordsQuery } from "../../src/search/query/search-query.ts";
import { createSeedIndex } from "../support/seed-index.ts";

const seeds = await createSeedIndex();
const now = new Date("2026-11-21T12:00:00Z");
const window = { offset: 0, limit: 10 };

const search = async (text: string, index = seeds): Promise<SearchResult> => {
  const parsed = parseQuery(text, now);
  if (parsed.kind !== "search") throw new Error(`${text} is a reference`);
  return index.search(parsed.query, window);
};
const titles = ({ hits }: SearchResult): string[] => hits.map(({ paper }) => paper.title);

/** A small corpus in which every fact is known. */
const paper = (title: string, facts: Partial<Paper> & { day?: string } = {}): Paper => {
  const { day, ...rest } = facts;
  const date = day === undefined ? undefined : parsePartialDate(day);
  return {
    id: titlePaperId(title),
    title,
    listedOn: ["test"],
    origins: [],
    ...(date === undefined ? {} : { date }),
    ...rest,
  };
};
const small = createEmbeddedIndex();
await small.add([
  paper("Graph networks for molecules", {
    abstract: "Message passing on graphs. It works.",
    authors: { kind: "named", names: ["Zoë Young", "Bob Stone"] },
    organisation: { name: "Acme Research", handle: "acme" },
    comments: 2,
    day: "2024-03-05",
  }),
  paper("Young graphs", { abstract: "Passing a message is not message passing.", comments: 9, day: "2024" }),
  paper("Graph surveys", {
    abstract: "A survey of graph methods.",
    authors: { kind: "named", names: ["Bob Young"] },
    day: "2023-01",
  }),
  paper("Graphs without a date", { abstract: "Graph upon graph upon graph." }),
]);

describe("search forgives spelling", () => {
  it.each([
    ["Sabia", "Sabiá: Portuguese Large Language Models"],
    ["TULU", "TÜLU 3: Pushing Frontiers in Open Language Model Post-Training"],
    ["tülu", "TÜLU 3: Pushing Frontiers in Open Language Model Post-Training"],
    ["dinov2", "FastDINOv2: Frequency Based Curriculum Learning Improves Robustness and Training Speed"],
    [
      "masked autoencodres medical",
      "Multi-Modal Masked Autoencoders for Medical Vision-and-Language Pre-Training",
    ],
  ])("%s finds %s", async (query, title) => {
    expect(titles(await search(query))).toContain(title);
  });

  it("meets pre-training, pretraining and pre training", async () => {
    const [joined, hyphen, apart] = await Promise.all(
      ["pretraining data selection", "pre-training data selection", "pre training data selection"].map(
        (query) => search(query),
      ),
    );
    const common = (a: SearchResult | undefined, b: SearchResult | undefined) =>
      a && b ? titles(a).filter((title) => titles(b).includes(title)).length : 0;
    expect(common(joined, hyphen)).toBeGreaterThanOrEqual(9);
    expect(common(joined, apart)).toBeGreaterThanOrEqual(9);
  });

  it("finds plurals, British spellings and acronyms written out", async () => {
    expect(titles(await search("curricula"))).toContain("When Do Curricula Work in Federated Learning?");
    expect(titles(await search("language modelling colour"))).toEqual(
      titles(await search("language modeling color")),
    );
    expect(titles(await search("GNN pretraining"))[0]).toMatch(/graph/i);
  });

  it("says which word it searched for a misspelt one, and searches others exactly", async () => {
    const result = await search("robotic manipualtion");
    expect(result.corrections).toEqual([{ typed: "manipualtion", used: "manipulation" }]);
    expect((await search("robotic manipulation")).corrections).toEqual([]);
  });

  it("knows a beginning from an error, and words that were run together", async () => {
    expect((await search("interpretab")).corrections).toEqual([
      { typed: "interpretab", used: "interpretability" },
    ]);
    expect((await search("videogeneration")).corrections).toEqual([
      { typed: "videogeneration", used: "video generation" },
    ]);
  });

  it("says which words no paper has, nor anything like them", async () => {
    const result = await search("curriculum xyzzyqwert");
    expect(result.unknown).toEqual(["xyzzyqwert"]);
    expect(result.complete).toBe(0);
    expect(result.hits[0]?.missing).toEqual(["xyzzyqwert"]);
  });
});

describe("search looks past the request to its topic", () => {
  it.each([
    ["can you find me papers about curriculum learning", "curriculum learning"],
    ["looking for a paper or two on curriculum learning, please", "curriculum learning"],
    ["I am interested in articles about curriculum learning", "curriculum learning"],
  ])("%s", async (noisy, topic) => {
    expect(titles(await search(noisy))).toEqual(titles(await search(topic)));
  });

  it("keeps words of a request that are the topic", async () => {
    expect(titles(await search("topic models"))).not.toEqual(titles(await search("models")));
    expect(titles(await search("search algorithms"))).not.toEqual(titles(await search("algorithms")));
  });

  it.each(["the of and", "🙂🙂", "can you find me papers about", "?!…", "-"])(
    "finds nothing for “%s”, never everything",
    async (query) => {
      const result = await search(query);
      expect([result.total, result.hits]).toEqual([0, []]);
    },
  );
});

describe("a hit", () => {
  it("shows the sentence that matches best, with the words marked", async () => {
    const { hits } = await search("molecules message passing", small);
    const [first] = hits;
    expect(first?.snippet?.text).toBe("Message passing on graphs.");
    expect(first?.snippet?.marks.map(([start, end]) => first.snippet?.text.slice(start, end))).toEqual([
      "Message passing",
    ]);
  });

  it("says which words it lacks, and the answer how many papers have them all", async () => {
    const result = await search("graph survey", small);
    const [first, ...others] = result.hits.map((hit) => [hit.paper.title, hit.missing]);
    expect(first).toEqual(["Graph surveys", []]);
    expect(others.map(([, missing]) => missing)).toEqual([["survey"], ["survey"], ["survey"]]);
    expect([result.total, result.complete]).toEqual([4, 1]);
  });

  it("counts an abbreviation as its words and the words as their abbreviation", async () => {
    const index = createEmbeddedIndex();
    await index.add([
      paper("One", { abstract: "Reinforcement learning (RL) is hard." }),
      paper("Two", { abstract: "We use RL only." }),
      paper("Three", { abstract: "We use reinforcement learning." }),
    ]);
    for (const query of ["RL", "reinforcement learning"])
      expect((await search(query, index)).complete).toBe(3);
  });

  it("has a score that never rises down the list, also behind the papers that feedback looked at", async () => {
    const { hits } = await seeds.search(wordsQuery("language model training"), { offset: 0, limit: 500 });
    const scores = hits.map(({ score }) => score);
    expect(scores.length).toBeGreaterThan(300);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });
});

describe("conditions", () => {
  it.each([
    ['"message passing"', ["Graph networks for molecules", "Young graphs"]],
    ['"passing message"', []],
    ['graph -"message passing"', ["Graph surveys", "Graphs without a date"]],
    ["graph -survey", ["Graph networks for molecules", "Graphs without a date", "Young graphs"]],
    ["graph -surveys", ["Graph networks for molecules", "Graphs without a date", "Young graphs"]],
    ["org:acme", ["Graph networks for molecules"]],
    ['org:"acme research"', ["Graph networks for molecules"]],
    ["org:research", ["Graph networks for molecules"]],
    ["org:acm", []],
    ["author:young", ["Graph networks for molecules", "Graph surveys"]],
    ['author:"Zoe Young"', ["Graph networks for molecules"]],
    ['author:"Zoe Stone"', []],
    ["graph after:2024-03", ["Graph networks for molecules", "Young graphs"]],
    ["graph after:2024-04", ["Young graphs"]],
    ["graph before:2024", ["Graph surveys"]],
    ["graph after:2023 before:2023-02", ["Graph surveys"]],
  ])("%s", async (query, expected) => {
    expect(titles(await search(query, small)).toSorted()).toEqual(expected);
  });

  it("find a phrase with a possessive, however its apostrophe is written", async () => {
    const index = createEmbeddedIndex();
    await index.add([
      paper("A Pretrainer's Guide"),
      paper("Bayes’ rule and Zipf’s law"),
      paper("Pretrainer guide"),
    ]);
    expect(titles(await search('"pretrainer\'s guide"', index))).toEqual(["A Pretrainer's Guide"]);
    expect(titles(await search('"Zipf\'s law"', index))).toEqual(["Bayes’ rule and Zipf’s law"]);
    expect(titles(await search('guide -"pretrainer’s guide"', index))).toEqual(["Pretrainer guide"]);
  });

  it("find a name by the name alone, and an adjective by the adjective", async () => {
    expect(titles(await search("stone", small))).toEqual(["Graph networks for molecules"]);
    expect(titles(await search("young", small)).toSorted()).toEqual([
      "Graph networks for molecules",
      "Graph surveys",
      "Young graphs",
    ]);
  });

  it("say how many papers would match if their date were known", async () => {
    expect((await search("graph after:2024", small)).undated).toBe(1);
    expect((await search("graph", small)).undated).toBe(0);
  });

  it("order by date or by comments only papers that have all the words", async () => {
    expect(titles(await search("graph sort:newest", small))).toEqual([
      "Young graphs",
      "Graph networks for molecules",
      "Graph surveys",
      "Graphs without a date",
    ]);
    expect(titles(await search("graph message sort:discussed", small))).toEqual([
      "Young graphs",
      "Graph networks for molecules",
    ]);
    expect(titles(await search("sort:newest", small))).toEqual([
      "Young graphs",
      "Graph networks for molecules",
      "Graph surveys",
    ]);
  });
});
