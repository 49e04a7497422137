import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFileOf } from "./file-of.ts";

/** A form of files: how an entry is written in it, and what stands around and between entries. */
interface Form {
  readonly file: string;
  readonly entry: (i: number) => string;
  readonly head?: string;
  readonly between?: string;
  readonly tail?: string;
  /** The letters without which it is no entry at all but a remark between two. */
  readonly least?: RegExp;
  /** Harms of which nobody can know, since what is left is an entry in good order. */
  readonly silent?: readonly string[];
}

const title = (i: number): string => `Paper ${i} on w\u00f6mbats`;
const lines = (...all: readonly string[]): string => all.map((line) => `${line}\n`).join("");
const csl = (i: number, indent?: number): string =>
  JSON.stringify(
    {
      id: `k${i}`,
      type: "article-journal",
      title: title(i),
      author: [{ family: "M\u00fcller", given: "Ann" }],
      issued: { "date-parts": [[2001 + i]] },
      abstract: 'Of {all} [w\u00f6mbats], "small" ones.',
    },
    undefined,
    indent,
  );
const plain = (i: number, indent?: number): string =>
  JSON.stringify(
    {
      title: title(i),
      authors: [{ first: "Ann", last: "M\u00fcller" }],
      year: 2001 + i,
      abstract: 'Of {all} [w\u00f6mbats], "small" ones.',
    },
    undefined,
    indent,
  );

const FORMS: Readonly<Record<string, Form>> = {
  BibTeX: {
    file: "a.bib",
    least: /^[^,]*,/,
    entry: (i) =>
      lines(
        `@article{key${i},`,
        `  title = {${title(i)}},`,
        "  author = {M\u00fcller, Ann},",
        `  year = ${2001 + i},`,
        "  abstract = {Of all w\u00f6mbats.}",
        "}",
      ),
  },
  RIS: {
    file: "a.ris",
    entry: (i) =>
      lines(
        "TY  - JOUR",
        `TI  - ${title(i)}`,
        "AU  - M\u00fcller, Ann",
        `PY  - ${2001 + i}`,
        "AB  - Of all w\u00f6mbats,",
        "small ones too.",
        "ER  - ",
      ),
    silent: ["loses a line"],
  },
  PubMed: {
    file: "a.nbib",
    entry: (i) =>
      lines(
        `PMID- ${1000 + i}`,
        "OWN - NLM",
        `TI  - ${title(i)}.`,
        "AB  - Of all w\u00f6mbats,",
        "      small ones too.",
        "FAU - M\u00fcller, Ann",
        `DP  - ${2001 + i}`,
        `SO  - J Wombats. ${2001 + i}.`,
      ),
    between: "\n",
    silent: ["loses a line"],
  },
  "Web of Science": {
    file: "a.ciw",
    head: "FN Clarivate Analytics Web of Science\nVR 1.0\n",
    entry: (i) =>
      lines(
        "PT J",
        "AF M\u00fcller, Ann",
        `TI ${title(i)}`,
        "AB Of all w\u00f6mbats,",
        "   small ones too.",
        `PY ${2001 + i}`,
        "ER",
      ),
    between: "\n",
    tail: "EF\n",
    silent: ["loses a line"],
  },
  "EndNote's format of percent signs": {
    file: "a.enw",
    entry: (i) =>
      lines(
        "%0 Journal Article",
        `%T ${title(i)}`,
        "%A Müller, Ann",
        `%D ${2001 + i}`,
        "%X Of all wömbats,",
        "small ones too.",
        `%U https://example.org/${i}`,
      ),
    between: "\n",
    silent: ["loses a line", "is cut off"],
  },
  "JSON Lines": { file: "a.jsonl", entry: (i) => lines(plain(i)), silent: ["loses a line"] },
  "a JSON array": {
    silent: ["loses a line"],
    file: "a.json",
    entry: (i) => plain(i),
    head: "[\n",
    between: ",\n",
    tail: "\n]\n",
  },
  "a JSON array of objects over several lines": {
    file: "a.json",
    entry: (i) => plain(i, 2).replaceAll("\n", "\n  "),
    head: "[\n  ",
    between: ",\n  ",
    tail: "\n]\n",
  },
  "CSL-JSON": {
    silent: ["loses a line"],
    file: "a.json",
    entry: (i) => csl(i),
    head: "[",
    between: ",",
    tail: "]",
  },
  "CSL-JSON as Zotero writes it": {
    file: "a.json",
    entry: (i) => csl(i, "\t".length).replaceAll("\n", "\n\t"),
    head: "[\n\t",
    between: ",\n\t",
    tail: "\n]\n",
  },
  CSV: {
    file: "a.csv",
    silent: ["loses a line"],
    head: "Title,Author,Year,Abstract\n",
    entry: (i) =>
      lines(`"${title(i)}","M\u00fcller, Ann",${2001 + i},"Of all w\u00f6mbats, ""small"" ones."`),
  },
};

/** What happens to an entry, as bytes; what is cut off loses its last letters, and perhaps the end of its line. */
const HARMS: Readonly<Record<string, (bytes: Buffer, at: number) => Buffer>> = {
  "is cut off": (bytes, at) =>
    Buffer.concat([bytes.subarray(0, 1 + Math.floor(at * (bytes.length - 3))), Buffer.from("\n")]),
  "loses its beginning": (bytes, at) => bytes.subarray(1 + Math.floor(at * (bytes.length - 3))),
  "loses a line": (bytes, at) => {
    const all = bytes.toString("latin1").split(/(?<=\n)/);
    return Buffer.from(all.toSpliced(Math.floor(at * all.length), 1).join(""), "latin1");
  },
  "is mis-encoded": (bytes) => Buffer.from(bytes.toString(), "latin1"),
  "has a byte that is none": (bytes, at) => {
    const from = Math.floor(at * bytes.length);
    return Buffer.concat([bytes.subarray(0, from), Buffer.from([0xff]), bytes.subarray(from)]);
  },
};

const piece = fc.record({
  kind: fc.constantFrom("whole", "whole", "doubled", ...Object.keys(HARMS)),
  at: fc.double({ min: 0, max: 0.999, noNaN: true }),
});

interface Piece {
  readonly i: number;
  readonly kind: string;
  readonly bytes: Buffer;
}

describe.each(Object.entries(FORMS))(
  "%s with entries that are cut, doubled, out of order or mis-encoded",
  (_name, form) => {
    const { file, entry, head = "", between = "", tail = "", silent = [] } = form;

    it("gives every intact entry whole, and names every damaged one by a line of it", async () => {
      const files = fc.array(piece, { minLength: 1, maxLength: 6 }).chain((kinds) => {
        const pieces = kinds.flatMap(({ kind, at }, i): Piece[] => {
          const bytes = Buffer.from(entry(i));
          const least = kind === "is cut off" ? (form.least?.exec(bytes.toString())?.[0].length ?? 0) : 0;
          const harmed = Buffer.concat([
            bytes.subarray(0, least),
            HARMS[kind]?.(bytes.subarray(least), at) ?? bytes,
          ]);
          return Array.from({ length: kind === "doubled" ? 2 : 1 }, () => ({ i, kind, bytes: harmed }));
        });
        // By an intact one at its beginning a file is known for what it is.
        const first = { i: 9, kind: "whole", bytes: Buffer.from(entry(9)) };
        return fc.shuffledSubarray(pieces, { minLength: pieces.length }).map((all) => [first, ...all]);
      });
      await fc.assert(
        fc.asyncProperty(files, async (pieces) => {
          let text = Buffer.from(head);
          const places = pieces.map(({ bytes }, n) => {
            const before = Buffer.concat([text, Buffer.from(n === 0 ? "" : between)]);
            text = Buffer.concat([before, bytes]);
            const lineAt = (all: Buffer): number => all.toString("latin1").split("\n").length;
            return { from: lineAt(before), to: lineAt(text) };
          });
          const { listings, problems } = await readFileOf(file, Buffer.concat([text, Buffer.from(tail)]));
          const told = problems.map((problem) => Number(/^\d+/.exec(problem)?.[0]));
          const isWhole = (i: number) =>
            listings.filter(
              (listing) =>
                listing.title === title(i) &&
                listing.date === String(2001 + i) &&
                listing.authors?.kind === "named" &&
                listing.authors.names.join() === "Ann M\u00fcller",
            ).length;
          // What is left of damaged entries that stand side by side may run together, even to one whole entry: they are named as one.
          const isIntact = (n: number): boolean => /^(?:whole|doubled)$/.test(pieces[n]?.kind ?? "whole");
          const isNamed = (n: number): boolean => {
            let [first, last] = [n, n];
            while (!isIntact(first - 1)) first--;
            while (!isIntact(last + 1)) last++;
            const [from, to] = [places[first]?.from ?? 0, places[last]?.to ?? 0];
            // Or the end of the one before, behind which more stands.
            const isOneEntry = pieces.slice(first, last + 1).some((one) => isWhole(one.i) === 1);
            return isOneEntry || told.some((line) => line >= from - 1 && line <= to);
          };
          const lost = pieces.filter(({ i, kind }, n) => {
            if (kind === "whole") return isWhole(i) !== 1;
            if (kind === "doubled") return isWhole(i) !== 2;
            return isWhole(i) !== 1 && !silent.includes(kind) && !isNamed(n);
          });
          const said = lost.map(({ kind, bytes }) => `${kind}: ${bytes.toString()}`);
          expect({ said, problems }).toEqual({ said: [], problems });
        }),
        { numRuns: 200 },
      );
    });
  },
);
