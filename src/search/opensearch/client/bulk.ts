import { setTimeout as sleep } from "node:timers/promises";
import { searchRests } from "../../resting.ts";
import type { Engine } from "./client.ts";
import { statusOf } from "./client.ts";

/** One change: what is to be done, and its content where it has one. */
export interface Change {
  readonly action: object;
  readonly content?: object;
}

/** Changes of one request, and characters: OpenSearch takes 100 MB by default, and is quickest with some megabytes. */
const MOST = { changes: 500, characters: 4_000_000 } as const;

/** Pauses before what was refused for too much work is sent again, in milliseconds. */
const PAUSES = [100, 300, 1000, 3000, 10_000, 20_000] as const;

interface BulkAnswer {
  readonly errors: boolean;
  readonly items: readonly Readonly<
    Record<string, { readonly status: number; readonly error?: { readonly reason?: string } }>
  >[];
}

/** A change that failed for good. */
export interface Refused {
  readonly change: Change;
  readonly status: number;
  readonly reason: string;
}

const sizeOf = ({ content }: Change): number =>
  content === undefined ? 100 : JSON.stringify(content).length;

/** Changes in portions that one request may have. */
function* portions(changes: Iterable<Change>): Generator<readonly Change[]> {
  let portion: Change[] = [];
  let characters = 0;
  for (const change of changes) {
    const size = sizeOf(change);
    if (portion.length > 0 && (portion.length >= MOST.changes || characters + size > MOST.characters)) {
      yield portion;
      [portion, characters] = [[], 0];
    }
    portion.push(change);
    characters += size;
  }
  if (portion.length > 0) yield portion;
}

const linesOf = (changes: readonly Change[]): object[] =>
  changes.flatMap(({ action, content }) => (content === undefined ? [action] : [action, content]));

/** What one request left undone: for now, and for good. */
interface Left {
  readonly again: Change[];
  readonly refused: Refused[];
}

/** Sends a portion; one that is too large for a request is sent in halves. */
async function send(engine: Engine, path: string, portion: readonly Change[]): Promise<Left> {
  try {
    const answer = await engine.change<BulkAnswer>({ method: "POST", path, lines: linesOf(portion) });
    const left: Left = { again: [], refused: [] };
    if (!answer.errors) return left;
    for (const [i, change] of portion.entries()) {
      const [item] = Object.values(answer.items[i] ?? {});
      if (item === undefined || item.status < 300) continue;
      if (item.status === 429 || item.status === 503) left.again.push(change);
      else left.refused.push({ change, status: item.status, reason: item.error?.reason ?? "" });
    }
    return left;
  } catch (error) {
    if (statusOf(error) !== 413) throw error;
    const [only] = portion;
    if (portion.length === 1 && only !== undefined)
      return { again: [], refused: [{ change: only, status: 413, reason: "larger than the engine takes" }] };
    const half = Math.ceil(portion.length / 2);
    const [first, second] = [
      await send(engine, path, portion.slice(0, half)),
      await send(engine, path, portion.slice(half)),
    ];
    return { again: [...first.again, ...second.again], refused: [...first.refused, ...second.refused] };
  }
}

/**
 * Makes changes in an index in their order, as fast as the engine takes them: what it refuses for too much work (429) is sent
 * again after a while, and what is too large for a request (413) in halves. Gives what it refused for good.
 */
export async function makeChanges(
  engine: Engine,
  index: string,
  changes: Iterable<Change>,
): Promise<readonly Refused[]> {
  const refused: Refused[] = [];
  for (const portion of portions(changes)) {
    let left = await send(engine, `/${index}/_bulk`, portion);
    refused.push(...left.refused);
    for (const pause of PAUSES) {
      if (left.again.length === 0) break;
      await sleep(pause);
      left = await send(engine, `/${index}/_bulk`, left.again);
      refused.push(...left.refused);
    }
    if (left.again.length > 0) throw searchRests(new Error("too many requests"));
  }
  return refused;
}
