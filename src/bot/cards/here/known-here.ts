import type { Paper } from "../../../corpus/paper.ts";
import { dayOfMs } from "../../../schedule/slots/local-date.ts";
import type { Place } from "../../../schedule/place.ts";
import { placeKey } from "../../../schedule/place.ts";
import { dayWords } from "../../../schedule/words.ts";
import type { Posted } from "../../../store/kept/postings.ts";
import { StorageError } from "../../../store/storage-error.ts";
import type { Services } from "../../command.ts";
import type { Block, Span } from "../../reply.ts";
import { link, plain, prose } from "../../reply.ts";
import { countsWords } from "./standing.ts";
import { counted } from "../paper-cards.ts";

/** What is asked of a channel, and by whom. */
type Asking = Pick<Services, "memory" | "reading" | "caller">;

/** The channel whose members read the answer, or may; undefined where that is one person alone, or nobody who is told apart. */
function channelOf({ place, passing }: Services["caller"]): Place | undefined {
  return place?.direct === true || passing === true ? undefined : place;
}

/** The day of a message, which leads to it where its address is known. */
export function daySpan({ postedAt, link: url }: Pick<Posted, "postedAt" | "link">): Span {
  const day = dayWords(dayOfMs(postedAt.getTime()));
  return url === undefined ? plain(day) : link(day, url);
}

/** `5 reactions`; empty where there is none. */
export function reactionsWords(messages: readonly Pick<Posted, "reactors">[]): string {
  const people = messages.reduce((sum, { reactors }) => sum + reactors, 0);
  return people === 0 ? "" : counted(people, "reaction");
}

/** `Posted here on 3 March 2026, 5 reactions`: the last message that carried a paper; none where there was none. */
function postedSpans(messages: readonly Posted[]): Span[] {
  const [last] = messages;
  if (last === undefined) return [];
  const times = messages.length === 1 ? "" : ` ${messages.length} times, last`;
  const reactions = reactionsWords(messages);
  return [plain(`Posted here${times} on `), daySpan(last), plain(reactions === "" ? "" : `, ${reactions}`)];
}

/** Nothing, where the database fails: a paper is shown all the same, and that is told elsewhere. */
async function unlessStorageFails<T>(work: () => Promise<T>, nothing: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StorageError) return nothing;
    throw error;
  }
}

async function postedIn({ memory, caller }: Asking, paper: Paper): Promise<Span[]> {
  const place = channelOf(caller);
  if (memory === undefined || place === undefined) return [];
  return postedSpans(await (await memory()).about(place, paper));
}

/** When the caller's channel had some papers, each named where there are several; of other channels nothing is told. */
export async function postedBlocks(asking: Asking, ...papers: readonly Paper[]): Promise<readonly Block[]> {
  const blocks = papers.map(async (paper) => {
    const spans = await unlessStorageFails(() => postedIn(asking, paper), []);
    const named = papers.length === 1 ? [] : [plain(`“${paper.title}”: `)];
    return spans.length === 0 ? [] : [prose(...named, ...spans, plain("."))];
  });
  return (await Promise.all(blocks)).flat();
}

/** `saved by 3 here, read by 2` and how many notes are shared. */
async function standingWords({ reading, caller }: Asking, paper: Paper): Promise<readonly string[]> {
  const place = channelOf(caller);
  if (reading === undefined || place === undefined) return [];
  const standing = await (await reading()).standing(placeKey(place), paper);
  if (standing === undefined) return [];
  return [
    ...(standing.savers === 0 ? [] : [countsWords(standing)]),
    ...(standing.notes.length === 0 ? [] : [counted(standing.notes.length, "shared note")]),
  ];
}

/** The same, and nothing where the database fails. */
export const knownWords = (asking: Asking, paper: Paper): Promise<readonly string[]> =>
  unlessStorageFails(() => standingWords(asking, paper), []);

/**
 * What the caller's channel knows of a paper, in a line for a list: `Posted here on 3 March 2026, 5 reactions · saved by 3
 * here · 1 shared note`. Nothing of anybody's own lists, and nothing of other channels.
 */
async function knownHere(asking: Asking, paper: Paper): Promise<readonly Block[]> {
  const posted = await unlessStorageFails(() => postedIn(asking, paper), []);
  const words = await knownWords(asking, paper);
  if (posted.length === 0 && words.length === 0) return [];
  const rest = words.join(" · ");
  if (posted.length === 0) return [prose(plain(rest.charAt(0).toUpperCase() + rest.slice(1)))];
  return [prose(...posted, ...(rest === "" ? [] : [plain(` · ${rest}`)]))];
}

/** What stands below a paper that a channel is brought. */
export type HereLines = (paper: Pick<Paper, "id">) => readonly Block[];

/** When a channel had some papers before, for what is brought there by itself. */
export async function postedBefore(
  memory: Services["memory"],
  place: Place,
  papers: readonly Paper[],
): Promise<HereLines> {
  const caller = { platform: place.platform, user: "", place };
  const asking = { caller, ...(memory === undefined ? {} : { memory }) };
  const lines = await Promise.all(
    papers.map(async (paper) => [paper.id, await postedBlocks(asking, paper)] as const),
  );
  const known = new Map(lines);
  return ({ id }) => known.get(id) ?? [];
}

/** The same for several papers at once, in their order. */
export const allKnownHere = (
  asking: Asking,
  papers: readonly Paper[],
): Promise<readonly (readonly Block[])[]> => Promise.all(papers.map((paper) => knownHere(asking, paper)));
