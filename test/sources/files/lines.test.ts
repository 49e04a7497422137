import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FileLine } from "../../../src/sources/files/lines.ts";
import { readLines } from "../../../src/sources/files/lines.ts";
import { readJsonLines } from "../../../src/sources/json/read-json.ts";

const MB = 1024 * 1024;
const LENGTH = 2048 * MB;

async function all(chunks: Iterable<Uint8Array>, maxBytes?: number): Promise<FileLine[]> {
  const lines: FileLine[] = [];
  for await (const line of readLines(chunks, maxBytes)) lines.push(line);
  return lines;
}

describe("the lines of a file", () => {
  it("are read whatever its pieces, with Windows line ends and a byte-order mark", async () => {
    const bytes = Buffer.from("\uFEFFfirst ä\r\n\nthird\nlast");
    const expected = ["first ä", "", "third", "last"].map((text, i) => ({
      kind: "line",
      number: i + 1,
      text,
    }));
    for (const size of [1, 2, 3, 7, 100]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_none, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      expect(await all(pieces)).toEqual(expected);
    }
  });

  it("that are too long are told with their length, and those of another encoding are read as Windows-1252", async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${"x".repeat(11)}\n1234567890\n`),
      Buffer.from("M\xfc\nend", "latin1"),
    ]);
    expect(await all([bytes], 10)).toEqual([
      { kind: "too-long", number: 1, bytes: 11 },
      { kind: "line", number: 2, text: "1234567890" },
      { kind: "line", number: 3, text: "Mü", misread: true },
      { kind: "line", number: 4, text: "end" },
    ]);
  });

  it("joined are the file again", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 20 })), async (pieces) => {
        const bytes = Buffer.concat(pieces);
        const lines = await all(pieces, 8);
        // Each line ends with a line feed, the last one perhaps not.
        expect(lines.length).toBe(
          bytes.toString("latin1").split("\n").length - (bytes.at(-1) === 10 || bytes.length === 0 ? 1 : 0),
        );
      }),
    );
  });
});

describe("one endless line", () => {
  it("of 2 GB is passed over without being kept in memory, and reading goes on after it", async () => {
    let most = 0;
    function* file(): Generator<Uint8Array> {
      yield Buffer.from('{"title": "Before"}\n{"title": "');
      for (let sent = 0; sent < LENGTH; sent += MB) {
        most = Math.max(most, process.memoryUsage().arrayBuffers);
        // A new one each time: the same one would cost nothing to keep.
        yield Buffer.alloc(MB, "x");
      }
      yield Buffer.from('"}\n{"title": "After"}\n');
    }
    const before = process.memoryUsage().arrayBuffers;
    const found: string[] = [];
    for await (const item of readJsonLines(file(), "huge.jsonl")) {
      if (item.kind === "paper") found.push(item.listing.title);
      if (item.kind === "problem") found.push(`${item.problem.line}: ${item.problem.found}`);
    }
    expect(found).toEqual(["Before", `2: one of ${LENGTH + 13}`, "After"]);
    // What is let go waits for the collector, which comes long before a tenth of the file has passed.
    expect(most - before).toBeLessThan(LENGTH / 10);
  });
});
