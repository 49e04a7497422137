import type { WorkType } from "../../corpus/publication.ts";
import { readCitedName } from "../citation/cited-name.ts";
import { readLooseDate } from "../citation/loose-date.ts";
import type { TaggedFormat } from "./read-tagged.ts";
import { titleDamage } from "./read-tagged.ts";

const TYPES: Readonly<Record<string, WorkType>> = {
  J: "article-journal",
  B: "book",
  S: "chapter",
  P: "patent",
  C: "paper-conference",
};

/** Read, or bookkeeping of Web of Science (its help, “Web of Science Core Collection field tags”). */
const KNOWN = new Set(
  (
    "PT TI AU AF CA SO AB PY PD VL IS BP EP AR DI SN EI BN PU PI LA DE ID BE ED SE CT UT " +
    "C1 C3 RP EM RI OI CR NR TC Z9 U1 U2 WC WE SC GA PM OA DA PG J9 JI DT FU FX HC HP PA EA ER CL CY HO"
  ).split(" "),
);

/** Names stand one a line, and so do the lines of a text. */
const SEPARATOR = "\n";
const onLines = (texts: readonly string[]): string[] => texts.flatMap((text) => text.split(SEPARATOR));
const flat = (text: string | undefined): string | undefined => text?.replaceAll(SEPARATOR, " ");

/** Web of Science's own format of two letters and a text, “Plain text file”. */
export const webOfScience: TaggedFormat = {
  dialect: {
    field: (line) => {
      const [, tag, text = ""] = /^([A-Z][A-Z0-9])(?: (.*))?$/u.exec(line) ?? [];
      return tag === undefined ? undefined : [tag, text];
    },
    goesOn: (line) => /^ {2,}\S/.test(line),
    parts: () => false,
    begins: /(?<=^E[RF]\s*)(?:FN .*|PT [JBSPC]\s*)$/,
    begin: "PT",
    end: "ER",
    passes: new Set(["FN", "VR", "EF"]),
    joint: SEPARATOR,
  },
  read(texts) {
    const { all, first } = texts;
    const type = TYPES[first("PT") ?? ""];
    const [start, end] = [first("BP"), first("EP")];
    const names = (...tags: readonly string[]) =>
      onLines(all(...tags)).flatMap((one) => readCitedName(one) ?? []);
    return {
      known: KNOWN,
      damage: titleDamage(texts, ["TI"]),
      citation: {
        ...(type === undefined
          ? {}
          : { type: type === "article-journal" && first("CT") !== undefined ? "paper-conference" : type }),
        title: flat(first("TI")),
        abstract: flat(first("AB")),
        date: readLooseDate(`${first("PD") ?? ""} ${first("PY") ?? ""}`) ?? readLooseDate(first("PY") ?? ""),
        authors: names(...(all("AF").length > 0 ? ["AF"] : ["AU"]), "CA"),
        editors: names("BE", "ED"),
        containerTitle: flat(first("SO")),
        collectionTitle: flat(first("SE")),
        eventTitle: flat(first("CT")),
        volume: first("VL"),
        issue: first("IS"),
        page: start === undefined || end === undefined || start === end ? start : `${start}–${end}`,
        number: first("AR"),
        publisher: first("PU"),
        publisherPlace: first("PI"),
        issn: first("SN", "EI"),
        isbn: first("BN"),
        language: first("LA"),
        keywords: all("DE").flatMap((text) => text.replaceAll(SEPARATOR, " ").split(/\s*;\s*/)),
        dois: all("DI"),
        arxiv: all("AR"),
      },
    };
  },
};
