import { appendFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Listing, PaperId } from "../../src/corpus/paper.ts";
import type { GrowingLibrary } from "../../src/library/library.ts";
import { openLibrary } from "../../src/library/library.ts";
import { parsePostgresAddress } from "../../src/store/postgres/address.ts";
import { openPostgresRecord } from "../../src/store/postgres/record.ts";
import { StorageError } from "../../src/store/storage-error.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { controlPostgres, NEEDS_POSTGRES, newDatabase, POSTGRES, startServer } from "../support/postgres.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const listing = (title: string, abstract = `About ${title}.`): Listing => ({
  title,
  abstract,
  listedOn: "2026-03-06",
  sourceKind: "file",
});

/** A machine that has the papers of a database: its library, its folder, and what it says. */
async function machine(url: string, state?: string) {
  const folder = state ?? (await temporaryFolder());
  const record = openPostgresRecord(parsePostgresAddress(url), { most: 300, pause: 20, longest: 100 });
  const { log, lines } = collectingLog();
  const library = await openLibrary(
    { pages: await temporaryFolder(), state: folder },
    log,
    undefined,
    record,
  );
  onTestFinished(async () => {
    await library.close();
    await record.close();
  });
  return { library, record, lines, state: folder, file: path.join(folder, "papers.jsonl") };
}

async function titles({ index }: GrowingLibrary): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { title } of index.papers()) found.push(title);
  return found.toSorted();
}

describe.runIf(POSTGRES !== undefined)(`papers that machines share by a database${NEEDS_POSTGRES}`, () => {
  it("are the same on all, whoever takes them in at once, removes or compacts them, and after a new start", async () => {
    const url = await newDatabase({ empty: true });
    const [one, other] = [await machine(url), await machine(url)];
    await Promise.all(
      Array.from({ length: 6 }, (_none, i) =>
        (i % 2 === 0 ? one : other).library.take([
          listing(`Wombats of year ${i}`),
          listing("A common paper"),
        ]),
      ),
    );
    await Promise.all([one.library.follow(), other.library.follow()]);
    const all = await titles(one.library);
    expect(all).toHaveLength(7);
    expect(await titles(other.library)).toEqual(all);
    expect(await readFile(one.file)).toEqual(await readFile(other.file));
    const ids: PaperId[] = [];
    for await (const { id, title } of one.library.index.papers()) if (title === all[0]) ids.push(id);
    await one.library.remove(ids);
    expect((await other.library.compact(0)).after).toBeGreaterThan(0);
    await other.library.take([listing("After it was compacted")]);
    await one.library.follow();
    const left = [...all.slice(1), "After it was compacted"].toSorted();
    expect([await titles(one.library), await titles(other.library)]).toEqual([left, left]);
    expect(await titles((await machine(url, one.state)).library)).toEqual(left);
    expect(await titles((await machine(url)).library)).toEqual(left);
  });

  it("tell of a change at once, and cut off what a machine that failed left unfinished", async () => {
    const url = await newDatabase({ empty: true });
    const [one, other] = [await machine(url), await machine(url)];
    await one.library.take([listing("First")]);
    await other.library.follow();
    let told = 0;
    const heard = new Promise<void>((resolve) => {
      const end = other.record.watch(() => {
        told++;
        if (told === 1) void one.library.take([listing("Second")]);
        if (told > 1) resolve();
      });
      onTestFinished(end);
    });
    await heard;
    await appendFile(other.file, '{"title":"Half a li');
    const again = await machine(url, other.state);
    expect(await titles(again.library)).toEqual(["First", "Second"]);
    expect(await readFile(one.file)).toEqual(await readFile(other.file));
  });

  it("are not mixed with papers of a machine alone, which stay as they are", async () => {
    const url = await newDatabase({ empty: true });
    const state = await temporaryFolder();
    const own = `${JSON.stringify(listing("Mine"))}\n`;
    await writeFile(path.join(state, "papers.jsonl"), own);
    await expect(machine(url, state)).rejects.toThrow(
      /papers\.jsonl are of this machine alone.*paperboy migrate --to-postgres/,
    );
    expect(await readFile(path.join(state, "papers.jsonl"), "utf8")).toBe(own);
  });

  it("are answered from the copy while the database is away, and none is taken in that others would not get", async () => {
    const server = await startServer();
    const one = await machine(server.url);
    await one.library.take([listing("Kept")]);
    await controlPostgres("stop", server.folder, "immediate");
    await expect(one.library.take([listing("Lost")])).rejects.toBeInstanceOf(StorageError);
    const again = await machine(server.url, one.state);
    expect(await titles(again.library)).toEqual(["Kept"]);
    expect(again.lines.join("\n")).toMatch(
      /The papers of the database cannot be read; those that .* has are used/,
    );
    await controlPostgres("start", server.folder);
    await again.library.take([listing("Later")]);
    await one.library.follow();
    expect(await titles(one.library)).toEqual(["Kept", "Later"]);
  });
});
