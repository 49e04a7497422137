import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readableText } from "../../src/corpus/readable-text.ts";
import { parseBibtex, readBibtex } from "../../src/sources/bibtex/read-bibtex.ts";

/** An entry of the file: its lines, whether it is whole, and the title by which it is known. */
interface Piece {
  readonly bytes: Buffer;
  readonly title: string;
  readonly damaged: boolean;
}

const whole = (i: number): string => `@article{key${i},
  title = {Paper ${i} on {G}raphs},
  author = {Zo{\\"e} One and Tw\u00f6, B.},
  journal = "A {J}ournal",
  year = ${2000 + (i % 20)},
  abstract = {Words, {more} words
    and 50\\% of them = all.},
}
`;
const title = (i: number): string => `Paper ${i} on Graphs`;

/** What happens to entries. What is cut keeps its key, by which it is an entry. */
const DAMAGES: Record<string, (text: string, at: number) => string> = {
  cut: (text, at) => {
    const from = text.indexOf(",\n") + 2;
    return `${text.slice(0, from + Math.floor(at * (text.lastIndexOf("}") - from)))}\n`;
  },
  "without its last brace": (text) => text.replace(/\}\n$/, "\n"),
  "without a comma": (text) => text.replace('ournal",', 'ournal"'),
  "without an end of its title": (text) => text.replace("raphs},", "raphs,"),
  "without an end of its journal": (text) => text.replace('ournal",', "ournal,"),
  "with a brace too many": (text) => text.replace("raphs},", "raphs}},"),
  "with a comment": (text) => text.replace("  journal", "  % looked up\n  journal"),
  "with junk": (text) => text.replace("  journal", "  ???\n  journal"),
  "without a value": (text) => text.replace(/year = \d+/, "year = "),
  "without an equals sign": (text) => text.replace("year =", "year"),
  "with names in quotes": (text) => text.replace(/^ {2}(\w+) =/gm, '  "$1" ='),
  "with a name in quotes and a colon": (text) => text.replace("year =", "'year':"),
};

const piece = fc.record({
  kind: fc.constantFrom("whole", "whole", "doubled", "mis-encoded", ...Object.keys(DAMAGES)),
  at: fc.double({ min: 0, max: 0.999, noNaN: true }),
});

function makePieces(kinds: readonly { readonly kind: string; readonly at: number }[]): Piece[] {
  return kinds.flatMap(({ kind, at }, i): Piece[] => {
    const text = whole(i);
    const plain = { bytes: Buffer.from(text), title: title(i), damaged: false };
    if (kind === "doubled") return [plain, plain];
    if (kind === "mis-encoded") return [{ ...plain, bytes: Buffer.from(text, "latin1"), damaged: true }];
    const damaged = DAMAGES[kind]?.(text, at);
    return [damaged === undefined ? plain : { bytes: Buffer.from(damaged), title: title(i), damaged: true }];
  });
}

const linesOf = (bytes: Buffer): number => bytes.toString("latin1").split("\n").length - 1;

describe("a file in which some entries are cut, doubled, out of order, mis-encoded or damaged otherwise", () => {
  it("gives every intact entry whole, tells every damaged one by a line of it, and tells nothing else", async () => {
    const files = fc.array(piece, { minLength: 1, maxLength: 8 }).chain((kinds) => {
      const pieces = makePieces(kinds);
      return fc.shuffledSubarray(pieces, { minLength: pieces.length });
    });
    await fc.assert(
      fc.asyncProperty(files, async (pieces) => {
        const papers: { title: string; whole: boolean }[] = [];
        const told: number[] = [];
        for await (const item of readBibtex(
          pieces.map(({ bytes }) => bytes),
          "f",
        )) {
          if (item.kind === "paper") {
            const { authors, containerTitle, date, abstract } = item.listing;
            papers.push({
              title: item.listing.title,
              whole:
                authors?.kind === "named" &&
                authors.names.join() === "Zoë One,B. Twö" &&
                containerTitle === "A Journal" &&
                date !== undefined &&
                abstract === "Words, more words and 50% of them = all.",
            });
            told.push(...(item.problems ?? []).map(({ line = 0 }) => line));
          } else if (item.kind === "problem") told.push(item.problem.line ?? 0);
        }
        let line = 1;
        for (const { bytes, title: own, damaged } of pieces) {
          const end = line + linesOf(bytes);
          const isTold = told.some((one) => one >= line && one < end);
          expect([own, isTold]).toEqual([own, damaged]);
          line = end;
        }
        const intact = pieces.filter(({ damaged }) => !damaged).map((one) => one.title);
        const read = papers.filter((one) => one.whole).map((one) => one.title);
        expect(intact.filter((one) => !read.includes(one))).toEqual([]);
        const expected = pieces.map((one) => one.title);
        expect(papers.filter((one) => one.whole && !expected.includes(one.title))).toEqual([]);
      }),
    );
  });

  it.each(Object.keys(DAMAGES).filter((kind) => kind !== "cut"))(
    "keeps the title and the year of one %s",
    (kind) => {
      const { items, problems } = parseBibtex("f", DAMAGES[kind]?.(whole(7), 0) ?? "");
      expect(items.map(({ listing }) => [listing.title, listing.authors?.kind, listing.date])).toEqual([
        [title(7), "named", kind === "without a value" ? undefined : "2007"],
      ]);
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.every(({ kept }) => kept === true)).toBe(true);
    },
  );
});

describe("an entry that is cut behind an equals sign", () => {
  it.each(["title =", "title = {A}, year =", 'title = {A}, journal = "B" #'])(
    "%s is told by its own line",
    (text) => {
      const { problems } = parseBibtex("f", `@misc{a,\n${text}\n@misc{b, title={B}}`);
      expect(problems.map(({ line }) => line)).toContain(2);
      expect(problems.filter(({ line = 0 }) => line > 2)).toEqual([]);
    },
  );
});

describe("a text of letters that nobody has to look into", () => {
  it("is read as any other", () => {
    const letters = fc.string({ unit: fc.constantFrom(..."abZ09 .,-'`~^$_&%#{}\\\n\"<>*[]()é".split("")) });
    fc.assert(
      fc.property(letters, (text) => {
        const balanced = text.replace(/[{}\\<]/g, "");
        const [item] = parseBibtex("f", `@misc{a, title={x${balanced}}}`).items;
        expect(item?.listing.title).toBe(readableText(`x${balanced}`));
      }),
    );
  });
});
