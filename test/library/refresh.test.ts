import { describe, expect, it } from "vitest";
import { openLibrary } from "../../src/library/library.ts";
import { refresh } from "../../src/library/fetching/refresh.ts";
import { createHuggingFace } from "../../src/sources/huggingface/source.ts";
import type { Source } from "../../src/sources/source.ts";
import { createTestClock } from "../fakes/sources/clock.ts";
import { startHuggingFace } from "../fakes/sources/hugging-face.ts";
import { createKit, never } from "../sources/kit.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openTestStore } from "../support/test-store.ts";

async function setUp() {
  const clock = createTestClock("2026-03-04T12:00:00Z");
  const hub = await startHuggingFace({ clock });
  const { log, lines } = collectingLog();
  const settings = { pages: await temporaryFolder(), state: await temporaryFolder() };
  const library = await openLibrary(settings, log);
  const { sources: records } = await openTestStore(undefined, clock.now);
  const fetcher = createKit({ clock, huggingFace: hub.url });
  const source = createHuggingFace({ baseUrl: hub.url }, { fetcher, clock });
  const read = (...others: Source[]) =>
    refresh(
      { library, records, now: clock.now, log },
      {
        sources: [source, ...others].map((one, i) => ({
          key: i === 0 ? "huggingface" : one.name,
          source: one,
        })),
        signal: never(),
      },
    );
  return { clock, hub, library, lines, records, read };
}

describe("a source whose answers changed their form", () => {
  it("is told once, keeps what is stored, and is told again when it can be read", async () => {
    const { clock, hub, library, lines, records, read } = await setUp();
    const { added } = await read();
    expect(added).toBeGreaterThan(0);
    for (const day of ["05", "06", "07", "08"]) {
      clock.set(`2026-03-${day}T12:00:00Z`);
      hub.failNext({ kind: "status", status: 200, body: '[{"arxivId":"2603.00001","name":"x"}]' }, 3);
      expect(await read()).toMatchObject({ added: 0, failed: ["huggingface"] });
    }
    expect(await library.index.size()).toBe(added);
    const told = lines.filter((line) => line.startsWith("error"));
    expect(told).toEqual([
      expect.stringMatching(/could not be read 3 times in a row; .*a paper with a title/),
    ]);
    expect(await records.find("huggingface")).toMatchObject({ failures: 4, unread: "2026-03-04" });
    expect((await read()).failed).toEqual([]);
    expect(lines.at(-1)).toMatch(/huggingface can be read again, after 4 failures/);
    expect(await library.index.size()).toBeGreaterThan(added);
  });
});

describe("a source that throws", () => {
  it("stops no other", async () => {
    const { library, read } = await setUp();
    const broken: Source = {
      name: "broken",
      read: () => ({
        [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error("no disk")) }),
      }),
    };
    const { failed, problems } = await read(broken);
    expect(failed).toEqual(["broken"]);
    expect(problems).toMatchObject([{ file: "broken", found: "no disk" }]);
    expect(await library.index.size()).toBeGreaterThan(0);
  });
});
