import type { Ask, Fetched, Fetcher } from "../../src/sources/fetch/ask.ts";
import type { FetchSettings } from "../../src/sources/fetch/fetcher.ts";
import { createFetcher, userAgent } from "../../src/sources/fetch/fetcher.ts";
import type { PaceSettings, Turns } from "../../src/sources/fetch/pace.ts";
import {
  ARXIV_GAP_MS,
  createMemoryTurns,
  createPace,
  HUGGING_FACE_GAP_MS,
} from "../../src/sources/fetch/pace.ts";
import type { Validators } from "../../src/sources/fetch/validators.ts";
import { createMemoryValidators } from "../../src/sources/fetch/validators.ts";
import type { SourceItem } from "../../src/sources/source.ts";
import type { TestClock } from "../fakes/sources/clock.ts";

/** A fetcher for fakes, with the pace of the real hosts; what is given takes the place of the usual parts. */
export interface KitOptions {
  readonly clock: TestClock;
  readonly huggingFace?: string;
  readonly arxiv?: string;
  readonly settings?: Partial<FetchSettings>;
  readonly pace?: Partial<PaceSettings>;
  readonly turns?: Turns;
  readonly validators?: Validators;
  readonly random?: () => number;
  readonly deadline?: (ms: number) => AbortSignal;
}

/** The live sources' fetcher as the program wires it, but on the clock of the test. */
export function createKit(options: KitOptions): Fetcher {
  const { clock, huggingFace, arxiv, turns = createMemoryTurns() } = options;
  const rules = {
    ...(huggingFace === undefined
      ? {}
      : { [huggingFace]: { key: "huggingface", gapMs: HUGGING_FACE_GAP_MS } }),
    ...(arxiv === undefined ? {} : { [arxiv]: { key: "arxiv", gapMs: ARXIV_GAP_MS } }),
  };
  return createFetcher(
    {
      userAgent: userAgent("0.1.0", "mailto:me@example.org"),
      origins: Object.keys(rules),
      ...options.settings,
    },
    {
      fetch,
      clock,
      deadline: options.deadline ?? (() => new AbortController().signal),
      random: options.random ?? (() => 0.5),
      pace: createPace({ rules, ...options.pace }, { turns, clock }),
      validators: options.validators ?? createMemoryValidators(),
    },
  );
}

/** A signal that nothing aborts. */
export const never = (): AbortSignal => new AbortController().signal;

/** A question in JSON without anything special. */
export const askJson = (url: string, more: Partial<Ask> = {}): Ask => ({
  url,
  expected: "json",
  signal: never(),
  ...more,
});

/** What a question came to, in one line. */
export function outcome(got: Fetched): string {
  switch (got.kind) {
    case "text":
      return `text of ${got.text.length}`;
    case "unchanged":
      return "unchanged";
    case "refused":
      return `refused ${got.status}`;
    case "failed":
      return `expected ${got.problem.expected}, found ${got.problem.found}`;
  }
}

/** All that a source gives, sorted by kind. */
export async function collect(items: AsyncIterable<SourceItem>) {
  const papers: Extract<SourceItem, { kind: "paper" }>[] = [];
  const problems: string[] = [];
  const lists: string[] = [];
  for await (const item of items) {
    switch (item.kind) {
      case "paper":
        papers.push(item);
        break;
      case "problem":
        problems.push(`expected ${item.problem.expected}, found ${item.problem.found}`);
        break;
      case "list":
        lists.push(`${item.list} ${item.state}`);
        break;
    }
  }
  return { papers, problems, lists };
}
