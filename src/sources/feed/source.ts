import { quoteLine } from "../../corpus/problem.ts";
import { utcDay } from "../days.ts";
import type { Fetched } from "../fetch/ask.ts";
import { createFetcher, userAgent } from "../fetch/fetcher.ts";
import type { PaceRule } from "../fetch/pace.ts";
import { ARXIV_GAP_MS, createPace, FEED_GAP_MS } from "../fetch/pace.ts";
import type { SourceParts } from "../items.ts";
import { atMost, sourceItems } from "../items.ts";
import type { LiveMachine, LiveMemory, LiveSettings } from "../live.ts";
import type { Source, SourceItem } from "../source.ts";
import { checkFeedHost } from "./feed-host.ts";
import { parseLiveFeed } from "./live-feed.ts";

/** A feed that is too long is hostile: journals list some hundred entries, arXiv at most 2,000 (info.arxiv.org/help/rss). */
const MAX_ENTRIES = 5000;
/** Unpacked: arXiv's longest feeds have some 4 MB. */
const MAX_BYTES = 8 * 1024 * 1024;

/** What is asked of feeds, as the settings say it. */
export interface FeedSettings extends Pick<LiveSettings, "version" | "contact"> {
  /** The hosts that may be asked, by name, with a port where it is not the usual one. Default none. */
  readonly feedHosts?: readonly string[];
}

/** The address without its scheme, which is what a feed and what it lists are called. */
const nameOf = (url: string): string => url.replace(/^https?:\/\//, "").replace(/\/$/, "");

/** The pace of each host: that of all arXiv where it is arXiv's. */
function rulesOf(hosts: readonly string[]): Readonly<Record<string, PaceRule>> {
  const ruled = hosts.flatMap((host) => {
    const isArxiv = /(?:^|\.)arxiv\.org$/.test(host);
    const rule: PaceRule = isArxiv
      ? { key: "arxiv", gapMs: ARXIV_GAP_MS }
      : { key: `feeds at ${host}`, gapMs: FEED_GAP_MS };
    return [`https://${host}`, `http://${host}`].map((origin) => [new URL(origin).origin, rule] as const);
  });
  return Object.fromEntries(ruled);
}

function refusal(got: Exclude<Fetched, { kind: "text" | "unchanged" }>, url: string): SourceItem {
  if (got.kind === "failed") return { kind: "problem", problem: got.problem };
  const found = `status ${got.status}, ${quoteLine(got.text.trim())}`;
  return { kind: "problem", problem: { file: url, expected: "a feed", found } };
}

async function* readFeed(url: string, { fetcher, clock }: SourceParts, asked: Parameters<Source["read"]>[0]) {
  const name = nameOf(url);
  const day = utcDay(clock.now());
  // A feed has its newest entries and no others: whatever day is asked for, this is all that there is of it.
  const days = { day, first: asked.since ?? day };
  const got = await fetcher({ url, expected: "xml", conditional: true, signal: asked.signal });
  if (got.kind === "unchanged") {
    yield { kind: "list", list: name, ...days, state: "unchanged" } as const;
    return;
  }
  if (got.kind !== "text") {
    yield refusal(got, url);
    return;
  }
  const feed = atMost(parseLiveFeed(got.text, name), MAX_ENTRIES, name);
  yield* sourceItems(feed, { source: name, list: name, readAt: got.readAt, file: name });
  if (!feed.whole) return;
  const { passed, items } = feed;
  yield { kind: "list", list: name, ...days, passed, state: items.length === 0 ? "empty" : "read" } as const;
  await got.remember();
}

/**
 * A feed of papers at an address, such as a journal's. Only the hosts that the settings name are asked, after redirects too, each once
 * a second; one that says that its feed is as it was costs no more than that. Throws a UserError where its host may not be asked.
 */
export function createFeed(
  url: string,
  settings: FeedSettings,
  { machine, memory }: { readonly machine: LiveMachine; readonly memory: LiveMemory },
): Source {
  checkFeedHost(url, settings);
  const rules = rulesOf(settings.feedHosts ?? []);
  const { clock } = machine;
  const pace = createPace({ rules }, { turns: memory.turns, clock });
  const fetcher = createFetcher(
    {
      userAgent: userAgent(settings.version, settings.contact),
      origins: Object.keys(rules),
      maxBytes: MAX_BYTES,
    },
    { ...machine, validators: memory.validators, pace },
  );
  return { name: nameOf(url), read: (asked) => readFeed(url, { fetcher, clock }, asked) };
}
