import type { PaperIndex } from "../paper-index.ts";
import type { Access } from "./access.ts";
import type { Change } from "./saved/index-changes.ts";
import type { Pace } from "./pace.ts";
import { textLength } from "./query/phrase.ts";
import type { Saver } from "./saved/saving.ts";
import type { Settling, Shelf } from "./shelf.ts";

/** What changes are made to, and who is told of them. */
interface ChangingParts {
  readonly access: Access;
  readonly shelf: Shelf;
  readonly settling: Settling;
  readonly saver: Saver | undefined;
  readonly newPace: () => Pace;
}

/** The ways in which an index changes. */
export interface Changing extends Pick<PaperIndex, "add" | "remove"> {
  /** Makes changes that are saved already; nobody asks the index meanwhile. */
  readonly replay: (changes: readonly Change[]) => Promise<void>;
}

/** Changes an index; other work has its turn meanwhile, and every change is noted for whoever saves it. */
export function createChanging({ access, shelf, settling, saver, newPace }: ChangingParts): Changing {
  return {
    async add(papers) {
      const pace = newPace();
      for (const paper of papers) {
        const made = access.change(() => {
          shelf.put(paper);
          saver?.note({ put: paper });
        });
        if (made !== undefined) await made;
        pace.indexed(textLength(paper));
        if (pace.due()) await pace.pause();
      }
      void settling.begin();
    },
    async remove(ids) {
      await access.change(() => {
        for (const id of ids) {
          shelf.drop(id);
          saver?.note({ remove: id });
        }
      });
    },
    async replay(changes) {
      const pace = newPace();
      for (const change of changes) {
        if ("put" in change) {
          shelf.put(change.put);
          pace.indexed(textLength(change.put));
        } else shelf.drop(change.remove);
        if (pace.due()) await pace.pause();
      }
    },
  };
}
