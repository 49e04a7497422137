import { describe, expect, it } from "vitest";
import { parseIngest } from "../../adapters/cli/orders/ingest-order.ts";
import { systemClock } from "../../src/sources/fetch/clock.ts";
import { startArxiv } from "../fakes/sources/arxiv.ts";
import { startCrossref } from "../fakes/sources/crossref.ts";
import { startDataCite } from "../fakes/sources/datacite.ts";
import { startOpenAlex } from "../fakes/sources/openalex.ts";
import { startSemanticScholar } from "../fakes/sources/semantic-scholar.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const KEY = "a/key+that&nobody=sees";

/** The services that are asked for single papers, and the program over an empty library. */
async function setUp() {
  // The program goes by the time of the machine.
  const clock = { ...systemClock, slept: [], set: () => undefined };
  const [crossref, arxiv] = [await startCrossref({ clock }), await startArxiv({ clock })];
  const dataCite = await startDataCite({ clock });
  const openAlex = await startOpenAlex({ clock, key: KEY });
  const scholar = await startSemanticScholar({ clock, key: KEY });
  const env = {
    PAPERBOY_PAGES: await temporaryFolder(),
    PAPERBOY_STATE: await temporaryFolder(),
    PAPERBOY_CROSSREF_URL: crossref.url,
    PAPERBOY_DATACITE_URL: dataCite.url,
    PAPERBOY_ARXIV_API_URL: arxiv.url,
    PAPERBOY_OPENALEX_URL: openAlex.url,
    PAPERBOY_SEMANTIC_SCHOLAR_URL: scholar.url,
    PAPERBOY_CONTACT: "mailto:me@example.org",
  };
  /** Without what the log says of the index, which is built in every new folder. */
  const runWith = async (more: Record<string, string>, ...args: string[]) => {
    const { code, stdout, stderr } = await runProgram(args, { ...env, ...more });
    return { code, stdout, stderr: stderr.replace(/^\S+ info Built the index .*\n/m, "") };
  };
  const run = (...args: string[]) => runWith({ OPENALEX_API_KEY: KEY }, ...args);
  return { crossref, dataCite, arxiv, openAlex, scholar, run, runWith };
}

const selected = (text: string) => {
  const order = parseIngest([text]);
  return order.kind === "ingest" ? (order.selections[0] ?? order.files[0]) : undefined;
};
const refused = (text: string) => {
  try {
    return JSON.stringify(selected(text));
  } catch (error) {
    return String(error);
  }
};

describe("paperboy ingest with DOIs and searches", () => {
  it("takes papers in from Crossref, in one request, and tells a DOI that is not there", async () => {
    const { crossref, run } = await setUp();
    const ran = await run(
      "ingest",
      "doi:10.1145/3442188.3445922",
      "https://doi.org/10.1016/S0140-6736(97)11096-0",
      "10.5555/nobody",
    );
    expect(ran).toEqual({
      code: 1,
      stdout: "2 new papers, 0 known better now, 0 already known; 1 could not be read.\n",
      stderr: "Crossref and DataCite: expected the paper 10.5555/nobody, found no work with this DOI\n",
    });
    expect(crossref.requests).toHaveLength(1);
    expect(crossref.violations).toEqual([]);
    const shown = await run("show", "10.1016/S0140-6736(97)11096-0");
    expect(shown.stdout).toMatch(/retracted/i);
    expect(shown.stdout).toContain("Crossref");
  });

  it("asks DataCite for DOIs that Crossref does not have, and for those that it is named for", async () => {
    const { crossref, dataCite, run } = await setUp();
    expect(
      await run("ingest", "https://doi.org/10.5281/zenodo.3509134", "doi:10.1145/3442188.3445922"),
    ).toEqual({
      code: 0,
      stdout: "2 new papers, 0 known better now, 0 already known.\n",
      stderr: "",
    });
    expect((await run("show", "10.5281/zenodo.3509134")).stdout).toMatch(/pandas[^]*Read from:? *DataCite/);
    expect([crossref.requests.length, dataCite.requests.length]).toEqual([1, 1]);
    expect(await run("ingest", "datacite:10.48550/arXiv.1706.03762", "datacite:wombats")).toMatchObject({
      code: 0,
    });
    expect((await run("show", "1706.03762")).stdout).toContain("Attention Is All You Need");
    expect([crossref.requests.length, dataCite.requests.length]).toEqual([1, 3]);
    expect((await run("ingest", "crossref:10.5281/zenodo.1")).stderr).toMatch(
      /^Crossref: expected the paper/,
    );
    expect([...crossref.violations, ...dataCite.violations]).toEqual([]);
  });

  it("takes in what a search finds", async () => {
    const { crossref, run } = await setUp();
    expect(await run("ingest", "crossref:stochastic parrots")).toMatchObject({ code: 0 });
    expect((await run("search", "stochastic parrots")).stdout).toContain("On the Dangers");
    expect(crossref.violations).toEqual([]);
  });

  it("asks arXiv for its own DOIs, and nobody else", async () => {
    const { crossref, arxiv, run } = await setUp();
    expect(await run("ingest", "doi:10.48550/arXiv.2603.00001")).toMatchObject({ code: 0 });
    expect([crossref.requests.length, arxiv.requests.length]).toEqual([0, 1]);
  });
});

describe("paperboy ingest with papers of OpenAlex", () => {
  it("takes them in by id, DOI and words, with the key", async () => {
    const { openAlex, run } = await setUp();
    const ran = await run(
      "ingest",
      "openalex:W2741809807",
      "openalex:10.48550/arXiv.1706.03762",
      "openalex:state of OA",
    );
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect((await run("show", "1706.03762")).stdout).toContain("Attention Is All You Need");
    expect(openAlex.requests.every(({ query }) => query.get("api_key") === KEY)).toBe(true);
    expect(openAlex.violations).toEqual([]);
  });

  it("shows no key, also where the service repeats a wrong one", async () => {
    const { openAlex, runWith } = await setUp();
    const wrong = "wrong/key+of&mine";
    const ran = await runWith({ OPENALEX_API_KEY: wrong }, "ingest", "openalex:W2741809807", "--json");
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain("API key … is not valid");
    for (const form of [wrong, encodeURIComponent(wrong), "api_key"])
      expect(ran.stdout + ran.stderr).not.toContain(form);
    expect(openAlex.requests).toHaveLength(1);
  });
});

describe("paperboy ingest with papers of Semantic Scholar", () => {
  it("takes them in, with the key of the settings, which is shown nowhere", async () => {
    const { scholar, runWith } = await setUp();
    const right = await runWith(
      { SEMANTIC_SCHOLAR_API_KEY: KEY },
      "ingest",
      "s2:ACL:N18-3011",
      "s2:ARXIV:2106.15928",
    );
    expect(right).toMatchObject({ code: 0, stderr: "" });
    expect(scholar.requests.map(({ headers }) => headers["x-api-key"])).toEqual([KEY]);
    expect(scholar.violations).toEqual([]);
    for (const name of ["CorpusId:19170988", "N18-3011", "https://doi.org/10.18653/v1/N18-3011"])
      expect((await runWith({}, "show", name)).stdout).toContain("Construction of the Literature Graph");
    const wrong = await runWith(
      { SEMANTIC_SCHOLAR_API_KEY: "wrong-key" },
      "ingest",
      "s2:ACL:N18-3011",
      "--json",
    );
    expect(wrong.stderr).toContain("status 403");
    expect(wrong.stdout + wrong.stderr).not.toContain("wrong-key");
  });
});

describe("what a word after ingest names", () => {
  const doi = (id: string) => ({ kind: "looked-up", service: "crossref", id, otherwise: "datacite" });

  it.each([
    ["doi:10.1109/5.771073", doi("10.1109/5.771073")],
    ["DOI: 10.1109/5.771073", doi("10.1109/5.771073")],
    ["10.1109/5.771073", doi("10.1109/5.771073")],
    ["crossref:10.1109/5.771073", { kind: "looked-up", service: "crossref", id: "10.1109/5.771073" }],
    ["datacite:10.5281/zenodo.1", { kind: "looked-up", service: "datacite", id: "10.5281/zenodo.1" }],
    ["https://dl.acm.org/doi/10.1145/3442188.3445922", doi("10.1145/3442188.3445922")],
    ["doi:10.48550/arXiv.2401.00017", { kind: "paper", id: "2401.00017" }],
    ["crossref:graph attention", { kind: "found", service: "crossref", words: "graph attention" }],
    ["crossref:“graph attention”", { kind: "found", service: "crossref", words: "graph attention" }],
    ["crossref:search:GPT-4", { kind: "found", service: "crossref", words: "GPT-4" }],
    ["openalex:w2741809807", { kind: "looked-up", service: "openalex", id: "W2741809807" }],
    ["https://openalex.org/works/W2741809807", { kind: "looked-up", service: "openalex", id: "W2741809807" }],
    ["openalex:doi:10.7717/peerj.4375", { kind: "looked-up", service: "openalex", id: "10.7717/peerj.4375" }],
    [
      "openalex:10.48550/arXiv.1706.03762",
      { kind: "looked-up", service: "openalex", id: "10.48550/arxiv.1706.03762" },
    ],
    ["openalex:open access", { kind: "found", service: "openalex", words: "open access" }],
    ["s2:CorpusId:215416146", { kind: "looked-up", service: "semantic-scholar", id: "CorpusId:215416146" }],
    ["S2:arXiv:2106.15928", { kind: "looked-up", service: "semantic-scholar", id: "ARXIV:2106.15928" }],
    [
      "https://www.semanticscholar.org/paper/649def34f8be52c8b66281af98ae884c09aef38b",
      { kind: "looked-up", service: "semantic-scholar", id: "649def34f8be52c8b66281af98ae884c09aef38b" },
    ],
    ["s2:literature graph", { kind: "found", service: "semantic-scholar", words: "literature graph" }],
    ["papers.jsonl", "papers.jsonl"],
    ["papers/10.1109.bib", "papers/10.1109.bib"],
  ])("%s", (text, expected) => {
    expect(selected(text)).toEqual(expected);
  });

  it.each([
    ["crossref:10.1145", "no DOI, such as crossref:10.1109/5.771073"],
    ["crossref:", "no DOI"],
    ["openalex:A123", "neither an id of OpenAlex"],
    ["s2:Corpus:123", "no id that Semantic Scholar takes"],
    ["doi:abc", "“doi:abc” is no DOI"],
    ["https://example.org/page", "holds no DOI"],
  ])("is told where it can be none: %s", (text, said) => {
    expect(refused(text)).toContain(said);
  });
});
