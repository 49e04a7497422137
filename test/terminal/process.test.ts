import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseIngest } from "../../adapters/cli/orders/ingest-order.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Types lines into the program as it is installed and gives the first paragraph of each answer, in one line. */
async function firstParagraphs(state: string, lines: readonly string[]): Promise<string[]> {
  const { stdout, code } = await runProgram([], { PAPERBOY_STATE: state }, `${lines.join("\nshow @\n")}\n`);
  expect(code).toBe(0);
  const [, ...answers] = stdout.split(/^.*“@”.*$/m);
  return [
    stdout.split("\n\n")[1] ?? "",
    ...answers.map((answer) => answer.trim().split("\n\n")[0] ?? ""),
  ].map((answer) => answer.replace(/\n/g, " "));
}

describe("the program in a terminal", () => {
  it("takes topics for topics, whatever command they begin with, and a mistyped command for that", async () => {
    const lines = [
      ["random forests", /papers? for “random forests”/],
      ["about transformers", /papers for “about transformers”/],
      ["help me with grokking", /papers? for “grokking”/],
      ["similar images retrieval", /^No title fits “images retrieval”, so papers about all of it/],
      ["show, attend and tell", /papers for “show, attend and tell”/],
      ["site reliability", /papers for “site reliability”/],
      ["hlep", /^Paperboy finds research papers\./],
      ["serach grokking", /^There is no command “serach”\. Did you mean “search”\?/],
    ] as const;
    const said = await firstParagraphs(
      await temporaryFolder(),
      lines.map(([line]) => line),
    );
    expect(said).toEqual(lines.map(([, wanted]) => expect.stringMatching(wanted)));
  });

  it("looks papers up by what a source gave of them, and says how one that is not here is taken in", async () => {
    const state = await temporaryFolder();
    const file = path.join(state, "own.jsonl");
    const papers = [
      { title: "A paper in the Anthology", url: "https://aclanthology.org/2023.acl-long.1/" },
      { title: "A paper with a DOI", doi: "10.1145/3292500.3330701" },
      { title: "A paper on OpenReview", url: "https://openreview.net/forum?id=HJxYz" },
      { title: "A paper of the old days", arxivId: "cs/0305100" },
      { title: "A paper on arXiv", arxivId: "2401.00001", doi: "10.1016/S0140-6736(20)30183-5" },
    ];
    await writeFile(file, papers.map((paper) => JSON.stringify(paper)).join("\n"));
    expect((await runProgram(["ingest", file], { PAPERBOY_STATE: state })).code).toBe(0);
    const lines = [
      ["https://aclanthology.org/2023.acl-long.1.pdf", /^A paper in the Anthology/],
      ["10.18653/v1/2023.acl-long.1", /^A paper in the Anthology/],
      ["10.1145/3292500.3330701", /^A paper with a DOI/],
      ["https://dl.acm.org/doi/abs/10.1145/3292500.3330701?utm_source=x", /^A paper with a DOI/],
      ["show https://openreview.net/pdf?id=HJxYz", /^A paper on OpenReview/],
      ["have you seen https://openreview.net/forum?id=HJxYz ?", /^A paper on OpenReview/],
      ["0305100v2", /^A paper of the old days/],
      ["https://doi.org/10.48550/arXiv.2401.00001", /^A paper on arXiv/],
      ["https://doi.org/10.1016/S0140-6736(20)30183-5", /^A paper on arXiv/],
      ["https://ar5iv.labs.arxiv.org/html/2401.00001v3", /^A paper on arXiv/],
      [
        "https://huggingface.co/papers/1706.03762",
        /in this corpus\. To take it in.*paperboy ingest arxiv:1706\.03762$/,
      ],
      ["show math.GT/0309136v1", /in this corpus\. .*: paperboy ingest arxiv:math\/0309136$/],
      ["10.1145/1.1", /in this corpus\. To take it in.*paperboy ingest doi:10\.1145\/1\.1$/],
      [
        "https://openreview.net/forum?id=HJxYy",
        /was given with that address\. .*paperboy ingest papers\.bib$/,
      ],
      ["show 10.1016/S0140-6736(97)11096-0", /: paperboy ingest 'doi:10\.1016\/s0140-6736\(97\)11096-0'$/],
      ["search https://aclanthology.org/P19-1001/", /: paperboy ingest s2:ACL:P19-1001$/],
      ["2020.acl-main.1", /: paperboy ingest s2:ACL:2020\.acl-main\.1$/],
      ["https://openalex.org/w2741809807", /: paperboy ingest openalex:W2741809807$/],
      ["show W2741809807", /: paperboy ingest openalex:W2741809807$/],
      ["https://api.semanticscholar.org/CorpusID:215416146", /: paperboy ingest s2:CorpusId:215416146$/],
      [
        "https://www.semanticscholar.org/paper/x/649def34f8be52c8b66281af98ae884c09aef38b",
        /: paperboy ingest s2:649def34f8be52c8b66281af98ae884c09aef38b$/,
      ],
      ["show CorpusId:215416146", /: paperboy ingest s2:CorpusId:215416146$/],
      ["show 0305101v2", /^“0305101v2” lacks its archive\..* such as cs\/0305101 or math\/0305101\.$/],
    ] as const;
    const said = await firstParagraphs(
      state,
      lines.map(([line]) => line),
    );
    expect(said).toEqual(lines.map(([, wanted]) => expect.stringMatching(wanted)));
    const places = Array.from(
      said.join("\n").matchAll(/paperboy ingest ('?)(\S+)\1$/gm),
      ([, , place]) => place,
    );
    const services = places.filter((place) => place !== "papers.bib");
    expect(services).toHaveLength(11);
    for (const place of services)
      expect(parseIngest([place ?? ""])).toMatchObject({
        kind: "ingest",
        selections: [{ kind: expect.stringMatching(/^(?:paper|looked-up)$/) as string }],
      });
  });
});
