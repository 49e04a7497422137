import type { Json } from "./json.ts";
import type { Receipt } from "./transport.ts";
import type { Wait } from "./watch.ts";
import type { Call, Channel, Message, View, World } from "./world.ts";

/** One thing that a person did or that happened, as the app took it. */
export interface Exchange {
  readonly id: string;
  readonly payload: Json;
  /** Events only. */
  readonly eventId: string | undefined;
  readonly acknowledged: boolean;
  /** Milliseconds until the acknowledgement, or until it was given up. */
  readonly afterMs: number;
  /** What the acknowledgement said; undefined where nothing. */
  readonly ack: unknown;
  /** HTTP only. */
  readonly status: number | undefined;
  /** Why it was not acknowledged: `timeout`, `not_connected`, `http_error`, `connection_failed`. */
  readonly failure: string | undefined;
  /** Whether the app asked not to be told again: `x-slack-no-retry`. */
  readonly refusesRetries: boolean;
  /** What a view's submission was refused for, by block id. */
  readonly errors: Readonly<Record<string, string>> | undefined;
  /** Messages that came with the acknowledgement or by response_url. */
  readonly answers: readonly Message[];
  /** What the app said in the same place since, in any way, and all that came by response_url; oldest first. */
  readonly messages: readonly Message[];
  /** Web API calls since. */
  readonly calls: readonly Call[];
  /** The modal that was opened or pushed with this exchange's trigger. */
  readonly view: View | undefined;
  /** Resolves with `messages` once there are so many (default 1). */
  replied(count?: number): Promise<readonly Message[]>;
  /** Resolves once the app opened a modal. */
  opened(): Promise<View>;
}

/** What is known of an exchange before it is delivered. */
export interface Opening {
  readonly id: string;
  readonly label: string;
  readonly payload: Json;
  readonly eventId?: string;
  readonly channel?: Channel | undefined;
  readonly callsBefore: number;
  readonly messagesBefore: number;
}

/** Follows an exchange that was delivered. */
export function followExchange(
  world: World,
  opening: Opening,
  taken: { receipt: Receipt; errors: Exchange["errors"]; patienceMs: number },
): Exchange {
  const { receipt, errors, patienceMs } = taken;
  const { answers, messages, calls, view } = traces(world, opening);
  const wait = (what: string): Wait => ({
    what: `${what} after "${opening.label}"`,
    patienceMs,
    arrived: () => `Since: ${calls().map(callText).join(", ") || "no calls"}.`,
  });
  const enough = (count: number) => (): readonly Message[] | undefined =>
    messages().length >= count ? messages() : undefined;
  return {
    id: opening.id,
    payload: opening.payload,
    eventId: opening.eventId,
    ...taking(receipt),
    errors,
    get answers() {
      return answers();
    },
    get messages() {
      return messages();
    },
    get calls() {
      return calls();
    },
    get view() {
      return view();
    },
    replied: (count = 1) => world.watch.until(enough(count), wait(`${count} messages`)),
    opened: () => world.watch.until(view, wait("a modal")),
  };
}

type Taking = Pick<Exchange, "acknowledged" | "afterMs" | "ack" | "status" | "failure" | "refusesRetries">;

function taking({ acknowledged, afterMs, body, status, failure, headers }: Receipt): Taking {
  const refusesRetries = headers?.get("x-slack-no-retry") === "1";
  return { acknowledged, afterMs, ack: body, status, failure, refusesRetries };
}

interface Traces {
  readonly answers: () => Message[];
  readonly messages: () => Message[];
  readonly calls: () => Call[];
  readonly view: () => View | undefined;
}

/** What the app left in the world since an exchange began. */
function traces(world: World, { id, channel, messagesBefore, callsBefore }: Opening): Traces {
  const here = (one: Message): boolean => one.channel === channel || one.exchangeId === id;
  return {
    answers: () => world.messages.filter((one) => one.exchangeId === id),
    messages: () => world.messages.slice(messagesBefore).filter((one) => one.from === "app" && here(one)),
    calls: () => world.calls.slice(callsBefore),
    view: () => [...world.views.values()].find((one) => one.exchangeId === id),
  };
}

/** A call in a few words: the method, and the error where there was one. */
export function callText({ method, answer }: Call): string {
  const error = answer?.["error"];
  return typeof error === "string" ? `${method} (${error})` : method;
}
