import { mkdir, open as openFile, stat } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { openLibrary } from "../../src/library/library.ts";
import type { GrowingLibrary } from "../../src/library/library.ts";
import { titlePaperId } from "../../src/corpus/identifiers/paper-id.ts";
import { wordsQuery } from "../../src/search/query/search-query.ts";
import { parseQuery } from "../../src/search/query/parse-query.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const animals = ["wombat", "quokka", "dingo", "numbat", "bilby", "emu", "echidna", "cassowary"];
const word = (n: number): string => animals[n % animals.length] ?? "";

const PAPERS = 120;

const MILLION = 1_000_000;

/** A paper whose text is not to be had from its number: so damage of one page of the disk is no damage of another. */
const listing = (n: number, also = "") => ({
  title: `The ${word(n)} and the ${word(n * 7 + 3)} number ${n}`,
  abstract: `We watch the ${word(n * 3)} ${also} ${Array.from({ length: 40 }, (_, i) => `${word(n * i + i)}${(n * 31 + i * 17) % 97}`).join(" ")}.`,
  urls: [`https://example.org/${n}`],
  listedOn: "mine.jsonl",
});

async function listed<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const parsed = parseQuery('"watch the quokka" -emu1', new Date("2026-01-01"));
const phrase = parsed.kind === "search" ? parsed.query : wordsQuery("quokka");

/** All that a library answers, by every way of asking. */
async function answers({ index, titleOf }: GrowingLibrary): Promise<unknown> {
  const window = { offset: 0, limit: 10, facets: 5 };
  const id = titlePaperId("The wombat and the numbat number 0");
  const byId = <T extends { readonly id: string }>(all: readonly T[]): T[] =>
    all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return {
    size: await index.size(),
    counts: await index.counts(),
    searches: await Promise.all(
      ["wombat", "emu dingo", "cassowry"].map((text) => index.search(wordsQuery(text), window)),
    ),
    phrase: await index.search(phrase, window),
    matching: byId((await listed(index.matching(wordsQuery("bilby")))).flat()),
    similar: await index.similar({ like: [id], unlike: [] }, window),
    nearest: await index.nearest(id, 5),
    suggested: await index.suggest("the wom", 5),
    titled: await index.titled("The wombat and the numbat number 0"),
    known: await index.known(["https://example.org/7"]),
    ids: (await index.idsFrom("title:the-w")).toSorted(),
    title: await titleOf(id),
    records: byId(await listed(index.records())),
    papers: byId(await listed(index.papers())),
  };
}

/** Overwrites bytes of a file in place, and hides that from whoever looks at its time. */
async function damage(file: string, places: readonly (readonly [millionths: number, change: number])[]) {
  const { atime, mtimeMs, size } = await stat(file);
  const handle = await openFile(file, "r+");
  for (const [millionths, change] of places) {
    const at = Math.floor((millionths / MILLION) * size);
    const byte = Buffer.alloc(1);
    await handle.read(byte, 0, 1, at);
    byte[0] = (byte[0] ?? 0) ^ change;
    await handle.write(byte, 0, 1, at);
  }
  await handle.utimes(atime, mtimeMs / 1000);
  await handle.close();
}

/** A library of some papers, which are saved; `open` opens it once more, as another process would. */
async function saved() {
  const folder = await temporaryFolder();
  const [pages, state] = [path.join(folder, "pages"), path.join(folder, "state")];
  await mkdir(pages);
  const open = async () => {
    const { log, lines } = collectingLog();
    const library = await openLibrary({ pages, state, meaning: "data/meaning" }, log);
    return { library, lines };
  };
  const { library } = await open();
  await library.take(Array.from({ length: PAPERS }, (_, n) => listing(n)));
  await library.save();
  return { open, state, file: path.join(state, "papers.index") };
}

const places = fc.array(fc.tuple(fc.noBias(fc.nat(MILLION - 1)), fc.integer({ min: 1, max: 255 })), {
  minLength: 1,
  maxLength: 6,
});

it(
  "a saved index whose bytes changed unseen, before it is opened or after, answers as the whole one, and one that was found damaged is made anew with a line",
  { timeout: 60_000 },
  async () => {
    const { open, file } = await saved();
    const whole = await answers((await open()).library);
    let mended = 0;
    await fc.assert(
      fc.asyncProperty(places, fc.boolean(), async (changes, running) => {
        const before = running ? await open() : undefined;
        await damage(file, changes);
        const { library, lines } = before ?? (await open());
        expect(await answers(library)).toEqual(whole);
        const told = lines.filter((line) => line.includes("no saved one was used"));
        expect(lines).toEqual(told);
        expect(told.length).toBeLessThanOrEqual(1);
        mended += told.length;
        // What nobody has read yet is damaged still: the next start that reads it finds it.
        const { lines: after } = await open();
        expect(Math.min(told.length, after.length)).toBe(0);
        if (told.length + after.length === 0) await damage(file, changes);
      }),
      { numRuns: 25 },
    );
    expect(mended).toBeGreaterThan(15);
  },
);

it(
  "papers that are taken in and removed while the saved index proves damaged are stored once, told as new, and found",
  { timeout: 60_000 },
  async () => {
    const { open, file } = await saved();
    let next = 1000;
    await fc.assert(
      fc.asyncProperty(places, async (changes) => {
        const n = next++;
        const { library } = await open();
        await damage(file, changes);
        const { added } = await library.take([listing(n, "platypus")]);
        const id = titlePaperId(listing(n).title);
        expect(added).toBe(1);
        expect((await library.index.get(id))?.title).toBe(listing(n).title);
        expect(await library.remove([id])).toHaveLength(1);
        expect(await library.index.get(id)).toBeUndefined();
        await library.save();
        expect((await library.index.search(wordsQuery("platypus"), { offset: 0, limit: 5 })).total).toBe(0);
        expect(await library.index.size()).toBe(PAPERS);
      }),
      { numRuns: 15 },
    );
  },
);
