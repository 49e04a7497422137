/**
 * Who may use the index when: answers give way to other work in between and yet are of one moment, since changes wait for
 * them.
 */
export interface Access {
  /** Runs an answer of bounded length. It waits for changes that wait already, so that these come to pass. */
  readonly read: <T>(work: () => Promise<T>) => Promise<T>;
  /** Runs what goes over all papers, however long that takes. Changes wait for it; answers go on meanwhile. */
  readonly hold: <T>(work: () => Promise<T>) => Promise<T>;
  /** Makes a change in one piece: at once where nothing is under way, else in turn; changes keep their order. */
  readonly change: (work: () => void) => Promise<void> | undefined;
}

/** Nobody uses the index yet. */
export function createAccess(): Access {
  let [reading, holding] = [0, 0];
  const changes: (() => void)[] = [];
  const readers: (() => void)[] = [];
  /** Lets go on whatever may. */
  const advance = (): void => {
    if (reading === 0 && holding === 0) for (const change of changes.splice(0)) change();
    if (changes.length > 0 && holding === 0) return;
    for (const start of readers.splice(0)) start();
  };
  return {
    async read(work) {
      if (changes.length > 0 && holding === 0)
        await new Promise<void>((resolve) => {
          readers.push(() => {
            reading++;
            resolve();
          });
        });
      else reading++;
      try {
        return await work();
      } finally {
        reading--;
        advance();
      }
    },
    async hold(work) {
      holding++;
      advance();
      try {
        return await work();
      } finally {
        holding--;
        advance();
      }
    },
    change(work) {
      if (reading === 0 && holding === 0) {
        work();
        return undefined;
      }
      return new Promise((resolve, reject) => {
        changes.push(() => {
          try {
            resolve(work());
          } catch (error) {
            reject(error);
          }
        });
      });
    },
  };
}
