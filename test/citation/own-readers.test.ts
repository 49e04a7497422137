import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { citePapers, joinEntries } from "../../src/citation/citations.ts";
import type { Format } from "../../src/citation/formats.ts";
import { FILE_ENDINGS } from "../../src/citation/formats.ts";
import { arxivIdOf } from "../../src/corpus/identifiers/paper-id.ts";
import type { Listing, NamedAuthors, Paper } from "../../src/corpus/paper.ts";
import { PUBLICATION_TEXTS } from "../../src/corpus/publication.ts";
import { readableText } from "../../src/corpus/readable-text.ts";
import { readPapersFile } from "../../src/sources/files/read-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { generatedPapers } from "./generated.ts";

type ReadFormat = Exclude<Format, "markdown" | "text">;

/** What a format has no way to say, or programs say in another way; docs/citations.md has the table. */
const LOST: Readonly<Record<ReadFormat, readonly string[]>> = {
  bibtex: ["type", "genre"],
  biblatex: ["type"],
  ris: ["type", "eventTitle", "arxivClass"],
  "csl-json": [],
};

const papers = generatedPapers(300, 20_261_130);

/** The papers that the program reads of what it wrote. */
async function readBack(format: ReadFormat): Promise<readonly Listing[]> {
  const style = { kind: "named", name: "apa" } as const;
  const { entries } = await citePapers(papers, { format, style, withAbstracts: true });
  const file = path.join(await temporaryFolder(), `entries.${FILE_ENDINGS[format]}`);
  const texts = entries.map(({ entry }) => entry);
  await writeFile(file, `${joinEntries(texts, format)}\n`);
  const listings: Listing[] = [];
  const problems: unknown[] = [];
  for await (const item of readPapersFile(file)) {
    if (item.kind === "paper") listings.push(item.listing);
    else problems.push(item);
  }
  expect(problems).toEqual([]);
  return listings;
}

/** A text without braces, which are LaTeX's to every reader, and as it is read: `--` is a dash. */
const read = (text: string | undefined): string | undefined =>
  text === undefined
    ? undefined
    : readableText(text)
        .replace(/[{}\\]/g, "")
        .replace(/\s+/g, " ")
        .trim();

/** Names as they are printed; a particle that touches its name is printed so. */
const printed = (named: NamedAuthors | undefined): readonly string[] | undefined =>
  named?.names.map((name) => name.replace("d' ", "d'"));

/** Whether names can be told in a format: RIS has no group with a comma or an “and” in its name. */
const canSay = (format: ReadFormat, named: NamedAuthors | undefined): boolean =>
  format !== "ris" || named?.names.some((name) => /,| and /.test(name)) !== true;

const named = ({ authors }: Paper | Listing): NamedAuthors | undefined =>
  authors?.kind === "named" ? authors : undefined;

describe.each(["bibtex", "biblatex", "ris", "csl-json"] as const)("what is cited as %s", (format) => {
  it("is read again with all that the format can say", { timeout: 60_000 }, async () => {
    const listings = await readBack(format);
    expect(listings).toHaveLength(papers.length);
    papers.forEach((paper, i) => {
      const listing = listings[i];
      if (listing === undefined) throw new Error("counted before");
      // BibTeX has no type of its own for patents, whose number is that of an issue to readers.
      const lost = [
        ...LOST[format],
        ...(format === "bibtex" && paper.type === "patent" ? ["number", "issue"] : []),
      ];
      const kept = PUBLICATION_TEXTS.filter((name) => !lost.includes(name));
      const facts = (one: Paper | Listing) => ({
        title:
          format === "ris" || format === "csl-json"
            ? read(one.title)
            : read(one.title.replaceAll(/--+|``|''/g, "")),
        ...Object.fromEntries(kept.map((name) => [name, one[name]])),
        keywords: one.keywords,
        authors: canSay(format, named(paper)) ? printed(named(one)) : undefined,
        editors: canSay(format, paper.editors) ? printed(one.editors) : undefined,
        others: format === "ris" ? undefined : named(one)?.others,
      });
      expect({ ...facts(listing), arxivId: listing.arxivId }).toEqual({
        ...facts(paper),
        arxivId: arxivIdOf(paper.id),
      });
      // Without a date, a paper of arXiv has the month of its number.
      expect(listing.date).toBe(paper.date ?? listing.date);
      const urls = arxivIdOf(paper.id) === undefined ? (paper.urls ?? []) : [];
      expect(listing.urls ?? []).toEqual(expect.arrayContaining([...urls]));
    });
  });
});
