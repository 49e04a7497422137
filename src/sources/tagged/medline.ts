import type { NameParts } from "../../corpus/names/person-name.ts";
import { readCitedName } from "../citation/cited-name.ts";
import { readLooseDate } from "../citation/loose-date.ts";
import { pageRange } from "../record-fields.ts";
import type { TaggedFormat } from "./read-tagged.ts";
import { titleDamage } from "./read-tagged.ts";

/** Read, or bookkeeping of the National Library of Medicine (nlm.nih.gov/bsd/mms/medlineelements.html). */
const KNOWN = new Set(
  (
    "PMID TI BTI AB FAU AU ED FED CN JT TA DP DEP VI IP PG AID LID IS ISBN LA MH OT PT PL PB CTI CRDT " +
    "OWN STAT DCOM LR EDAT MHDA PHST PST SO DA SB AD AUID JID RN PMC PMCR GR COIS CI CIN CON EIN OTO NM EN TT VTI"
  ).split(" "),
);

/** `Vaswani, Ashish`, or as `AU` has it `Vaswani A`: a family name and initials. */
function readName(text: string): readonly NameParts[] {
  const [, family, initials] = /^(\S.*) (\p{Lu}{1,4})$/u.exec(text) ?? [];
  const name = readCitedName(family === undefined || text.includes(",") ? text : `${family}, ${initials}`);
  return name === undefined ? [] : [name];
}

/** PubMed's and MEDLINE's format (.nbib). */
export const medline: TaggedFormat = {
  dialect: {
    field: (line) => {
      const [, tag, text = ""] = /^([A-Z]{2,4}) {0,2}-(?: (.*))?$/u.exec(line) ?? [];
      return tag === undefined ? undefined : [tag, text];
    },
    goesOn: (line) => /^\s{4,}\S/.test(line),
    parts: (line) => line.trim() === "",
    begins: /(?<=.)PMID ?- {0,2}\d{1,9}\s*$/,
    begin: "PMID",
    // Where a paper stood, in words; books have a title of the book instead.
    usualEnd: { tag: "SO", unless: "BTI" },
  },
  read(texts) {
    const { all, first, lineOf } = texts;
    const titles = ["TI", "BTI"];
    const date = readLooseDate(first("DP") ?? "") ?? readLooseDate(first("DEP") ?? "");
    const dois = all("AID", "LID").flatMap((text) => /^(\S+) \[doi\]$/.exec(text)?.[1] ?? []);
    const pmid = first("PMID");
    const types = all("PT").map((text) => text.toLowerCase());
    return {
      known: KNOWN,
      damage: [
        ...titleDamage(texts, titles),
        ...all("DP")
          .slice(0, date === undefined ? 1 : 0)
          .map((found) => ({ line: lineOf("DP"), expected: "a date in “DP”", found })),
      ],
      citation: {
        type: types.includes("preprint") ? "article" : types.includes("book") ? "book" : "article-journal",
        // PubMed ends titles with a full stop, and puts translated ones in square brackets.
        title: first(...titles)
          ?.replace(/^\[(.*)\]\.?$/, "$1")
          .replace(/(?<!\.)\.$/, ""),
        abstract: first("AB"),
        date,
        authors: [
          ...(all("FAU").length > 0 ? all("FAU") : all("AU")).flatMap(readName),
          ...all("CN").map((literal) => ({ literal })),
        ],
        editors: (all("FED").length > 0 ? all("FED") : all("ED")).flatMap(readName),
        containerTitle: first("JT", "TA"),
        collectionTitle: first("CTI"),
        volume: first("VI"),
        issue: first("IP"),
        page: pageRange(first("PG")),
        publisher: first("PB"),
        publisherPlace: first("PB") === undefined ? undefined : first("PL"),
        issn: first("IS")?.split(" ")[0],
        isbn: first("ISBN")?.split(" ")[0],
        language: first("LA"),
        keywords: [...all("OT"), ...all("MH")].map((word) => word.replace(/^\*/, "")),
        dois: [...new Set(dois)],
        urls: pmid === undefined || !/^\d+$/.test(pmid) ? [] : [`https://pubmed.ncbi.nlm.nih.gov/${pmid}/`],
        arxiv: all("AID", "LID", "SO"),
        note: types.includes("retracted publication") ? "Retracted" : undefined,
      },
    };
  },
};
