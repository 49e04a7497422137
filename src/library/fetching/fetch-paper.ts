import { renderProblem } from "../../corpus/problem.ts";
import type { Reference } from "../../corpus/identifiers/reference.ts";
import { nameOf } from "../../corpus/identifiers/reference.ts";
import type { Log } from "../../log.ts";
import type { PaperService } from "../../sources/asked-by.ts";
import { selectionAt } from "../../sources/asked-by.ts";
import type { Live } from "../../sources/live.ts";
import { isMissing } from "../../sources/lookup.ts";
import type { Selection } from "../../sources/selection.ts";
import { readSelections } from "../../sources/selection.ts";
import type { Once } from "../../store/store.ts";
import type { Fetched, PaperFetching } from "./fetching.ts";
import { FETCHES } from "./fetching.ts";
import type { GrowingLibrary } from "../library.ts";

const HOUR_MS = 60 * 60 * 1000;

/** What was asked for in vain is not asked for again for a day. */
const ASKED_MS = 24 * HOUR_MS;

/** How long a service may take, its turn and further tries among it, in milliseconds. */
const PATIENCE_MS = 30_000;

/** What fetching works with. */
export interface FetchingParts {
  /** Those that the operator named, in this order. */
  readonly services: readonly PaperService[];
  readonly library: Pick<GrowingLibrary, "take">;
  /** The services and what is remembered of asking them, opened when they are needed. */
  readonly open: () => Promise<{
    readonly live: Pick<Live, "huggingFace" | "arxiv" | "lookups">;
    readonly once: Once;
  }>;
  readonly log: Pick<Log, "warn">;
  /** Ends a request after so many milliseconds. Default: the machine's clock. */
  readonly deadline?: (ms: number) => AbortSignal;
}

const NAMES: Readonly<Record<PaperService, string>> = {
  arxiv: "arXiv",
  crossref: "Crossref",
  datacite: "DataCite",
  openalex: "OpenAlex",
  "semantic-scholar": "Semantic Scholar",
};

/** Takes one of so many places that are free again an hour later; false where none is. */
async function takeOne(once: Once, key: string, most: number): Promise<boolean> {
  for (let i = 0; i < most; i++) if (await once.claim(`${key} ${i}`, HOUR_MS)) return true;
  return false;
}

/** A service, and what it would be asked for. */
interface Chosen {
  readonly service: PaperService;
  readonly selection: Selection;
}

/** One paper of a service. */
async function askFor(
  { log, library, deadline = (ms) => AbortSignal.timeout(ms) }: FetchingParts,
  {
    live,
    selection,
    service,
  }: {
    readonly live: Parameters<typeof readSelections>[0];
    readonly selection: Selection;
    readonly service: PaperService;
  },
): Promise<Fetched> {
  const name = NAMES[service];
  const signal = deadline(PATIENCE_MS);
  let found: Fetched = { kind: "unknown", service: name };
  try {
    for await (const item of readSelections(live, [selection], signal)) {
      if (item.kind === "paper") {
        await library.take([item.listing]);
        return { kind: "taken", service: name, listing: item.listing };
      }
      if (item.kind !== "problem" || isMissing(item.problem, name)) continue;
      log.warn(renderProblem(item.problem));
      found = { kind: "failed", service: name };
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    log.warn(`${name} did not answer within ${PATIENCE_MS / 1000} s`);
    return { kind: "failed", service: name };
  }
  return found;
}

/**
 * Fetching that nobody can make boundless: ids alone, services that the operator named, in their order until one has it, ten papers an hour for each place and
 * sixty for all, over all processes, and nothing twice within a day that was not there.
 */
export function createPaperFetching(parts: FetchingParts): PaperFetching {
  const underWay = new Map<string, Promise<Fetched>>();
  const chosen = (reference: Reference): Chosen[] =>
    parts.services.flatMap((service) => {
      const selection = selectionAt(service, reference);
      return selection === undefined ? [] : [{ service, selection }];
    });
  const ask = async (reference: Reference, place: string): Promise<Fetched> => {
    const all = chosen(reference);
    const { live, once } = await parts.open();
    const service = all.map((one) => NAMES[one.service]).join(", ");
    const asked = `asked for ${nameOf(reference)}`;
    if (!(await once.claim(asked, ASKED_MS))) return { kind: "unknown", service };
    const ofPlace = await takeOne(once, `fetch at ${place}`, FETCHES.ofPlace);
    if (!ofPlace || !(await takeOne(once, "fetch", FETCHES.ofAll))) {
      await once.release(asked);
      return { kind: "too-many", of: ofPlace ? "all" : "place" };
    }
    let fetched: Fetched = { kind: "unknown", service };
    for (const one of all) {
      const answer = await askFor(parts, { live, ...one });
      if (answer.kind !== "unknown") fetched = answer;
      if (answer.kind === "taken") break;
    }
    if (fetched.kind !== "unknown") await once.release(asked);
    return fetched;
  };
  return {
    serviceFor(reference) {
      const [first] = chosen(reference);
      return first === undefined ? undefined : NAMES[first.service];
    },
    fetch(reference, place) {
      const key = nameOf(reference);
      // Who asks while it is fetched waits for the same answer.
      const mine = underWay.get(key) ?? ask(reference, place).finally(() => underWay.delete(key));
      underWay.set(key, mine);
      return mine;
    },
  };
}
