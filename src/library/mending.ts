import type { PaperId } from "../corpus/paper.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import type { GrowingLibrary } from "./library.ts";

/** A library that was opened, on an index that may prove damaged whenever more of it is read. */
export interface Opened {
  readonly library: GrowingLibrary;
  readonly isDamaged: () => boolean;
  /** Brings it up to what is stored, and saves it. Nothing is asked before. */
  readonly begin: () => Promise<void>;
}

/** Opens it; from a suspect file only after all of it was compared. */
type Open = (suspect: boolean) => Promise<Opened>;

/** A disk that damages what was just written is not written to for ever. */
const MOST_MENDED = 3;

/** The library in use, which is another one after each mending. */
interface Standing {
  readonly current: () => Opened;
  /** How often it was another one. */
  readonly version: () => number;
  /** Opens it anew, unless that was done since. */
  readonly mend: (broken: Opened) => Promise<void>;
}

async function openSound(open: Open, suspect: boolean): Promise<Opened> {
  const opened = await open(suspect);
  try {
    await opened.begin();
  } catch (error) {
    if (!opened.isDamaged()) throw error;
  }
  if (!opened.isDamaged()) return opened;
  await opened.library.close();
  if (suspect) throw new Error("The saved index was damaged again while it was made anew; see to the disk.");
  return openSound(open, true);
}

async function createStanding(open: Open): Promise<Standing> {
  let current = await openSound(open, false);
  let before = 0;
  let mending: Promise<void> | undefined;
  const replace = async (): Promise<void> => {
    const broken = current;
    const next = await openSound(open, true);
    before += broken.library.index.version() + 1;
    current = next;
    await broken.library.close();
  };
  return {
    current: () => current,
    version: () => before + current.library.index.version(),
    async mend(broken) {
      if (broken !== current) return;
      mending ??= replace().finally(() => (mending = undefined));
      await mending;
    },
  };
}

/** Works with the index in use; where that proved damaged before the work was done, again with the one that was made anew. */
async function withSound<T>(
  { current, mend }: Standing,
  attempt: (asked: Opened) => Promise<{ readonly answer: T } | undefined>,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    const asked = current();
    try {
      const done = await attempt(asked);
      if (done !== undefined) return done.answer;
    } catch (error) {
      if (!asked.isDamaged() || tries === MOST_MENDED) throw error;
    }
    await mend(asked);
  }
}

/** Asks until an answer comes of a sound index. */
const ask = <T>(standing: Standing, work: (library: GrowingLibrary) => Promise<T>): Promise<T> =>
  withSound(standing, async ({ library, isDamaged }) => {
    const answer = await work(library);
    return isDamaged() ? undefined : { answer };
  });

/** Changes what is stored, once; the answer counts also where the index proved damaged meanwhile, and is mended. */
const change = <T>(standing: Standing, work: (library: GrowingLibrary) => Promise<T>): Promise<T> =>
  withSound(standing, async (asked) => {
    const answer = await work(asked.library);
    if (asked.isDamaged()) await standing.mend(asked);
    else if (asked !== standing.current()) await standing.current().library.follow();
    return { answer };
  });

/** What of a list is new: a paper that was given before is left out. */
type Fresh<T> = (item: T, isNew: (one: { readonly id: PaperId }) => boolean) => T | undefined;

/** Gives what a list has, each paper once, going on in the mended index where the first proves damaged on the way. */
async function* each<T>(
  { current, mend }: Standing,
  list: (index: PaperIndex) => AsyncIterable<T>,
  fresh: Fresh<T>,
): AsyncGenerator<T> {
  const given = new Set<PaperId>();
  const isNew: Parameters<Fresh<T>>[1] = ({ id }) => !given.has(id) && given.add(id) !== undefined;
  for (let tries = 0; ; tries++) {
    const asked = current();
    try {
      for await (const item of list(asked.library.index)) {
        if (asked.isDamaged()) break;
        const found = fresh(item, isNew);
        if (found !== undefined) yield found;
      }
    } catch (error) {
      if (!asked.isDamaged() || tries === MOST_MENDED) throw error;
    }
    if (!asked.isDamaged()) return;
    await mend(asked);
  }
}

const freshPaper = <T extends { readonly id: PaperId }>(
  item: T,
  isNew: Parameters<Fresh<T>>[1],
): T | undefined => (isNew(item) ? item : undefined);

function mendingIndex(standing: Standing): PaperIndex {
  const asking = <T>(work: (index: PaperIndex) => Promise<T>): Promise<T> =>
    ask(standing, ({ index }) => work(index));
  return {
    version: standing.version,
    size: () => asking((index) => index.size()),
    counts: () => asking((index) => index.counts()),
    organisations: () => asking((index) => index.organisations()),
    draw: (chance) => asking((index) => index.draw(chance)),
    idsFrom: (start) => asking((index) => index.idsFrom(start)),
    get: (id) => asking((index) => index.get(id)),
    titled: (title) => asking((index) => index.titled(title)),
    identified: (keys) => asking((index) => index.identified(keys)),
    known: (keys) => asking((index) => index.known(keys)),
    papers: () => each(standing, (index) => index.papers(), freshPaper),
    records: () => each(standing, (index) => index.records(), freshPaper),
    add: (papers) => asking((index) => index.add(papers)),
    remove: (ids) => asking((index) => index.remove(ids)),
    search: (query, window) => asking((index) => index.search(query, window)),
    matching: (query, among) =>
      each(
        standing,
        (index) => index.matching(query, among),
        (matches, isNew) => matches.filter(isNew),
      ),
    similar: (request, window) => asking((index) => index.similar(request, window)),
    nearest: (id, limit) => asking((index) => index.nearest(id, limit)),
    suggest: (text, limit) => asking((index) => index.suggest(text, limit)),
    save: (sources) => asking((index) => index.save(sources)),
  };
}

/**
 * A library that is opened anew as soon as its saved index proves damaged: bytes of an open file may change for weeks after
 * the start. Whoever asked has the answer of the new one. Nothing is lost by that, since all is made from the stored papers.
 */
export async function createMending(open: Open): Promise<GrowingLibrary> {
  const standing = await createStanding(open);
  return {
    index: mendingIndex(standing),
    facts: () => ask(standing, (library) => library.facts()),
    titleOf: (id) => ask(standing, (library) => library.titleOf(id)),
    hasStored: () => ask(standing, (library) => library.hasStored()),
    take: (listings, options) => change(standing, (library) => library.take(listings, options)),
    remove: (ids) => change(standing, (library) => library.remove(ids)),
    compact: (least) => change(standing, (library) => library.compact(least)),
    preview: (listings, options) => ask(standing, (library) => library.preview(listings, options)),
    follow: () => ask(standing, (library) => library.follow()),
    save: () => ask(standing, (library) => library.save()),
    encoding: () => standing.current().library.encoding(),
    encode: (signal, progress) => ask(standing, (library) => library.encode(signal, progress)),
    close: () => standing.current().library.close(),
  };
}
