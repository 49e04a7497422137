import type { Log } from "../log.ts";
import type { ModelVectors } from "../search/embedded/meaning/model-vectors.ts";
import type { WordTable } from "../search/meaning/word-table.ts";
import type { SearchEngine } from "../search/opensearch/client/client.ts";
import type { OpenSearchOptions } from "../search/opensearch/opensearch-index.ts";
import type { IndexCounts, PaperIndex } from "../search/paper-index.ts";
import { UserError } from "../user-error.ts";

/** An index of a library; a model of language takes part in searches of this process alone. */
export interface LibraryIndex extends PaperIndex {
  readonly model?: ModelVectors | undefined;
  /** Whether what it was opened from proved damaged; an engine of its own sees to that itself. */
  readonly isDamaged: () => boolean;
}

/** As people read it. */
export const ENGINE = "OpenSearch";

const sound = (index: PaperIndex): LibraryIndex => ({ ...index, isDamaged: () => false });

/** What opens and makes indices in an engine of its own. */
export interface EngineDoor {
  readonly open: (
    check: (sources: string) => Promise<string | undefined>,
  ) => Promise<{ kind: "opened"; index: LibraryIndex } | { kind: "unusable"; reason: string }>;
  readonly make: () => Promise<LibraryIndex>;
  readonly close: () => Promise<void>;
}

/**
 * Goes to the engine that the settings name, which is loaded only here. Rejects with a UserError where it does not answer:
 * a bot that starts without its engine could answer nothing.
 */
export async function goToEngine(
  settings: SearchEngine,
  { table, log }: { readonly table: WordTable | undefined; readonly log: Log },
): Promise<EngineDoor> {
  const [{ createEngine }, { greet }, indices] = await Promise.all([
    import("../search/opensearch/client/client.ts"),
    import("../search/opensearch/stored/generations.ts"),
    import("../search/opensearch/opensearch-index.ts"),
  ]);
  const engine = createEngine(settings);
  try {
    await greet(engine);
  } catch (error) {
    await engine.close();
    const why = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    if (why === error && error instanceof UserError) throw error;
    throw new UserError(
      `OpenSearch at ${settings.url} does not answer: ${why instanceof Error ? why.message : String(why)}. Start it, or correct PAPERBOY_SEARCH_URL.`,
      { cause: error },
    );
  }
  const options: OpenSearchOptions = {
    engine,
    tell: (problem) => log.warn(problem),
    ...(table === undefined ? {} : { table }),
  };
  return {
    async open(check) {
      const opened = await indices.openOpenSearchIndex(check, options);
      return opened.kind === "opened" ? { ...opened, index: sound(opened.index) } : opened;
    },
    make: async () => sound(await indices.createOpenSearchIndex(options)),
    close: engine.close,
  };
}

/** An engine as it is found, without changing anything in it. */
export interface EngineFound {
  readonly url: string;
  readonly version: string;
  /** The state of its indices, in its own words; `none` where there are none yet. */
  readonly health: "green" | "yellow" | "red" | "none";
  /** What is known of the papers in it; undefined where there are none yet. */
  readonly counts: IndexCounts | undefined;
}

/** Looks at the engine that the settings name; rejects with a UserError where it does not answer. */
export async function lookAtEngine(settings: SearchEngine): Promise<EngineFound> {
  const [{ createEngine }, { greet, healthOf }, { countsIn }] = await Promise.all([
    import("../search/opensearch/client/client.ts"),
    import("../search/opensearch/stored/generations.ts"),
    import("../search/opensearch/opensearch-index.ts"),
  ]);
  const engine = createEngine(settings);
  try {
    const version = await greet(engine);
    const health = await healthOf(engine);
    const counts = health === "none" || health === "red" ? undefined : await countsIn(engine);
    return { url: settings.url, version, health, counts };
  } finally {
    await engine.close();
  }
}
