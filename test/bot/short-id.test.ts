import { describe, expect, it } from "vitest";
import { findPaper } from "../../src/bot/naming/find-paper.ts";
import { shortenNames } from "../../src/bot/naming/short-id.ts";
import { createSeedIndex, readSeedPapers } from "../support/seed-index.ts";

describe("the short form of ids", () => {
  it("names the same paper, in at most 21 characters, for every paper", async () => {
    const index = await createSeedIndex();
    for (const { id } of await readSeedPapers()) {
      const short = shortenNames(id, 10);
      expect(short.length).toBeLessThanOrEqual(21);
      expect(await findPaper(index, short)).toMatchObject({ kind: "found", paper: { id } });
    }
  });

  it("is taken only where the names are too long, and leaves other text as it is", () => {
    const names = `VPT; -title:${"a-very-long-title-".repeat(3)}x; arxiv:1706.03762`;
    expect(shortenNames(names, 100)).toBe(names);
    expect(shortenNames(names, 50)).toMatch(/^VPT; -title:a-very~[0-9a-f]{8}; arxiv:1706\.03762$/);
  });

  it("of a paper that is not there is said not to be there", async () => {
    expect(await findPaper(await createSeedIndex(), "title:fastdi~00000000")).toEqual({
      kind: "missing",
      nearest: [],
      isReference: true,
    });
  });
});
