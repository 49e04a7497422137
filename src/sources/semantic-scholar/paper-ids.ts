import { parseDoi } from "../../corpus/identifiers/links.ts";
import { parseArxivId } from "../../corpus/identifiers/paper-id.ts";

/** Its own ids: a hash of 40 digits. */
const HASH = /^[0-9a-f]{40}$/i;
/** A page of Semantic Scholar, by its hash or its number. */
const PAGE =
  /^https?:\/\/(?:www\.|api\.)?semanticscholar\.org\/(?:[^?#]*\/)?(?:([0-9a-f]{40})|corpusid:(\d{1,15}))\/?(?:[?#].*)?$/i;
const NUMBERED: Readonly<Record<string, string>> = {
  corpusid: "CorpusId",
  mag: "MAG",
  pmid: "PMID",
  pmcid: "PMCID",
};

/** A paper's number or id behind the name of the catalogue it is of. */
function namedId(name: string, rest: string): string | undefined {
  const numbered = Object.hasOwn(NUMBERED, name) ? NUMBERED[name] : undefined;
  if (numbered !== undefined) return /^\d{1,15}$/.test(rest) ? `${numbered}:${rest}` : undefined;
  switch (name) {
    case "doi": {
      const doi = parseDoi(rest);
      return doi === undefined ? undefined : `DOI:${doi}`;
    }
    case "arxiv": {
      const id = parseArxivId(rest);
      return id === undefined ? undefined : `ARXIV:${id}`;
    }
    case "acl":
      return /^(?:[a-z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d+)$/i.test(rest) ? `ACL:${rest}` : undefined;
    default:
      return undefined;
  }
}

/**
 * An id as Semantic Scholar takes it (api.semanticscholar.org/api-docs/graph, “paper_id”): its own hash, `CorpusId:215416146`,
 * `DOI:…`, `ARXIV:2106.15928`, `ACL:W12-3903`, `MAG:…`, `PMID:…`, `PMCID:…` in any case, a bare DOI or arXiv identifier, or
 * the address of its page. Undefined for other text.
 */
export function parsePaperKey(text: string): string | undefined {
  const given = text.trim();
  if (HASH.test(given)) return given.toLowerCase();
  const [, hash, corpus] = PAGE.exec(given) ?? [];
  if (hash !== undefined) return hash.toLowerCase();
  if (corpus !== undefined) return `CorpusId:${corpus}`;
  const [, name = "", rest = ""] = /^([a-z]+):\s*(\S+)$/i.exec(given) ?? [];
  return namedId(name.toLowerCase(), rest) ?? namedId("doi", given) ?? namedId("arxiv", given);
}
