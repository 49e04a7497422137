import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FileItem } from "../../../src/sources/files/file-item.ts";
import { readJson } from "../../../src/sources/json/read-json.ts";

const json = (value: unknown, indent?: number): string => JSON.stringify(value, undefined, indent);

const collect = async (bytes: Buffer, size: number): Promise<FileItem[]> => {
  const chunks = (function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  })();
  const items: FileItem[] = [];
  for await (const item of readJson(chunks, "a.json", "array")) items.push(item);
  return items;
};

const titles = (items: readonly FileItem[]): string[] =>
  items.flatMap((item) => (item.kind === "paper" ? [item.listing.title] : []));

describe("a JSON array of papers", () => {
  const paper = fc.record({
    title: fc.stringMatching(/^[A-Z][a-z]{2,9} [0-9]{1,6}$/),
    authors: fc.array(fc.record({ name: fc.constantFrom("Ann Alpha", "Ben {Beta}", 'C. "Gamma" [D]') }), {
      maxLength: 3,
    }),
    abstract: fc.string(),
  });
  const papers = fc.uniqueArray(paper, { minLength: 1, maxLength: 5, selector: ({ title }) => title });
  /** The ways in which programs write an array. */
  const layout = fc.constantFrom<(items: readonly string[]) => string>(
    (items) => `[${items.join(",")}]`,
    (items) => `[\n${items.join(",\n")}\n]\n`,
    (items) =>
      `[\n  ${items.map((item) => json(JSON.parse(item), 2).replaceAll("\n", "\n  ")).join(",\n  ")}\n]`,
  );

  it("gives the same papers in whatever pieces its bytes come", async () => {
    await fc.assert(
      fc.asyncProperty(papers, layout, fc.integer({ min: 1, max: 40 }), async (all, write, size) => {
        const bytes = Buffer.from(write(all.map((one) => json(one))));
        expect(titles(await collect(bytes, size))).toEqual(all.map(({ title }) => title));
      }),
    );
  });

  /** Ways in which an object comes to harm, at a place in it. */
  const HARMS: Readonly<Record<string, (text: string, at: number) => string | Buffer>> = {
    "is cut off": (text, at) => text.slice(0, at),
    "loses its beginning": (text, at) => text.slice(at),
    "loses a character": (text, at) => text.slice(0, at) + text.slice(at + 1),
    "has a quote too many": (text, at) => `${text.slice(0, at)}"${text.slice(at)}`,
    "has a bracket too many": (text, at) => `${text.slice(0, at)}]${text.slice(at)}`,
    "has an open bracket too many": (text, at) => `${text.slice(0, at)}{${text.slice(at)}`,
    "is there twice": (text) => `${text},${text}`,
    "has other bytes": (text, at) =>
      Buffer.concat([Buffer.from(text.slice(0, at)), Buffer.from([0xff]), Buffer.from(text.slice(at))]),
  };

  it("of which one comes to harm gives every other one, and names it", async () => {
    await fc.assert(
      fc.asyncProperty(
        papers,
        fc.constantFrom(...Object.keys(HARMS)),
        fc.tuple(fc.nat(), fc.nat()),
        fc.integer({ min: 1, max: 100 }),
        async (all, harm, [which, where], size) => {
          const harmed = which % all.length;
          const pieces = all.map((one, i) => {
            const text = json(one);
            return Buffer.from(
              i === harmed ? (HARMS[harm]?.(text, 1 + (where % (text.length - 1))) ?? "") : text,
            );
          });
          const bytes = Buffer.concat([
            Buffer.from("[\n"),
            ...pieces.flatMap((piece, i) => [Buffer.from(i === 0 ? "" : ",\n"), piece]),
            Buffer.from("\n]\n"),
          ]);
          const items = await collect(bytes, size);
          const found = titles(items);
          expect(found).toEqual(
            expect.arrayContaining(all.flatMap(({ title }, i) => (i === harmed ? [] : [title]))),
          );
          const lines = items.flatMap((item) => (item.kind === "problem" ? [item.problem.line] : []));
          // A lost letter of a title makes another title, which nobody can know.
          expect(found.length >= all.length || lines.includes(harmed + 2)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("of a billion brackets, or of one endless object, is told and costs no memory", async () => {
    const pieces = function* (first: string, piece: string) {
      yield Buffer.from(first);
      for (let i = 0; i < 200; i++) yield Buffer.from(piece.repeat(2 ** 8));
      yield Buffer.from('\n{"title": "After"}\n]');
    };
    for (const [first, piece] of [
      ["[", "["],
      ["[", '{"a":'],
      ['[{"a":"', "xxxx"],
      ['[{"a":[', "1,2,"],
      ["[", "    "],
      ["[", "a b "],
    ] as const) {
      const items: FileItem[] = [];
      for await (const item of readJson(pieces(first, piece), "a.json", "array"))
        if (items.length < 100) items.push(item);
      expect(items.length).toBeGreaterThan(0);
    }
  });
});
