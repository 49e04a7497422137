import { readCitedName } from "../citation/cited-name.ts";
import { readLooseDate } from "../citation/loose-date.ts";
import { workTypeOf } from "../citation/work-types.ts";
import { pageRange } from "../record-fields.ts";
import type { TaggedFormat } from "./read-tagged.ts";
import { titleDamage } from "./read-tagged.ts";

/** Read, or bookkeeping: labels, databases, days of access, short titles, files. */
const KNOWN = new Set("0AEYTBJDVNPICKXURS@789GZO8LFWM>[!?+~H".split(""));

const ISSN = /^\d{4}-?\d{3}[\dX]$/i;

/** EndNote's format of a percent sign, a letter and a text (refer), as the ACL Anthology, ACM and Google Scholar give it (.enw). */
export const refer: TaggedFormat = {
  dialect: {
    field: (line) => {
      const [, tag, text = ""] = /^%(\S)(?:\s+(.*))?$/u.exec(line) ?? [];
      return tag === undefined ? undefined : [tag, text];
    },
    goesOn: (line) => line.trim() !== "",
    parts: (line) => line.trim() === "",
    begin: "0",
  },
  read(texts) {
    const { all, first, lineOf } = texts;
    const type = workTypeOf(first("0") ?? "");
    const names = (...tags: readonly string[]) => all(...tags).flatMap((one) => readCitedName(one) ?? []);
    const date = readLooseDate(`${first("8") ?? ""} ${first("D") ?? ""}`) ?? readLooseDate(first("D") ?? "");
    const numbers = all("@");
    // The Anthology has the proceedings where others have a series.
    const inBook =
      type === "book" ? undefined : (first("B") ?? (type === "paper-conference" ? first("S") : undefined));
    return {
      known: KNOWN,
      damage: [
        ...titleDamage(texts, ["T"]),
        ...all("D")
          .slice(0, date === undefined ? 1 : 0)
          .map((found) => ({ line: lineOf("D"), expected: "a date in “%D”", found })),
      ],
      citation: {
        ...(type === undefined ? {} : { type, looseType: true }),
        title: first("T"),
        abstract: first("X"),
        date,
        authors: names("A"),
        editors: names("E"),
        containerTitle: first("J") ?? inBook,
        collectionTitle:
          type === "book" ? (first("S") ?? first("B")) : first("B") === undefined ? undefined : first("S"),
        volume: first("V"),
        issue: type === "report" ? undefined : first("N"),
        number: type === "report" ? first("N") : undefined,
        page: pageRange(first("P")),
        edition: first("7"),
        publisher: first("I"),
        publisherPlace: first("C"),
        genre: type === "thesis" || type === "report" ? first("9") : undefined,
        issn: numbers.find((text) => ISSN.test(text)),
        isbn: numbers.find((text) => !ISSN.test(text)),
        language: first("G"),
        keywords: all("K").flatMap((text) => text.split(/\s*[;,]\s*/)),
        dois: all("R"),
        urls: all("U"),
        arxiv: all("J", "M", "Z", "O", "N", "V"),
        note: first("Z", "O"),
      },
    };
  },
};
