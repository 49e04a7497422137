import fc from "fast-check";
import { expect, it } from "vitest";
import { titlePaperId } from "../../src/corpus/identifiers/paper-id.ts";
import type { Paper } from "../../src/corpus/paper.ts";
import { authorCount } from "../../src/corpus/paper.ts";
import { parsePartialDate } from "../../src/corpus/partial-date.ts";
import { createFacts } from "../../src/library/facts.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { noIndexWork } from "../../src/search/embedded/pace.ts";
import { SLICE } from "../../src/turns.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const anyPaper: fc.Arbitrary<Paper> = fc
  .record(
    {
      number: fc.nat(40),
      day: fc.constantFrom("2024", "2024-06", "2023-12-31", "2026-01-02"),
      authors: fc.constantFrom<Paper["authors"]>(
        { kind: "named", names: ["Ada Lovelace"] },
        { kind: "counted", count: 3 },
      ),
      organisation: fc.constant({ name: "Acme" }),
      comments: fc.nat(3),
      listedOn: fc.array(fc.constantFrom("a.txt", "b.bib", "arxiv"), { minLength: 1, maxLength: 2 }),
    },
    { requiredKeys: ["number", "listedOn"] },
  )
  .map(({ number, day, authors, organisation, comments, listedOn }) => {
    const date = day === undefined ? undefined : parsePartialDate(day);
    return {
      id: titlePaperId(`Paper ${number}`),
      title: `Paper ${number}`,
      listedOn,
      origins: [],
      ...(date === undefined ? {} : { date }),
      ...(authors === undefined ? {} : { authors }),
      ...(organisation === undefined ? {} : { organisation }),
      ...(comments === undefined ? {} : { comments }),
    };
  });

/** The same from a list of all papers. */
function countPlainly(papers: readonly Paper[]): object {
  const having = (known: (paper: Paper) => unknown): number =>
    papers.filter((paper) => known(paper) !== undefined).length;
  const dates = papers.flatMap(({ date }) => date ?? []).toSorted();
  return {
    papers: papers.length,
    dated: dates.length,
    withAuthors: having(authorCount),
    withNames: papers.filter(({ authors }) => authors?.kind === "named").length,
    withOrganisation: having(({ organisation }) => organisation),
    withComments: having(({ comments }) => comments),
    ...(dates.length === 0 ? {} : { oldest: dates.at(0), newest: dates.at(-1) }),
    sources: [...new Set(papers.flatMap(({ listedOn }) => listedOn))].toSorted(),
  };
}

it("what a library knows of itself is what its papers say, whichever came, changed and went since it was asked", async () => {
  const state = await temporaryFolder();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(anyPaper, fc.boolean()), { maxLength: 30 }), async (changes) => {
      const index = createEmbeddedIndex();
      const facts = createFacts(index, { state });
      const kept = new Map<string, Paper>();
      for (const [paper, goes] of changes) {
        if (goes) {
          await index.remove([paper.id]);
          kept.delete(paper.id);
        } else {
          await index.add([paper]);
          kept.set(paper.id, paper);
        }
        expect(await facts()).toEqual(countPlainly([...kept.values()]));
      }
    }),
    { numRuns: 50 },
  );
});

it("papers are counted in pieces, and once as long as none changes", async () => {
  const work = noIndexWork();
  const index = createEmbeddedIndex(undefined, { work });
  const papers = Array.from({ length: 9000 }, (_, i): Paper => {
    const title = `Paper ${i}`;
    return { id: titlePaperId(title), title, listedOn: ["a.txt"], origins: [] };
  });
  await index.add(papers);
  Object.assign(work, noIndexWork());
  const facts = createFacts(index, { state: await temporaryFolder() });
  const first = await facts();
  expect(work.steps).toBeGreaterThan(SLICE);
  expect(work.longest).toBeLessThan(SLICE * 1.1);
  const { steps } = work;
  expect(await facts()).toEqual(first);
  expect(work.steps).toBe(steps);
  await index.remove([titlePaperId("Paper 1")]);
  expect((await facts()).papers).toBe(8999);
});
