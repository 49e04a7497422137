import type { InvocationMemory } from "../../src/bot/invocation-text.ts";

/** A memory that ends with the test. */
export function temporaryMemory(): InvocationMemory {
  const rows = new Map<string, string>();
  return { keep: async (key, text) => void rows.set(key, text), recall: (key) => rows.get(key) };
}
