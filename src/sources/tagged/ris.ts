import type { PartialDate } from "../../corpus/partial-date.ts";
import { quoteLine } from "../../corpus/problem.ts";
import type { WorkType } from "../../corpus/publication.ts";
import { readCitedName, splitCitedNames } from "../citation/cited-name.ts";
import { readLooseDate } from "../citation/loose-date.ts";
import { readSerials } from "../citation/serials.ts";
import type { TaggedFormat, Texts } from "./read-tagged.ts";
import { titleDamage } from "./read-tagged.ts";
import type { Damage } from "./records.ts";

/** RIS's types of references in CSL's terms (as Zotero's translator RIS.js has them). */
const TYPES: Readonly<Record<string, WorkType>> = {
  ABST: "article-journal",
  BLOG: "post-weblog",
  BOOK: "book",
  CHAP: "chapter",
  COMP: "software",
  CONF: "paper-conference",
  CPAPER: "paper-conference",
  DATA: "dataset",
  EBOOK: "book",
  ECHAP: "chapter",
  EDBOOK: "book",
  EJOUR: "article-journal",
  ELEC: "webpage",
  ENCYC: "entry-encyclopedia",
  GEN: "document",
  INPR: "article",
  JFULL: "article-journal",
  JOUR: "article-journal",
  MANSCPT: "manuscript",
  MGZN: "article-magazine",
  NEWS: "article-newspaper",
  PAT: "patent",
  RPRT: "report",
  SLIDE: "speech",
  STAND: "standard",
  THES: "thesis",
  UNPB: "article",
  UNPD: "article",
  WEB: "webpage",
};

/** Read, or bookkeeping of the program that wrote them: numbers, databases, days of access, addresses of authors, short names. */
const KNOWN = new Set(
  (
    "TY TI T1 CT BT AU A1 ED A2 A3 AB N2 PY Y1 DA T2 T3 JO JF JA J1 J2 VL IS SP EP SN DO UR L1 L2 L3 L4 LK KW PB CY PP ET LA M1 M3 N1 AN " +
    "ID C1 C2 C3 C4 C5 C6 C8 DB DP Y2 LB RN ST AD C7 CP RP U1 U2 SE ER"
  ).split(" "),
);

const ISSN = /^\d{4}-?\d{3}[\dX]$/i;
const ISBN = /(?:97[89][- ]?)?(?:\d[- ]?){9}[\dX]/i;

/** `SP  - 1`, `EP  - 12`, or both in the first: `1-12`. */
function readPages({ first }: Texts): string | undefined {
  const [start, end] = [first("SP"), first("EP")];
  if (start === undefined || end === undefined || start === end || /[-–]/.test(start)) return start ?? end;
  return `${start}–${end}`;
}

/** The most exact of the dates that name the year of publication. */
function readDate({ all, lineOf }: Texts): {
  readonly date?: PartialDate;
  readonly damage: readonly Damage[];
} {
  const given = ["PY", "Y1", "DA"].flatMap((tag) =>
    all(tag).map((text) => ({ tag, text, date: readLooseDate(text) })),
  );
  const year = given.find(({ date }) => date !== undefined)?.date?.slice(0, 4);
  const [best] = given
    .flatMap(({ date }) => (date !== undefined && date.startsWith(year ?? "") ? [date] : []))
    .toSorted((a, b) => b.length - a.length);
  if (best !== undefined) return { date: best, damage: [] };
  return {
    damage: given.slice(0, 1).map(({ tag, text }) => ({
      line: lineOf(tag),
      expected: `a date in “${tag}”`,
      found: quoteLine(text),
    })),
  };
}

/** Of programs and data `ET` is the version, as Zotero has it. */
const isVersioned = (type: WorkType | undefined): boolean => type === "software" || type === "dataset";

/** An article's own number, or that of a report, which Zotero writes as a serial number. */
function readNumber({ all, first }: Texts, type: WorkType | undefined): string | undefined {
  if (type !== "report" && type !== "patent" && type !== "standard") return first("C7");
  const serial = all("SN").find((text) => !ISSN.test(text.trim()) && !ISBN.test(text));
  return first("C7", "M1") ?? serial;
}

/** What a work stands in. `T2` is the series of a book, and of a paper whose proceedings are in `C3` the conference. */
function readTitles({ first }: Texts, type: WorkType | undefined) {
  const [second, proceedings] = [first("T2"), type === "paper-conference" ? first("C3") : undefined];
  if (type === "book") return { collectionTitle: first("T3") ?? second };
  return {
    containerTitle: proceedings ?? second ?? first("JF", "JO", "JA", "J2", "J1"),
    eventTitle: proceedings === undefined || second === proceedings ? undefined : second,
    collectionTitle: first("T3"),
  };
}

const isDoi = (text: string): boolean =>
  /^(?:doi:\s*|https?:\/\/(?:dx\.)?doi\.org\/)?10\.\d{4,9}\//i.test(text);

const names = (texts: readonly string[]) =>
  texts.flatMap(splitCitedNames).flatMap((one) => readCitedName(one) ?? []);

/** Research Information Systems' format, as Zotero, Mendeley, EndNote, Scopus, Web of Science and publishers write it. */
export const ris: TaggedFormat = {
  dialect: {
    field: (line) => {
      const [, tag, text = ""] = /^\s{0,4}([A-Z][A-Z0-9])\s{1,2}-(?:\s(.*))?$/u.exec(line) ?? [];
      return tag === undefined ? undefined : [tag, text];
    },
    goesOn: (line) => line.trim() !== "",
    parts: () => false,
    begins: /(?<=.)TY {1,2}- ?[A-Z]{2,7}\s*$/,
    begin: "TY",
    end: "ER",
    // @citation-js/plugin-ris 0.8.2 (findings/citation-js-ris-lines.sh).
    cutAfter: 70,
    // rispy 0.10.0 numbers what it writes.
    numbers: /^\d+\.\s*$/,
  },
  read(texts) {
    const { all, first } = texts;
    const { date, damage } = readDate(texts);
    const type = TYPES[first("TY")?.toUpperCase() ?? ""];
    const titles = ["TI", "T1", "CT", "BT"];
    return {
      known: KNOWN,
      damage: [...damage, ...titleDamage(texts, titles)],
      citation: {
        title: first(...titles),
        ...(type === undefined ? {} : { type, looseType: true }),
        abstract: first("AB", "N2"),
        date,
        authors: names(all("AU", "A1")),
        // Second authors of a book or thesis are its editors or advisers.
        editors: names(type === "thesis" ? all("ED") : all("ED", "A2")),
        ...readTitles(texts, type),
        volume: first("VL"),
        issue: first("IS"),
        page: readPages(texts),
        number: readNumber(texts, type),
        ...(isVersioned(type) ? { version: first("ET") } : { edition: first("ET") }),
        publisher: first("PB"),
        publisherPlace: first("CY", "PP"),
        genre: type === "thesis" || type === "report" ? first("M3") : undefined,
        ...readSerials(all("SN")),
        language: first("LA"),
        keywords: all("KW").flatMap((text) => text.split(";")),
        dois: [...all("DO"), ...all("M3").filter(isDoi)],
        urls: all("UR", "LK", "L1", "L2", "L3", "L4").flatMap((text) => text.split(/\s*;\s*(?=https?:)/)),
        arxiv: all("AN", "M1", "T2", "JO", "VL", "N1", "PB", "C7"),
        note: first("N1"),
      },
    };
  },
};
