import { arxivIdOf, parseArxivId } from "../../../corpus/identifiers/paper-id.ts";
import type { ArxivId } from "../../../corpus/paper.ts";
import { quoteLine } from "../../../corpus/problem.ts";
import { findReferences, parseReference } from "../../../corpus/identifiers/reference.ts";
import { withoutEscapes } from "./addresses.ts";
import type { EntryFields } from "./entry-fields.ts";
import { fieldGroup } from "./entry-fields.ts";

/** What an entry says of its paper's place on arXiv. */
export interface OnArxiv {
  readonly id?: ArxivId;
  /** Of `1706.03762v5`. */
  readonly version?: string;
  readonly arxivClass?: string;
}

const CLASS = /\b([a-z][a-z-]{1,8}(?:\.[A-Za-z-]{2,10})?)\b/;
/** arXiv's archives of the time before April 2007, with a class or without one. */
const ARCHIVE =
  /^(acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|funct-an|gr-qc|hep-(?:ex|lat|ph|th)|math(?:-ph)?|mtrl-th|nlin|nucl-(?:ex|th)|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con)(?:\.[a-z-]+)?$/i;
/** A note with one of these speaks of another paper. */
const OF_ANOTHER =
  /\b(?:comments? on|repl(?:y|ies) to|response to|extends|extension of|erratum|corrigendum|based on|builds on|previous|earlier|companion|superseded by)\b/i;

/** The identifier that a text is, or leads to. */
function idIn(text: string | undefined): ArxivId | undefined {
  // No identifier is without these digits, and most addresses are.
  if (text === undefined || !/\d{4}[.-]\d{4}|\/\d{7}/.test(text)) return undefined;
  const reference = parseReference(withoutEscapes(text).trim());
  return reference?.kind === "paper" ? arxivIdOf(reference.id) : undefined;
}

/** The one identifier that a text of words tells; none where it tells several, or speaks of another paper. */
function idAmong(text: string | undefined): ArxivId | undefined {
  if (text === undefined || !/arxiv|\bcorr\b/i.test(text) || OF_ANOTHER.test(text)) return undefined;
  const found = findReferences(withoutEscapes(text)).flatMap((one) =>
    one.kind === "paper" ? (arxivIdOf(one.id) ?? []) : [],
  );
  return new Set(found).size === 1 ? found[0] : undefined;
}

/** `eprint` of arXiv: its id, with the archive of `primaryclass` where an old one stands without it. */
function readEprint({ raw, tell }: EntryFields): OnArxiv {
  const written = raw("eprint");
  const archive = (raw("archiveprefix", "eprinttype") ?? "arxiv").toLowerCase();
  if (written === undefined || /^\s*\{?https?:/i.test(written)) return {};
  const eprint = withoutEscapes(written).trim();
  const [bare = "", inBrackets] = eprint.split(/\s*\[/);
  const number = bare.replace(/^arxiv[:\s]*/i, "");
  const old = /^\d{7}(?:v\d+)?$/.test(number);
  const field = withoutEscapes(raw("primaryclass", "eprintclass") ?? inBrackets ?? "");
  const [, arxivClass] = CLASS.exec(field) ?? [];
  const archives = [arxivClass, archive].flatMap((one) => ARCHIVE.exec(one ?? "")?.[1] ?? []);
  const ids = old ? archives.map((one) => parseArxivId(`${one}/${number}`)) : [parseArxivId(number)];
  const id = ids.find((one) => one !== undefined) ?? idIn(eprint);
  // Another archive's numbers may look like arXiv's.
  if (!archive.includes("arxiv") && !(old && id !== undefined)) return {};
  if (id === undefined) {
    tell("eprint", "an arXiv identifier", quoteLine(eprint));
    return {};
  }
  const version = /v(\d+)$/.exec(number)?.[1];
  return { id, ...(version && { version }), ...(arxivClass === undefined ? {} : { arxivClass }) };
}

const IDS = fieldGroup("arxivid", "arxiv", "arxiv-id");

/** Fields that may tell an identifier in words. */
const WORDS = fieldGroup(
  "journal",
  "journaltitle",
  "howpublished",
  "note",
  "annote",
  "annotation",
  "addendum",
  "eid",
  "pages",
  "number",
  "comment",
  "publisher",
  "series",
  "booktitle",
);

/** arXiv's class where a text tells it with the identifier: `arXiv:1706.03762 [cs.CL]`. */
function classAmong({ raw, hasAny }: EntryFields): string | undefined {
  for (const name of hasAny(WORDS) ? WORDS.names : []) {
    const found = /\barxiv:\s?\S+ \[([a-z-]+(?:\.[A-Za-z-]+)?)\]/i.exec(raw(name) ?? "")?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

function firstId(texts: readonly string[]): ArxivId | undefined {
  for (const text of texts) {
    const id = idIn(text);
    if (id !== undefined) return id;
  }
  return undefined;
}

/** The identifier of `arxivid`, of the DOI or an address, of DBLP's `volume = {abs/…}`, or told in words. */
function findId({ raw, hasAny }: EntryFields, urls: readonly string[]): ArxivId | undefined {
  const own = hasAny(IDS) ? raw(...IDS.names) : undefined;
  const volume = /^\{?abs\/(.+?)\}?$/.exec(raw("volume") ?? "")?.[1];
  const id = idIn(own) ?? idIn(raw("doi")) ?? idIn(raw("url")) ?? firstId(urls) ?? idIn(volume);
  if (id !== undefined) return id;
  for (const name of hasAny(WORDS) ? WORDS.names : []) {
    const among = idAmong(raw(name));
    if (among !== undefined) return among;
  }
  return undefined;
}

/** The paper's place on arXiv: `eprint`, or what else leads there. */
export function readArxiv(fields: EntryFields, urls: readonly string[]): OnArxiv {
  const eprint = readEprint(fields);
  const id = eprint.id ?? findId(fields, urls);
  if (id === undefined) return eprint;
  const arxivClass = eprint.arxivClass ?? classAmong(fields);
  return { ...eprint, id, ...(arxivClass === undefined ? {} : { arxivClass }) };
}
