import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { systemClock } from "../../src/sources/fetch/clock.ts";
import { startArxiv } from "../fakes/sources/arxiv.ts";
import { startCrossref } from "../fakes/sources/crossref.ts";
import { startOpenAlex } from "../fakes/sources/openalex.ts";
import { startSemanticScholar } from "../fakes/sources/semantic-scholar.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const PAPERS = [
  { title: "On the dangers of stochastic parrots", DOI: "10.1145/3442188.3445922" },
  { title: "Ileal-lymphoid-nodular hyperplasia", DOI: "10.1016/s0140-6736(97)11096-0", abstract: "Mine." },
  { title: "Attention Is All You Need", id: "1706.03762", abstract: "Mine too.", date: "2017-06-12" },
  { title: "Construction of the Literature Graph in Semantic Scholar", id: "1805.02262" },
  { title: "Something quite different", DOI: "10.1007/978-3-319-24574-4_28" },
  { title: "Nobody knows this", DOI: "10.5555/nobody" },
  { title: "Known by its title alone" },
];

/** All services, and a library of papers of which little is known. */
async function setUp(services = "crossref,openalex,s2", papers: readonly object[] = PAPERS) {
  const clock = { ...systemClock, slept: [], set: () => undefined };
  const [crossref, arxiv] = [await startCrossref({ clock }), await startArxiv({ clock })];
  const [openAlex, scholar] = [await startOpenAlex({ clock }), await startSemanticScholar({ clock })];
  const state = await temporaryFolder();
  const env = {
    PAPERBOY_PAGES: await temporaryFolder(),
    PAPERBOY_STATE: state,
    PAPERBOY_CROSSREF_URL: crossref.url,
    PAPERBOY_ARXIV_API_URL: arxiv.url,
    PAPERBOY_OPENALEX_URL: openAlex.url,
    PAPERBOY_SEMANTIC_SCHOLAR_URL: scholar.url,
    PAPERBOY_CONTACT: "mailto:me@example.org",
    PAPERBOY_COMPLETE: services,
  };
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runProgram(args, env);
    return { code, stdout, stderr: stderr.replace(/^\S+ info Built the index .*\n/m, "") };
  };
  const file = path.join(state, "mine.jsonl");
  await writeFile(file, papers.map((paper) => JSON.stringify(paper)).join("\n"));
  expect((await run("ingest", file)).code).toBe(0);
  const fakes = [crossref, arxiv, openAlex, scholar];
  const asked = () => fakes.map(({ requests }) => requests.length);
  const violations = () => fakes.flatMap((fake) => fake.violations);
  return { run, asked, violations, crossref };
}

describe("paperboy ingest --complete", () => {
  it("fills in what papers lack from the services in their order, and says what with", async () => {
    const { run, asked, violations } = await setUp();
    const { code, stdout, stderr } = await run("ingest", "--complete");
    expect(stdout).toMatch(
      /^6 papers lacked something; completed with .*\d abstracts.* \(Crossref 2, OpenAlex 1, Semantic Scholar 1\); \d+ times a service did not know one; 1 could not be read\.\n$/,
    );
    expect(stderr).toBe(
      "Crossref: expected the paper “Something quite different” under 10.1007/978-3-319-24574-4_28, found “U-Net”\n",
    );
    expect([code, violations()]).toEqual([1, []]);
    expect(asked()).toEqual([1, 0, 1, 1]);
    const shown = async (name: string) => (await run("show", name)).stdout;
    expect(await shown("10.1145/3442188.3445922")).toMatch(
      /On the dangers of stochastic parrots[^]*Emily M\. Bender/,
    );
    expect(await shown("10.1016/s0140-6736(97)11096-0")).toMatch(/retract[^]*Mine\./i);
    expect(await shown("1706.03762")).toMatch(/12 June 2017[^]*Mine too\./);
    expect(await shown("1805.02262")).toContain("deployed scalable system");
  });

  it("asks for nothing twice that was filled in, and changes nothing the second time", async () => {
    const { run, asked } = await setUp("s2", PAPERS.slice(3, 4));
    expect((await run("ingest", "--complete")).stdout).toMatch(/^1 paper lacked something; completed with/);
    expect((await run("ingest", "--complete")).stdout).toBe(
      "No paper lacks anything that these services may know.\n",
    );
    expect(asked()).toEqual([0, 0, 0, 1]);
  });

  it("asks for nothing twice in a day, whatever was answered, but again where a request failed", async () => {
    const { run, asked, crossref } = await setUp("crossref,openalex,s2");
    crossref.failNext({ kind: "status", status: 403, body: "Go away" });
    await run("ingest", "--complete");
    const before = asked();
    const { stdout } = await run("ingest", "--complete");
    expect(asked()).toEqual([(before[0] ?? 0) + 1, ...before.slice(1)]);
    expect(stdout).toMatch(/papers lacked something; completed with .*\(Crossref \d\).*not again/);
    const third = await run("ingest", "--complete");
    expect(asked()).toEqual([(before[0] ?? 0) + 1, ...before.slice(1)]);
    expect(third.stdout).toMatch(
      /^\d papers lacked something; none was completed; \d were asked for less than a day ago and not again\.\n$/,
    );
    expect(third.code).toBe(0);
  });

  it("says beforehand what would be filled in, by each service once, and changes nothing", async () => {
    const { run } = await setUp("s2,crossref,openalex", [...PAPERS.slice(0, 1), ...PAPERS.slice(3, 4)]);
    const dry = await run("ingest", "--complete", "--dry-run");
    expect(dry.stdout).toMatch(
      /^Nothing was changed\. It would be: 2 papers lacked something; completed with/,
    );
    expect((await run("show", "1805.02262")).stdout).not.toContain("deployed scalable system");
    const real = await run("ingest", "--complete");
    expect(dry.stdout.replace("Nothing was changed. It would be: ", "")).toBe(real.stdout);
  });

  it("asks nobody without the setting, and says which one", async () => {
    const { run, asked } = await setUp("");
    const { code, stderr } = await run("ingest", "--complete");
    expect([code, asked()]).toEqual([2, [0, 0, 0, 0]]);
    expect(stderr).toContain("PAPERBOY_COMPLETE names no service");
  });

  it.each([
    [["--complete", "papers.jsonl"], "", /takes no files/],
    [["--complete", "--since", "2026-01-01"], "", /takes no files/],
    [["--complete"], "dblp", /PAPERBOY_COMPLETE names “dblp”; it can name arxiv, crossref/],
  ])("is told where it cannot be: %o with %s", async (args, services, said) => {
    const env = { PAPERBOY_COMPLETE: services, PAPERBOY_STATE: await temporaryFolder() };
    const { code, stderr } = await runProgram(["ingest", ...args], env);
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
  });

  it("goes on where a service fails, and tells it", async () => {
    const { run, crossref } = await setUp("crossref,s2");
    crossref.failNext({ kind: "status", status: 403, body: "Go away" });
    const { code, stdout, stderr } = await run("ingest", "--complete");
    expect(code).toBe(1);
    expect(stderr).toContain("status 403, “Go away”");
    expect(stdout).toContain("Semantic Scholar 1");
  });
});
