import type { PaperId } from "../../../corpus/paper.ts";
import type { Saved, Sections } from "../saved/sections.ts";
import { createNumbers } from "../terms/numbers.ts";
import { createStringTable, openStringTable } from "../terms/string-table.ts";

/** Documents by the ids of their papers, and the other way round. */
export interface PaperIds {
  /** Number of papers. */
  readonly size: () => number;
  readonly document: (id: PaperId) => number | undefined;
  /** The id of a document's paper; of one that has none, what it was or nothing. */
  readonly id: (document: number) => PaperId;
  readonly put: (document: number, id: PaperId) => void;
  readonly remove: (id: PaperId) => void;
  /** Those of so many documents, to be saved. */
  readonly pack: (slots: number) => Sections;
}

/** The ids that were saved. An id that no paper has any more stays in the table until it is saved. */
export function openPaperIds(saved: Saved): PaperIds {
  const texts = openStringTable(saved, "ids");
  /** By the number of an id one more than its document; 0 where no paper has it. */
  const documents = createNumbers(saved.words("ids.documents"));
  /** By document the number of its id. */
  const numbers = createNumbers(saved.words("ids.numbers"));
  let size = texts.size();
  /** The ids of papers that are here, numbered anew. */
  const living = (slots: number): Sections => {
    const [ids, by, of] = [createStringTable(), createNumbers(), new Uint32Array(slots)];
    for (let document = 0; document < slots; document++) {
      const number = numbers.get(document);
      if (documents.get(number) !== document + 1) continue;
      of[document] = ids.add(texts.text(number));
      by.set(of[document] ?? 0, document + 1);
    }
    return [...ids.pack("ids"), ["ids.documents", by.copy(size)], ["ids.numbers", of]];
  };
  return {
    size: () => size,
    document(id) {
      const number = texts.find(id);
      const next = number === undefined ? 0 : documents.get(number);
      return next === 0 ? undefined : next - 1;
    },
    id: (document) => texts.text(numbers.get(document)) as PaperId,
    put(document, id) {
      const number = texts.add(id);
      if (documents.get(number) === 0) size++;
      documents.set(number, document + 1);
      numbers.set(document, number);
    },
    remove(id) {
      const number = texts.find(id);
      if (number === undefined || documents.get(number) === 0) return;
      documents.set(number, 0);
      size--;
    },
    pack(slots) {
      // Nothing of a paper that was removed is written.
      if (texts.size() > size) return living(slots);
      return [
        ...texts.pack("ids"),
        ["ids.documents", documents.copy(size)],
        ["ids.numbers", numbers.copy(slots)],
      ];
    },
  };
}
