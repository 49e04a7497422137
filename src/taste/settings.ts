import { check, factsOf, isText, orProblem } from "../schedule/stored/shapes.ts";

/** What a channel says about its taste. */
export interface TasteSettings {
  /** Whether its digests are chosen without it. */
  readonly off: boolean;
  /** The reactions that raise, and those that lower, as `parseEmoji` gives them; none is both. */
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** Only what was reacted after this counts; absent where nothing was reset. */
  readonly since?: Date;
  /** The same for single papers, by the ids that they had. */
  readonly forgotten: ReadonlyMap<string, Date>;
}

/** What holds where a channel has said nothing. */
export const DEFAULT_TASTE: TasteSettings = { off: false, up: ["👍"], down: ["👎"], forgotten: new Map() };

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isDay = (value: unknown): boolean => isText(value) && !Number.isNaN(Date.parse(value as string));

/** Settings that were written by `writeTaste`; what is wrong with them, after “its”, where they cannot be read. */
export function readTaste(body: string | undefined): TasteSettings | string {
  if (body === undefined) return DEFAULT_TASTE;
  return orProblem(() => {
    const facts = factsOf(parsed(body), "taste");
    const { off, up, down, since } = facts;
    check(typeof off === "boolean", "off", off);
    check(isTexts(up), "up", up);
    check(isTexts(down), "down", down);
    check(since === undefined || isDay(since), "since", since);
    const forgotten = Object.entries(factsOf(facts["forgotten"], "forgotten"));
    for (const [, at] of forgotten) check(isDay(at), "forgotten", at);
    return {
      off: off as boolean,
      up: up as string[],
      down: down as string[],
      ...(since === undefined ? {} : { since: new Date(since as string) }),
      forgotten: new Map(forgotten.map(([paper, at]) => [paper, new Date(at as string)])),
    };
  });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The text that is kept of settings. */
export function writeTaste({ forgotten, ...settings }: TasteSettings): string {
  const papers = Array.from(forgotten, ([paper, at]) => [paper, at.toISOString()] as const);
  return JSON.stringify({ ...settings, forgotten: Object.fromEntries(papers) });
}
