import type { Publication, WorkType } from "../../../corpus/publication.ts";
import { namesArxiv, repeatsArxivId } from "../../citation/citation.ts";
import type { OnArxiv } from "./arxiv.ts";
import type { EntryFields } from "./entry-fields.ts";
import { readLicence } from "../../citation/licence.ts";
import { genreOf, workType } from "./types.ts";

/** babel's names of languages as the codes that CSL takes. */
const LANGUAGES: Readonly<Record<string, string>> = {
  english: "en",
  american: "en-US",
  usenglish: "en-US",
  british: "en-GB",
  ukenglish: "en-GB",
  german: "de",
  ngerman: "de",
  french: "fr",
  francais: "fr",
  spanish: "es",
  italian: "it",
  portuguese: "pt",
  brazilian: "pt-BR",
  dutch: "nl",
  russian: "ru",
  polish: "pl",
  swedish: "sv",
  danish: "da",
  czech: "cs",
  chinese: "zh",
  japanese: "ja",
  korean: "ko",
};

/** A title with its subtitle behind a colon, unless it ends in a mark of its own. */
export function withSubtitle(title: string | undefined, subtitle: string | undefined): string | undefined {
  if (title === undefined || subtitle === undefined) return title;
  return `${title}${/[?!:.]$/.test(title) ? "" : ":"} ${subtitle}`;
}

/** `pp. 1--9` -> `1–9`. */
function pageRange(text: string): string | undefined {
  const pages = text.replace(/^pp?\.\s*/i, "").replace(/\s*(?:--+|[–—])\s*/g, "–");
  if (pages.includes("–")) return pages.replace(/^–|–$/g, "");
  return pages.replace(/(?<=^|[,;]\s?)([A-Za-z]?\d+)\s?[-−]\s?([A-Za-z]?\d+)(?=$|[,;])/g, "$1–$2");
}

/** Facts of a publication, of which some are not known. */
type Facts<Name extends keyof Publication> = { readonly [One in Name]?: Publication[One] | undefined };

/** Commands that ADS writes for journals, as the American Astronomical Society's style prints them. */
const JOURNALS: Readonly<Record<string, string>> = {
  aj: "Astronomical Journal",
  apj: "Astrophysical Journal",
  apjl: "Astrophysical Journal Letters",
  apjs: "Astrophysical Journal Supplement",
  aap: "Astronomy & Astrophysics",
  araa: "Annual Review of Astronomy and Astrophysics",
  icarus: "Icarus",
  jcap: "Journal of Cosmology and Astroparticle Physics",
  mnras: "Monthly Notices of the Royal Astronomical Society",
  nat: "Nature",
  pasj: "Publications of the Astronomical Society of Japan",
  pasp: "Publications of the Astronomical Society of the Pacific",
  physrep: "Physics Reports",
  prd: "Physical Review D",
  prl: "Physical Review Letters",
};

/** The journal, the proceedings or the book; undefined where that is arXiv alone. */
function containerOf({ type, text, raw }: EntryFields): string | undefined {
  const macro = /^\s*\\([a-z]+)\s*$/.exec(raw("journal") ?? "")?.[1] ?? "";
  const named = Object.hasOwn(JOURNALS, macro) ? JOURNALS[macro] : text("journaltitle", "journal");
  const journal = withSubtitle(named, text("journalsubtitle"));
  const book = withSubtitle(text("booktitle"), text("booksubtitle"));
  const isArticle = type === "article" || type === "suppperiodical";
  const own = isArticle ? (journal ?? book) : (book ?? journal);
  const container = own ?? (type.startsWith("in") ? text("maintitle") : undefined);
  return container === undefined || namesArxiv(container) ? undefined : container;
}

/** Works whose number is their own, and not that of a volume. */
const NUMBERED: ReadonlySet<WorkType | undefined> = new Set<WorkType>([
  "report",
  "patent",
  "standard",
  "thesis",
  "document",
]);

/** `1--9`, as most pages are written. */
const RANGE = /^(\d+)--(\d+)$/;

/** Numbers and pages; those that only repeat arXiv's identifier are left out. */
function numbersOf(
  { text, raw }: EntryFields,
  type: WorkType | undefined,
): Facts<"volume" | "issue" | "number" | "page"> {
  const own = (name: string): string | undefined => {
    const value = text(name);
    return value === undefined || repeatsArxivId(value) ? undefined : value;
  };
  const number = own("number");
  const [, from, to] = RANGE.exec(raw("pages") ?? "") ?? [];
  const pages = from === undefined ? own("pages") : `${from}–${to}`;
  const article = own("eid") ?? own("articleno") ?? own("article-number") ?? own("art_number");
  return {
    volume: own("volume"),
    issue: (NUMBERED.has(type) ? undefined : number) ?? own("issue"),
    number: NUMBERED.has(type) ? number : article,
    page: pages === undefined ? undefined : pageRange(pages),
  };
}

function languageOf({ text }: EntryFields): string | undefined {
  const language = text("language", "langid", "hyphenation");
  const name = language?.toLowerCase().replace(/^lang/, "") ?? "";
  return Object.hasOwn(LANGUAGES, name) ? LANGUAGES[name] : language;
}

/** Where and how a work was published, as far as its entry says. */
export function readPublication(fields: EntryFields, arxiv: OnArxiv): Facts<keyof Publication> {
  const { text } = fields;
  const containerTitle = containerOf(fields);
  const type = workType(fields, arxiv.id !== undefined && containerTitle === undefined);
  // Who runs a site is what its page stands in, as Zotero and biblatex have it.
  const site = type === "webpage" && containerTitle === undefined ? text("organization") : undefined;
  const publisher = text(
    "publisher",
    "school",
    "institution",
    ...(site === undefined ? ["organization"] : []),
  );
  return {
    type,
    containerTitle: containerTitle ?? site,
    collectionTitle: text("series"),
    eventTitle: text("eventtitle", "conference"),
    ...numbersOf(fields, type),
    edition: text("edition"),
    publisher: type === "article" && publisher !== undefined && namesArxiv(publisher) ? undefined : publisher,
    publisherPlace: text("address", "location"),
    genre: genreOf(fields, type),
    isbn: text("isbn"),
    issn: text("issn", "eissn"),
    arxivClass: arxiv.arxivClass,
    version: text("version") ?? arxiv.version,
    language: languageOf(fields),
    license: readLicence(text("license", "licence"), true) ?? readLicence(text("copyright", "rights"), false),
  };
}
