import { describe, expect, it } from "vitest";
import type { Listing } from "../../src/corpus/paper.ts";
import { openLibrary } from "../../src/library/library.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { caller, createTestBot } from "../support/seed-bot.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { pasted } from "./pasted-forms.ts";

/** A bot over these papers, each under the name that it has above. */
async function setUp() {
  const folders = { pages: await temporaryFolder(), state: await temporaryFolder() };
  const library = await openLibrary(folders, collectingLog().log);
  const listings = Object.entries(pasted).map(
    ([title, { paper }]) => ({ title, listedOn: "mine", ...paper }) as Listing,
  );
  await library.take(listings);
  expect(await library.index.size()).toBe(listings.length);
  const { bot } = createTestBot(library);
  const titleOf = async (command: string, args: Readonly<Record<string, string>>): Promise<unknown> => {
    const { data } = await bot.handle({ command, args, caller });
    return data[0]?.["title"];
  };
  /** The paper that the answer says others are like. */
  const liked = ({ summary }: { readonly summary: string }): string | undefined =>
    /“([^”]+)”/.exec(summary)?.[1];
  const doors: Readonly<Record<string, (text: string) => Promise<unknown>>> = {
    show: (paper) => titleOf("show", { paper }),
    search: (query) => titleOf("search", { query }),
    "a typed line": async (line) => (await bot.handleLine(line, caller)).data[0]?.["title"],
    similar: async (papers) => liked(await bot.handle({ command: "similar", args: { papers }, caller })),
    "a preview": (paper) => titleOf("show", { paper, card: "preview" }),
  };
  const sayings = [
    (text: string) => `Has anyone read ${text} yet?`,
    (text: string) => `See ${text}, it is good.`,
    (text: string) => `(${text})`,
  ];
  const mention = async (text: string): Promise<unknown> => liked(await bot.handleMessage(text, caller));
  return { doors, sayings, mention };
}

describe("a paper that is named by what people paste", () => {
  it("is found through every door", async () => {
    const { doors } = await setUp();
    for (const [title, { forms, alone = [] }] of Object.entries(pasted))
      for (const text of [...forms, ...alone])
        for (const [door, open] of Object.entries(doors))
          expect([door, text, await open(text)]).toEqual([door, text, title]);
  });

  it("is found inside of what somebody says", async () => {
    const { sayings, mention } = await setUp();
    for (const [title, { forms }] of Object.entries(pasted))
      for (const text of forms)
        for (const say of sayings) expect([say(text), await mention(say(text))]).toEqual([say(text), title]);
  });
});
