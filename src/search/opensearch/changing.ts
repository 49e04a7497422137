import type { Paper, PaperId } from "../../corpus/paper.ts";
import type { Change, Refused } from "./client/bulk.ts";
import { makeChanges } from "./client/bulk.ts";
import type { Mind } from "./asking/mind.ts";
import type { StoredPaper } from "./stored/document.ts";
import { storedPaper } from "./stored/document.ts";
import { documentId } from "./stored/keys.ts";

/** Papers whose states are looked up at once. */
const TOGETHER = 500;

/** Told of a paper that the engine takes in no way. */
export type TellRefused = (problem: string) => void;

interface Known {
  readonly docs: readonly {
    readonly _id: string;
    readonly _source?: { readonly revision: string; readonly added: number };
  }[];
}

/** Places in the order in which papers are added: later ones are larger, also in another program. */
function createPlaces(): () => number {
  let last = 0;
  return () => (last = Math.max(last + 1, Date.now() * 1000));
}

/** The states of documents that are there, by their ids. */
async function statesOf({ engine, place }: Mind, ids: readonly string[]) {
  const { docs } = await engine.change<Known>({
    method: "POST",
    path: `/${place.papers}/_mget`,
    query: { _source_includes: "revision,added" },
    body: { ids },
  });
  return new Map(
    docs.flatMap(({ _id, _source }) => (_source === undefined ? [] : [[_id, _source] as const])),
  );
}

function tellAll(refused: readonly Refused[], allowed: number, tell: TellRefused): void {
  for (const { change, status, reason } of refused)
    if (status !== allowed)
      tell(
        `OpenSearch refused ${JSON.stringify(change.action).slice(0, 200)} (${status}): ${reason.slice(0, 300)}`,
      );
}

/** Puts papers in that are not there in the same state. */
async function putPapers(
  mind: Mind,
  stored: readonly StoredPaper[],
  next: () => number,
  tell: TellRefused,
): Promise<void> {
  const states = await statesOf(
    mind,
    stored.map(({ id }) => id),
  );
  const changes = stored.flatMap(({ id, content }): Change[] => {
    const known = states.get(id);
    if (known?.revision === content.revision) return [];
    return [{ action: { index: { _id: id } }, content: { ...content, added: known?.added ?? next() } }];
  });
  tellAll(await makeChanges(mind.engine, mind.place.papers, changes), 200, tell);
}

/** Puts the words of papers into the index of words, where they are not there yet. */
async function putWords(mind: Mind, tell: TellRefused): Promise<void> {
  const changes = mind.newWords().map((word): Change => ({
    action: { create: { _id: word } },
    content: { word, length: word.length },
  }));
  // 409: it is there.
  tellAll(await makeChanges(mind.engine, mind.place.words, changes), 409, tell);
}

async function refresh({ engine, place }: Mind): Promise<void> {
  await engine.change({ method: "POST", path: `/${place.papers},${place.words}/_refresh` });
}

/** Changes what the engine holds. */
export interface Changing {
  readonly add: (papers: Iterable<Paper>) => Promise<void>;
  readonly remove: (ids: Iterable<PaperId>) => Promise<void>;
}

/** Changes papers; each change is found when it resolves. The same paper again is no change. */
export function createChanging(mind: Mind, changed: () => void, tell: TellRefused): Changing {
  const next = createPlaces();
  return {
    async add(papers) {
      const isThere = await mind.table?.ready().then(
        () => true,
        () => false,
      );
      const table = isThere === true ? mind.table : undefined;
      let some = new Map<string, StoredPaper>();
      let count = 0;
      const put = async (): Promise<void> => {
        const stored = [...some.values()];
        some = new Map();
        await putPapers(mind, stored, next, tell);
        await putWords(mind, tell);
      };
      for (const paper of papers) {
        const stored = storedPaper(paper, { terms: mind.terms, table });
        some.set(stored.id, stored);
        count++;
        if (some.size >= TOGETHER) await put();
      }
      if (count === 0) return;
      if (some.size > 0) await put();
      await refresh(mind);
      changed();
    },
    async remove(ids) {
      const changes = Array.from(new Set(ids), (id): Change => ({
        action: { delete: { _id: documentId(id) } },
      }));
      if (changes.length === 0) return;
      tellAll(await makeChanges(mind.engine, mind.place.papers, changes), 404, tell);
      await refresh(mind);
      changed();
    },
  };
}
