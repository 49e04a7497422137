import type { Arxiv } from "./arxiv/source.ts";
import { createArxiv } from "./arxiv/source.ts";
import { crossref } from "./crossref/source.ts";
import { dataCite } from "./datacite/source.ts";
import type { Clock } from "./fetch/clock.ts";
import { systemClock } from "./fetch/clock.ts";
import type { FetchParts } from "./fetch/fetcher.ts";
import { createFetcher, userAgent } from "./fetch/fetcher.ts";
import type { Manners } from "./fetch/manners.ts";
import type { PaceRule, Turns } from "./fetch/pace.ts";
import {
  ARXIV_GAP_MS,
  createPace,
  CROSSREF_GAP_MS,
  DATACITE_GAP_MS,
  DATACITE_UNKNOWN_GAP_MS,
  HUGGING_FACE_GAP_MS,
  OPENALEX_GAP_MS,
  SEMANTIC_SCHOLAR_GAP_MS,
  SEMANTIC_SCHOLAR_SHARED_GAP_MS,
} from "./fetch/pace.ts";
import type { Validators } from "./fetch/validators.ts";
import type { HuggingFace } from "./huggingface/source.ts";
import { createHuggingFace } from "./huggingface/source.ts";
import { createJsonLookup } from "./json-lookup.ts";
import type { Lookup, LookupService } from "./lookup.ts";
import { openAlex } from "./openalex/source.ts";
import { semanticScholar } from "./semantic-scholar/source.ts";
import type { Source } from "./source.ts";

/** Settings of the sources on the network. */
export interface LiveSettings {
  /** Of this program. */
  readonly version: string;
  /** An address that the services may write to: `mailto:…` or a web page. Default none. */
  readonly contact?: string;
  /** Default `https://huggingface.co`. */
  readonly huggingFaceUrl?: string;
  /** Default `https://export.arxiv.org`. */
  readonly arxivApiUrl?: string;
  /** Default `https://rss.arxiv.org`. */
  readonly arxivFeedUrl?: string;
  /** Default `https://api.crossref.org`. */
  readonly crossrefUrl?: string;
  /** Default `https://api.datacite.org`. */
  readonly dataCiteUrl?: string;
  /** Default `https://api.openalex.org`. */
  readonly openAlexUrl?: string;
  /** A key that OpenAlex gave; it stands in no log. Default none: then a day's allowance is a tenth. */
  readonly openAlexKey?: string;
  /** Default `https://api.semanticscholar.org`. */
  readonly semanticScholarUrl?: string;
  /** A key that Semantic Scholar gave; it stands in no log. Default none: then all who have none share a pool. */
  readonly semanticScholarKey?: string;
  /** arXiv's, `cs.AI`. Default none: then arXiv is only asked for papers by their ids. */
  readonly categories?: readonly string[];
  readonly crossLists?: boolean;
}

/** What the machine gives; tests bring their own. */
export type LiveMachine = Pick<FetchParts, "fetch" | "deadline" | "clock" | "random">;

/** What is kept for all processes on one database, or in memory for one. */
export interface LiveMemory {
  readonly turns: Turns;
  readonly validators: Validators;
}

/** The sources on the network. */
export interface Live {
  readonly huggingFace: HuggingFace;
  readonly arxiv: Arxiv;
  /** Those that are asked for single papers. */
  readonly lookups: Readonly<Record<LookupService, Lookup>>;
  /** Those that are read day by day, for `readAll`: arXiv only where it has categories. */
  readonly sources: readonly Source[];
}

/** The network, time and chance of this machine. */
export const thisMachine: LiveMachine & { readonly clock: Clock } = {
  fetch: (...request) => fetch(...request),
  deadline: (ms) => AbortSignal.timeout(ms),
  clock: systemClock,
  random: () => Math.random(),
};

/** How a host is asked, and how fast. */
interface Host {
  readonly origin: string;
  readonly pace: PaceRule;
  readonly manners: Manners;
}

/** The e-mail address in a contact, by which Crossref and OpenAlex know who asks; undefined where it has none. */
function mailOf(contact: string | undefined): string | undefined {
  return /^(?:mailto:)?([^\s@<>,;]+@[^\s@<>,;?]+)/i.exec(contact?.trim() ?? "")?.[1];
}

/** The addresses of the services, their own where no others are set. */
const addressesOf = (settings: LiveSettings) => ({
  huggingFace: settings.huggingFaceUrl ?? "https://huggingface.co",
  arxivApi: settings.arxivApiUrl ?? "https://export.arxiv.org",
  arxivFeed: settings.arxivFeedUrl ?? "https://rss.arxiv.org",
  crossref: settings.crossrefUrl ?? "https://api.crossref.org",
  dataCite: settings.dataCiteUrl ?? "https://api.datacite.org",
  openAlex: settings.openAlexUrl ?? "https://api.openalex.org",
  semanticScholar: settings.semanticScholarUrl ?? "https://api.semanticscholar.org",
});

/** The servers that are asked where a source or service is named in the settings, by that name. */
export function serversOf(
  settings: LiveSettings,
): Readonly<Record<LookupService | "huggingface" | "arxiv", readonly string[]>> {
  const urls = addressesOf(settings);
  return {
    huggingface: [urls.huggingFace],
    arxiv: [urls.arxivApi, urls.arxivFeed],
    crossref: [urls.crossref],
    datacite: [urls.dataCite],
    openalex: [urls.openAlex],
    "semantic-scholar": [urls.semanticScholar],
  };
}

const host = (url: string, pace: PaceRule, manners: Manners = {}): Host => ({
  origin: new URL(url).origin,
  pace,
  manners,
});

/** With a key one asks at a pace of one's own; without one often in vain, since the pool that all share is used up. */
function semanticScholarHost(url: string, key: string | undefined): Host {
  const pace = { key: "semantic-scholar", gapMs: SEMANTIC_SCHOLAR_GAP_MS };
  return key === undefined
    ? host(url, { ...pace, gapMs: SEMANTIC_SCHOLAR_SHARED_GAP_MS }, { attempts: 8 })
    : host(url, pace, { headers: { "x-api-key": key }, secrets: [key], attempts: 5 });
}

/** All hosts that may be asked. */
function hostsOf(settings: LiveSettings): readonly Host[] {
  const urls = addressesOf(settings);
  const mail = mailOf(settings.contact);
  // “Include your email address in the mailto parameter”: crossref.org, “access and authentication”.
  const polite: Manners = mail === undefined ? {} : { query: { mailto: mail } };
  const { openAlexKey: key } = settings;
  const known: Manners =
    key === undefined ? polite : { query: { ...polite.query, api_key: key }, secrets: [key] };
  const dataCiteGap = mail === undefined ? DATACITE_UNKNOWN_GAP_MS : DATACITE_GAP_MS;
  const arxiv: PaceRule = { key: "arxiv", gapMs: ARXIV_GAP_MS };
  return [
    host(urls.huggingFace, { key: "huggingface", gapMs: HUGGING_FACE_GAP_MS }),
    host(urls.arxivApi, arxiv),
    host(urls.arxivFeed, arxiv),
    host(urls.crossref, { key: "crossref", gapMs: CROSSREF_GAP_MS }, polite),
    host(urls.dataCite, { key: "datacite", gapMs: dataCiteGap }, polite),
    host(urls.openAlex, { key: "openalex", gapMs: OPENALEX_GAP_MS }, known),
    semanticScholarHost(urls.semanticScholar, settings.semanticScholarKey),
  ];
}

/**
 * The sources on the network with one fetcher for all: only their hosts are asked, arXiv's share one pace. Throws a
 * UserError for categories that cannot be.
 */
export function createLive(settings: LiveSettings, machine: LiveMachine, memory: LiveMemory): Live {
  const { categories = [], crossLists = false } = settings;
  const hosts = hostsOf(settings);
  const rules = Object.fromEntries(hosts.map((one) => [one.origin, one.pace]));
  const manners = Object.fromEntries(hosts.map((one) => [one.origin, one.manners]));
  const { clock } = machine;
  const fetcher = createFetcher(
    { userAgent: userAgent(settings.version, settings.contact), origins: Object.keys(rules), manners },
    {
      ...machine,
      validators: memory.validators,
      pace: createPace({ rules }, { turns: memory.turns, clock }),
    },
  );
  const urls = addressesOf(settings);
  const parts = { fetcher, clock };
  const huggingFace = createHuggingFace({ baseUrl: urls.huggingFace }, parts);
  const arxiv = createArxiv(
    { categories, crossLists, apiUrl: urls.arxivApi, feedUrl: urls.arxivFeed },
    parts,
  );
  return {
    huggingFace,
    arxiv,
    lookups: {
      crossref: createJsonLookup(crossref, { baseUrl: urls.crossref }, parts),
      datacite: createJsonLookup(dataCite, { baseUrl: urls.dataCite }, parts),
      openalex: createJsonLookup(openAlex, { baseUrl: urls.openAlex }, parts),
      "semantic-scholar": createJsonLookup(semanticScholar, { baseUrl: urls.semanticScholar }, parts),
    },
    sources: categories.length === 0 ? [huggingFace] : [huggingFace, arxiv],
  };
}
