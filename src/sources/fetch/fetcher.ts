import type { Ask, Fetched, Fetcher } from "./ask.ts";
import { failedAsk, reasonOf } from "./ask.ts";
import type { Clock } from "./clock.ts";
import type { Manners } from "./manners.ts";
import type { Pace } from "./pace.ts";
import type { Attempt, RequestKit } from "./request.ts";
import { requestOnce } from "./request.ts";
import type { Validators } from "./validators.ts";

/** Settings of `createFetcher`. */
export interface FetchSettings {
  /** Who asks, and whom to write to when it bothers: see `userAgent`. */
  readonly userAgent: string;
  /** The origins that may be asked, `https://huggingface.co`; all others are refused, after redirects too. */
  readonly origins: readonly string[];
  /** Largest body, unpacked. Default 32 MB: 2000 arXiv entries are about 6 MB. */
  readonly maxBytes?: number;
  /** Time for one request and its whole answer. Default 30,000 ms. */
  readonly timeoutMs?: number;
  /** How often a request is tried that fails in a way that may pass. Default 4. */
  readonly attempts?: number;
  /** Back-off doubles from the first to the second of these. Default 2,000 and 60,000 ms. */
  readonly backOffMs?: readonly [first: number, most: number];
  /** What hosts are told with every request, by origin. */
  readonly manners?: Readonly<Record<string, Manners>>;
}

/** What the fetcher works with; all but `fetch` and `deadline` are this program's own. */
export interface FetchParts {
  readonly fetch: typeof fetch;
  /** A signal that is aborted after so many milliseconds: `AbortSignal.timeout`. */
  readonly deadline: (ms: number) => AbortSignal;
  readonly clock: Clock;
  /** A number from 0 up to 1: `Math.random`. */
  readonly random: () => number;
  readonly pace: Pace;
  readonly validators: Validators;
}

const MAX_BYTES = 32 * 1024 * 1024;
const MAX_REDIRECTS = 3;

/** `Paperboy/1.2.3 (+mailto:me@example.org)`; arXiv and Hugging Face ask for a way to write to whoever asks. */
export function userAgent(version: string, contact: string | undefined): string {
  // A header takes no line breaks, and only Latin letters.
  const plain = contact?.replace(/[^\x20-\x7E]/g, "").trim() ?? "";
  return plain === "" ? `Paperboy/${version}` : `Paperboy/${version} (+${plain})`;
}

/** One attempt with its redirects, each of which is a request with its own turn. */
async function follow(
  kit: RequestKit,
  { origins, pace }: { origins: readonly string[]; pace: Pace },
  ask: Ask,
): Promise<Exclude<Attempt, { kind: "redirect" }>> {
  let { url } = ask;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const target = url;
    const { origin } = new URL(target);
    if (!origins.includes(origin)) return failedAsk(ask.url, `an address at ${origins.join(" or ")}`, origin);
    const turn = await pace.inTurn(target, ask.signal, (mine) => requestOnce(kit, ask, target, mine));
    if (turn.kind === "held") {
      return failedAsk(ask.url, "a host that may be asked now", `“not before ${turn.until.toISOString()}”`);
    }
    if (turn.value.kind !== "redirect") return turn.value;
    url = turn.value.to;
  }
  return failedAsk(ask.url, `an answer after at most ${MAX_REDIRECTS} redirects`, "one more");
}

/**
 * A fetcher that asks only allowed origins, one after the other as their pace says, tries again what may pass (full
 * jitter, or as long as the host asks for), follows up to three redirects, and takes no answer that is too large, too
 * slow, of another kind or of broken encoding.
 */
export function createFetcher(settings: FetchSettings, parts: FetchParts): Fetcher {
  const { timeoutMs = 30_000, maxBytes = MAX_BYTES, origins, manners = {} } = settings;
  const [firstMs, mostMs] = settings.backOffMs ?? [2000, 60_000];
  const kit: RequestKit = { ...parts, userAgent: settings.userAgent, maxBytes, timeoutMs, manners };

  const tryOften = async (ask: Ask): Promise<Fetched> => {
    const attempts = manners[new URL(ask.url).origin]?.attempts ?? settings.attempts ?? 4;
    for (let tried = 1; ; tried++) {
      const got = await follow(kit, { origins, pace: parts.pace }, ask);
      if (got.kind !== "again") return got;
      if (tried >= attempts) return failedAsk(ask.url, `an answer (asked ${tried} times)`, got.found);
      const most = Math.min(mostMs, firstMs * 2 ** (tried - 1));
      if (!got.told) await parts.clock.sleep(parts.random() * most, ask.signal);
    }
  };

  return async (ask) => {
    ask.signal.throwIfAborted();
    if (!URL.canParse(ask.url)) return failedAsk(ask.url, "a web address", "none");
    try {
      return await tryOften(ask);
    } catch (error) {
      ask.signal.throwIfAborted();
      // The keeper of turns failed, such as a database that is gone.
      return failedAsk(ask.url, "a request that can be prepared", reasonOf(error));
    }
  };
}
