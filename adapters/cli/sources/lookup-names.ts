import { arxivIdOf } from "../../../src/corpus/identifiers/paper-id.ts";
import { parseReference } from "../../../src/corpus/identifiers/reference.ts";
import { parseWorkId } from "../../../src/sources/openalex/works.ts";
import { parsePaperKey } from "../../../src/sources/semantic-scholar/paper-ids.ts";
import type { CompletingService } from "../../../src/library/fetching/lacking.ts";
import type { LookupService } from "../../../src/sources/lookup.ts";
import type { Selection } from "../../../src/sources/selection.ts";
import { UserError } from "../../../src/user-error.ts";

/** How the command line calls the services that are asked for single papers. */
const PREFIXES: Readonly<Record<string, LookupService>> = {
  crossref: "crossref",
  datacite: "datacite",
  openalex: "openalex",
  s2: "semantic-scholar",
  "semantic-scholar": "semantic-scholar",
  semanticscholar: "semantic-scholar",
};

const DOI_NAME = /^(?:doi:\s*|https?:\/\/)?\S*10\.\d{4,9}\//i;

/** A DOI by itself, announced by `doi:` or in a link, as the paper that it names. */
function parseDoiName(text: string): Selection | undefined {
  if (!DOI_NAME.test(text)) return undefined;
  const reference = parseReference(text);
  // arXiv registers its DOIs at DataCite, of which Crossref knows nothing; arXiv itself knows most.
  const arxivId = reference?.kind === "paper" ? arxivIdOf(reference.id) : undefined;
  if (arxivId !== undefined) return { kind: "paper", id: arxivId };
  return reference?.kind === "doi"
    ? { kind: "looked-up", service: "crossref", id: reference.doi, otherwise: "datacite" }
    : undefined;
}

/** The DOI that a text is, arXiv's own too; undefined for other text. */
function doiIn(text: string): string | undefined {
  const reference = DOI_NAME.test(text) ? parseReference(text) : undefined;
  if (reference?.kind === "doi") return reference.doi;
  const arxivId = reference?.kind === "paper" ? arxivIdOf(reference.id) : undefined;
  return arxivId === undefined ? undefined : `10.48550/arxiv.${arxivId}`;
}

/** The id that a service has for a paper; undefined for other text. */
function idFor(service: LookupService, text: string): Selection | undefined {
  switch (service) {
    case "crossref": {
      const named = parseDoiName(text);
      return named?.kind === "looked-up" ? { kind: "looked-up", service, id: named.id } : named;
    }
    case "datacite": {
      const id = doiIn(text);
      return id === undefined ? undefined : { kind: "looked-up", service, id };
    }
    case "openalex": {
      const id = parseWorkId(text) ?? doiIn(text);
      return id === undefined ? undefined : { kind: "looked-up", service, id };
    }
    case "semantic-scholar": {
      const id = parsePaperKey(text);
      return id === undefined ? undefined : { kind: "looked-up", service, id };
    }
  }
}

/** One word with a digit is an id that is mistyped sooner than a topic: `search:` says that it is one. */
const looksMistyped = (text: string): boolean => /^\S*\d\S*$/.test(text);

/** The service that a text begins with, and what follows. */
export function lookupPrefix(text: string): { service: LookupService; rest: string } | undefined {
  const [, name = "", rest = ""] = /^([a-z0-9-]+):\s*(.*)$/is.exec(text) ?? [];
  const key = name.toLowerCase();
  const service = Object.hasOwn(PREFIXES, key) ? PREFIXES[key] : undefined;
  return service === undefined ? undefined : { service, rest: rest.trim() };
}

/** A link to OpenAlex's or Semantic Scholar's page of a paper. */
function parsePage(text: string): Selection | undefined {
  if (!/^https?:/i.test(text)) return undefined;
  const work = parseWorkId(text);
  if (work !== undefined) return { kind: "looked-up", service: "openalex", id: work };
  const key = /semanticscholar\.org\//i.test(text) ? parsePaperKey(text) : undefined;
  return key === undefined ? undefined : { kind: "looked-up", service: "semantic-scholar", id: key };
}

/**
 * Reads what is looked up at a service: `doi:10.1109/5.771073` and other DOIs, by themselves or in links, at Crossref, then DataCite, and
 * `crossref:WORDS` as a search; `openalex:W2741809807`, `openalex:10.7717/peerj.4375`, links to OpenAlex, and
 * `openalex:WORDS`; `s2:CorpusId:215416146` and all other ids of
 * Semantic Scholar, links to it, and `s2:WORDS`. Undefined for other text.
 */
export function parseLookup(text: string): Selection | undefined {
  const prefixed = lookupPrefix(text);
  if (prefixed === undefined) return parsePage(text) ?? parseDoiName(text);
  const { service, rest } = prefixed;
  const words = /^search:\s*(.*)$/is.exec(rest)?.[1]?.trim();
  if (words === undefined) {
    const id = idFor(service, rest);
    if (id !== undefined) return id;
    if (rest === "" || looksMistyped(rest)) return undefined;
  }
  const found = (words ?? rest).replace(/^["“](.+)["”]$/, "$1").trim();
  return found === "" ? undefined : { kind: "found", service, words: found };
}

/** Reads the services that people in a chat may have asked: `off` for none, and where nothing is set those given. */
export function readFetching(
  setting: string,
  text: string | undefined,
  otherwise: readonly CompletingService[],
): readonly CompletingService[] {
  if (text === undefined) return otherwise;
  return text.toLowerCase() === "off" ? [] : readCompleting(setting, text);
}

/** Reads a list of services that are asked for single papers, each once. Throws a UserError that names what is allowed. */
export function readCompleting(setting: string, text: string | undefined): readonly CompletingService[] {
  const names = (text ?? "").split(",").map((name) => name.trim().toLowerCase());
  const services = names
    .filter((name) => name !== "")
    .map((name): CompletingService => {
      if (name === "arxiv") return name;
      const service = Object.hasOwn(PREFIXES, name) ? PREFIXES[name] : undefined;
      if (service !== undefined) return service;
      throw new UserError(
        `${setting} names “${name}”; it can name arxiv, crossref, datacite, openalex and semantic-scholar, such as ${setting}=arxiv,crossref.`,
      );
    });
  return [...new Set(services)];
}
