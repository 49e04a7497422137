import { identityKeys, lookupKeys } from "../../corpus/identifiers/identity.ts";
import type { Paper } from "../../corpus/paper.ts";
import type { WordTable } from "../meaning/word-table.ts";
import type { PaperIndex, Suggestion } from "../paper-index.ts";
import type { Access } from "./access.ts";
import { createAccess } from "./access.ts";
import { countAll, countOrganisations, drawPaper, idsFrom } from "./inverted/counting.ts";
import { findMatching, searchIndex } from "./ranking/answer.ts";
import type { SourceCheck } from "./saved/index-file.ts";
import type { Damage } from "./saved/damage.ts";
import { createDamage } from "./saved/damage.ts";
import { DAMAGED, readIndexFile } from "./saved/index-file.ts";
import type { Saved, Sections } from "./saved/sections.ts";
import { NOTHING_SAVED } from "./saved/sections.ts";
import type { SavedEnd } from "./saved/index-changes.ts";
import type { Saver, SavingParts } from "./saved/saving.ts";
import { createSaver } from "./saved/saving.ts";
import type { Changing } from "./changing.ts";
import { createChanging } from "./changing.ts";
import type { IndexCopy, InvertedIndex } from "./inverted/inverted-index.ts";
import { openInvertedIndex } from "./inverted/inverted-index.ts";
import type { Meanings } from "./meaning/meanings.ts";
import { createMeanings } from "./meaning/meanings.ts";
import type { ModelSettings, ModelVectors } from "./meaning/model-vectors.ts";
import { createModelVectors } from "./meaning/model-vectors.ts";
import type { IndexWork, Pace } from "./pace.ts";
import { createPace, noIndexWork } from "./pace.ts";
import type { Registers, Settling } from "./shelf.ts";
import { createSettling, createShelf, openRegisters, paperOf } from "./shelf.ts";
import { createNeighbours } from "./similar/similar.ts";

function* allPapers(index: InvertedIndex): Generator<Paper> {
  for (const document of index.documents()) {
    const paper = index.paper(document);
    if (paper !== undefined) yield paper;
  }
}

/** What finds papers by their names: ids, titles and keys. */
function lookUps(
  index: InvertedIndex,
  { titles, identifiers }: Registers,
): Pick<PaperIndex, "get" | "titled" | "identified" | "known"> {
  const papersOf = (documents: readonly number[]): Paper[] =>
    documents.flatMap((document) => index.paper(document) ?? []);
  // Two keys may have one number in the register.
  const having = (
    documents: readonly number[],
    keys: readonly string[],
    keysOf: (paper: Paper) => readonly string[],
  ): Paper[] => papersOf(documents).filter((paper) => keysOf(paper).some((key) => keys.includes(key)));
  return {
    get: async (id) => paperOf(index, titles, id),
    titled: async (title) => papersOf(titles.titled(title)),
    identified: async (keys) => having(identifiers.identified(keys), keys, identityKeys),
    known: async (keys) => having(await identifiers.known(keys), keys, lookupKeys),
  };
}

const suggestionsOf = (index: InvertedIndex, documents: readonly number[]): Suggestion[] =>
  documents.flatMap((document) => {
    const paper = index.paper(document);
    return paper === undefined ? [] : [{ id: paper.id, title: paper.title }];
  });

/** Matches of one page. */
const PAGE = 10_000;

/** All that an index answers from. */
interface Parts {
  readonly index: InvertedIndex;
  readonly registers: Registers;
  readonly meanings: Meanings | undefined;
  readonly settling: Settling;
}

/** The whole content, with what papers are found by and what they mean. */
async function copyAll({ index, registers, meanings, settling }: Parts, pace: Pace): Promise<IndexCopy> {
  await settling.endAll();
  const { sections, written } = await index.snapshot(pace);
  const { titles, identifiers } = registers;
  const packed: Sections[] = [sections, await titles.pack(index.slots(), pace)];
  for (const pack of [identifiers.pack, (): Sections => meanings?.pack(index.slots()) ?? []]) {
    const more = pack();
    packed.push(more);
    pace.packed(more);
    await pace.pause();
  }
  return { sections: packed.flat(), written };
}

/** What an index may be made with. */
export interface IndexOptions {
  /** Counts what the index does. */
  readonly work?: IndexWork;
  /** Lets meaning take part in searches; without one only words count. */
  readonly table?: WordTable;
  /** A model of language that takes part beside the table. */
  readonly model?: ModelSettings;
  /** Whether what is saved was found damaged before, so that it is read whole and compared before it is used. */
  readonly suspect?: boolean;
}

/** The index with the vectors that a model of language makes of its papers, where it has one. */
export interface EmbeddedIndex extends PaperIndex {
  readonly model: ModelVectors | undefined;
  /**
   * Whether what is saved of it proved damaged when it was read. Then no answer counts that was under way or came since, nor
   * an error: it has to be opened anew.
   */
  readonly isDamaged: () => boolean;
}

/** What the papers of an index mean: by the table, and by a model of language beside it. */
function meaningOf(index: InvertedIndex, saved: Saved, options: IndexOptions) {
  const model = options.model === undefined ? undefined : createModelVectors(index, options.model);
  if (options.table === undefined) return { model, meanings: undefined };
  return { model, meanings: createMeanings(index, { table: options.table, saved, model }) };
}

/** What an index begins with: what was saved. */
interface Start {
  readonly saved: Saved;
  /** Absent where nothing was. */
  readonly end?: SavedEnd;
  readonly damage: Damage;
}

const nothingSaved = (): Start => ({ saved: NOTHING_SAVED, damage: createDamage() });

/** What saves an index in `file`. */
function saverOf(
  { parts, access }: { parts: Parts; access: Access },
  file: string | undefined,
  { end, damage }: Start,
): Saver | undefined {
  if (file === undefined) return undefined;
  const copy: SavingParts["copy"] = (pace, copied) =>
    access.hold(async () => {
      const made = await copyAll(parts, pace);
      copied();
      return made;
    });
  const size = parts.index.size;
  return createSaver({ file, size, copy, damage, ...(end === undefined ? {} : { end }) });
}

/** The index in memory, as a port. `file` is where `save` writes; without one `save` does nothing. */
function embed(
  file: string | undefined,
  start: Start,
  { work = noIndexWork(), ...options }: IndexOptions,
): { readonly index: EmbeddedIndex; readonly replay: Changing["replay"] } {
  const { saved, damage } = start;
  const index = openInvertedIndex(saved, file);
  const registers = openRegisters(index, saved);
  const { titles } = registers;
  const { model, meanings } = meaningOf(index, saved, options);
  const neighbours = createNeighbours(index, meanings);
  const settling = createSettling(registers, meanings);
  void settling.begin();
  const shelf = createShelf(index, registers, meanings);
  const access = createAccess();
  const saver = saverOf({ parts: { index, registers, meanings, settling }, access }, file, start);
  const asked = { meanings, named: titles.named };
  const newPace = (): Pace => createPace(work);
  const { add, remove, replay } = createChanging({ access, shelf, settling, saver, newPace });
  const port: EmbeddedIndex = {
    model,
    isDamaged: damage.isFound,
    size: async () => index.size(),
    counts: () => countAll(index, newPace()),
    organisations: () => countOrganisations(index, newPace()),
    draw: async (chance) => drawPaper(index, chance),
    idsFrom: (letters) => idsFrom(index, letters, newPace()),
    version: () => shelf.changes() + (meanings?.settled() ?? 0),
    ...lookUps(index, registers),
    async *papers() {
      yield* allPapers(index);
    },
    async *records() {
      for (const document of index.documents()) yield index.record(document);
    },
    add,
    remove,
    search: (query, window) =>
      access.read(() => searchIndex(index, query, { ...asked, window, pace: newPace() })),
    async *matching(query, among) {
      const documents = among?.flatMap((id) => index.document(id) ?? []);
      const matches = await access.hold(() =>
        findMatching(index, query, { among: documents, pace: newPace() }),
      );
      for (let from = 0; from < matches.length; from += PAGE) yield matches.slice(from, from + PAGE);
    },
    similar: (request, window) => access.read(() => neighbours.find(request, window, newPace())),
    nearest: (id, limit) => access.read(() => neighbours.nearest(id, limit, newPace())),
    async suggest(text, limit) {
      if (!titles.isReady(text, limit)) await settling.end();
      return access.read(async () => suggestionsOf(index, await titles.complete(text, limit, newPace())));
    },
    async save(sources) {
      await saver?.save(sources, newPace());
    },
  };
  return { index: port, replay };
}

/** An empty index that lives in memory; `file` is where it is saved, and `work` counts what it does. */
export function createEmbeddedIndex(file?: string, options: IndexOptions = {}): EmbeddedIndex {
  return embed(file, nothingSaved(), options).index;
}

/** The index saved in `file` from sources that pass the check, or why there is none that can be used. */
export async function openEmbeddedIndex(
  file: string,
  check: SourceCheck,
  options: IndexOptions = {},
): Promise<{ kind: "opened"; index: EmbeddedIndex } | { kind: "unusable"; reason: string }> {
  const damage = createDamage();
  const opened = await readIndexFile(file, { check, damage, suspect: options.suspect === true });
  if (opened.kind === "unusable") return opened;
  try {
    const { index, replay } = embed(file, { ...opened, damage }, options);
    await replay(opened.changes);
    return { kind: "opened", index };
  } catch (error) {
    if (damage.isFound()) return { kind: "unusable", reason: DAMAGED };
    throw error;
  }
}
