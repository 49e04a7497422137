import { createHash } from "node:crypto";
import type { Invocation } from "../reply.ts";

/** An invocation as short text: `search?query=dinov2&page=2`. */
function formatInvocation({ command, args }: Invocation): string {
  return `${command}?${new URLSearchParams(args).toString()}`;
}

/** Reads what `formatInvocation` wrote; undefined for other text. */
function parseInvocation(text: string): Invocation | undefined {
  const [, command, query = ""] = /^([a-z]+(?: [a-z]+)?)\?(.*)$/s.exec(text) ?? [];
  return command === undefined
    ? undefined
    : { command, args: Object.fromEntries(new URLSearchParams(query)) };
}

/** Where invocations are kept that are too long for a button. */
export interface InvocationMemory {
  /** Keeps a text under a key, also over a restart. */
  readonly keep: (key: string, text: string) => Promise<void>;
  /** The text under a key; undefined when it was never kept, or so long ago that it is gone. */
  readonly recall: (key: string) => Promise<string | undefined>;
}

const KEPT = "#";

/** The text of a button of at most `limit` characters: the invocation itself, or the key under which it is kept. */
export async function shorten(
  invocation: Invocation,
  limit: number,
  memory: InvocationMemory,
): Promise<string> {
  const text = formatInvocation(invocation);
  if (text.length <= limit) return text;
  const key = createHash("sha256").update(text).digest("base64url").slice(0, 22);
  await memory.keep(key, text);
  return KEPT + key;
}

/** The invocation behind a button's text; undefined when it is outdated or not ours. */
export async function expand(text: string, memory: InvocationMemory): Promise<Invocation | undefined> {
  const whole = text.startsWith(KEPT) ? await memory.recall(text.slice(KEPT.length)) : text;
  return whole === undefined ? undefined : parseInvocation(whole);
}
