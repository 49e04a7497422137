import { StorageError } from "./storage-error.ts";
import type { ButtonTexts, Once, Store } from "./store.ts";

/** Texts kept in memory at most while the database cannot keep them. */
const KEPT = 1000;

/** Buttons that go on for as long as the process runs where their texts cannot be stored. */
function withMemory(buttons: ButtonTexts): ButtonTexts {
  const texts = new Map<string, string>();
  return {
    async keep(key, text) {
      try {
        await buttons.keep(key, text);
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        if (texts.size >= KEPT) texts.delete(texts.keys().next().value ?? "");
        texts.set(key, text);
      }
    },
    async recall(key) {
      try {
        return (await buttons.recall(key)) ?? texts.get(key);
      } catch (error) {
        if (!(error instanceof StorageError) || !texts.has(key)) throw error;
        return texts.get(key);
      }
    },
  };
}

/** What is done once goes on for each process alone where it cannot be stored: an answer is worth more than a doubled one. */
function withOwnClaims(once: Once, now: () => Date): Once {
  const until = new Map<string, number>();
  return {
    async claim(key, milliseconds) {
      try {
        return await once.claim(key, milliseconds);
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        const at = now().getTime();
        for (const [other, end] of until) if (end <= at || end > at + milliseconds) until.delete(other);
        if (until.has(key)) return false;
        until.set(key, at + milliseconds);
        return true;
      }
    },
    async release(key) {
      until.delete(key);
      await once.release(key);
    },
  };
}

/**
 * A guarded store for what answers people: where the database fails, the process remembers by itself what buttons mean and
 * which events were answered, so that searches go on. That ends with the process; all else fails as it does.
 */
export function rememberMeanwhile(store: Store, now: () => Date): Store {
  return { ...store, buttons: withMemory(store.buttons), once: withOwnClaims(store.once, now) };
}
