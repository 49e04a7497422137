import { describe, expect, it } from "vitest";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Types lines into the program as it is installed and gives the first line of each answer. */
async function firstLines(...lines: string[]): Promise<string[]> {
  const { stdout, code } = await runProgram(
    [],
    { PAPERBOY_STATE: await temporaryFolder() },
    `${lines.join("\nshow @\n")}\n`,
  );
  expect(code).toBe(0);
  const [, ...answers] = stdout.split(/^.*“@”.*$/m);
  return [stdout.split("\n\n")[1] ?? "", ...answers.map((answer) => answer.trim().split("\n")[0] ?? "")];
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
    const said = await firstLines(...lines.map(([line]) => line));
    expect(said).toEqual(lines.map(([, wanted]) => expect.stringMatching(wanted)));
  });
});
