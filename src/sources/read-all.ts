import type { Source, SourceItem, SourceRequest } from "./source.ts";

type Step =
  | { readonly kind: "item"; readonly reader: Reader; readonly item: SourceItem }
  | { readonly kind: "ended"; readonly reader: Reader };

interface Reader {
  readonly source: Source;
  readonly next: () => Promise<Step>;
  readonly close: () => Promise<void>;
}

function createReader(source: Source, request: SourceRequest): Reader {
  let iterator: AsyncIterator<SourceItem> | undefined;
  let broken = false;
  const reader: Reader = {
    source,
    async next() {
      if (broken) return { kind: "ended", reader };
      try {
        iterator ??= source.read(request)[Symbol.asyncIterator]();
        const { done, value } = await iterator.next();
        return done === true ? { kind: "ended", reader } : { kind: "item", reader, item: value };
      } catch (error) {
        request.signal.throwIfAborted();
        broken = true;
        const found = error instanceof Error ? error.message : String(error);
        const problem = { file: source.name, expected: "a source that can be read to its end", found };
        return { kind: "item", reader, item: { kind: "problem", problem } };
      }
    },
    close: async () => {
      await iterator?.return?.();
    },
  };
  return reader;
}

/**
 * Reads all sources at once, and gives their items as they come; those of one source keep their order. A source that
 * fails, even by throwing, is one problem and stops no other. Rejects with the signal's reason when that ends it.
 */
export async function* readAll(
  sources: readonly Source[],
  request: SourceRequest,
): AsyncGenerator<SourceItem> {
  const readers = sources.map((source) => createReader(source, request));
  const waiting = new Map<Reader, Promise<Step>>();
  try {
    for (const reader of readers) waiting.set(reader, reader.next());
    while (waiting.size > 0) {
      const step = await Promise.race(waiting.values());
      waiting.delete(step.reader);
      if (step.kind === "ended") continue;
      yield step.item;
      waiting.set(step.reader, step.reader.next());
    }
  } finally {
    // One that is under way closes after its step; nobody waits for that, nor for what the step comes to.
    for (const [reader, step] of waiting) {
      step.catch(() => undefined);
      reader.close().catch(() => undefined);
    }
    const idle = readers.filter((reader) => !waiting.has(reader));
    await Promise.allSettled(idle.map((reader) => reader.close()));
  }
}
