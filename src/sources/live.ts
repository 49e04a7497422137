import type { Arxiv } from "./arxiv/source.ts";
import { createArxiv } from "./arxiv/source.ts";
import type { Clock } from "./fetch/clock.ts";
import { systemClock } from "./fetch/clock.ts";
import type { FetchParts } from "./fetch/fetcher.ts";
import { createFetcher, userAgent } from "./fetch/fetcher.ts";
import type { PaceRule, Turns } from "./fetch/pace.ts";
import { ARXIV_GAP_MS, createPace, HUGGING_FACE_GAP_MS } from "./fetch/pace.ts";
import type { Validators } from "./fetch/validators.ts";
import type { HuggingFace } from "./huggingface/source.ts";
import { createHuggingFace } from "./huggingface/source.ts";
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

/**
 * The sources on the network with one fetcher for all: only their hosts are asked, arXiv's share one pace. Throws a
 * UserError for categories that cannot be.
 */
export function createLive(settings: LiveSettings, machine: LiveMachine, memory: LiveMemory): Live {
  const {
    huggingFaceUrl = "https://huggingface.co",
    arxivApiUrl = "https://export.arxiv.org",
    arxivFeedUrl = "https://rss.arxiv.org",
    categories = [],
    crossLists = false,
  } = settings;
  const arxivRule: PaceRule = { key: "arxiv", gapMs: ARXIV_GAP_MS };
  const rules: Record<string, PaceRule> = {
    [new URL(huggingFaceUrl).origin]: { key: "huggingface", gapMs: HUGGING_FACE_GAP_MS },
    [new URL(arxivApiUrl).origin]: arxivRule,
    [new URL(arxivFeedUrl).origin]: arxivRule,
  };
  const { clock } = machine;
  const fetcher = createFetcher(
    { userAgent: userAgent(settings.version, settings.contact), origins: Object.keys(rules) },
    {
      ...machine,
      validators: memory.validators,
      pace: createPace({ rules }, { turns: memory.turns, clock }),
    },
  );
  const huggingFace = createHuggingFace({ baseUrl: huggingFaceUrl }, { fetcher, clock });
  const arxiv = createArxiv(
    { categories, crossLists, apiUrl: arxivApiUrl, feedUrl: arxivFeedUrl },
    { fetcher, clock },
  );
  return { huggingFace, arxiv, sources: categories.length === 0 ? [huggingFace] : [huggingFace, arxiv] };
}
