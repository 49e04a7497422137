import { readFile, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { ArxivId, Listing } from "../../src/corpus/paper.ts";
import { folders } from "./kit.ts";

const wombats: Listing = { title: "Wombats dig", arxivId: "2507.00001" as ArxivId, listedOn: "a" };

/** A state folder whose index knows a paper that was stored. */
async function stored() {
  const { open, settings } = await folders();
  const { library } = await open();
  await library.take([wombats]);
  await library.save();
  return { open, library, file: path.join(settings.state, "papers.jsonl") };
}

describe("the stored papers that a saved index was made from", () => {
  it("are as they were where nobody has touched them, and what is taken in then is known to the next start", async () => {
    const { open } = await stored();
    const again = await open();
    expect(again.lines).toEqual([]);
    await again.library.take([{ ...wombats, title: "Quokkas smile", arxivId: "2507.00002" as ArxivId }]);
    await again.library.save();
    const last = await open();
    expect(last.lines).toEqual([]);
    expect(await last.library.index.size()).toBe(546);
  });

  it("are read again where a letter was changed, also when the time of the file was set back", async () => {
    const { open, file } = await stored();
    const { atime, mtime } = await stat(file);
    await writeFile(file, (await readFile(file, "utf8")).replace("Wombats dig", "Wombats nap"));
    await utimes(file, atime, mtime);
    const { library, lines } = await open();
    expect(lines).toEqual([expect.stringMatching(/: the papers have changed since it was written$/)]);
    expect((await library.index.titled("Wombats nap")).length).toBe(1);
  });

  it("that were removed are known to the next start, which does not let them come back", async () => {
    const { open, library } = await stored();
    const [paper] = await library.index.titled(wombats.title);
    if (paper === undefined) throw new Error("no paper");
    await library.remove([paper.id]);
    await library.save();
    const again = await open();
    expect(again.lines).toEqual([]);
    expect(await again.library.titleOf(paper.id)).toBe("Wombats dig");
    await again.library.take([wombats]);
    expect(await again.library.index.get(paper.id)).toBeUndefined();
  });
});
