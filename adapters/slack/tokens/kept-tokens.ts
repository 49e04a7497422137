import type { Installation } from "@slack/bolt";
import type { Installations } from "../../../src/store/store.ts";

/** An installation, and the text that it is kept as. */
export interface Kept {
  readonly text: string;
  readonly installation: Installation;
}

/** Installations by their ids. */
export interface KeptTokens {
  readonly read: (id: string) => Promise<Kept | undefined>;
  /**
   * Keeps what came of an installation, unless it was installed again meanwhile. Where that cannot be stored it is kept in
   * memory until it can: a refresh token that was used up comes back no more.
   */
  readonly replace: (id: string, before: Kept, text: string) => Promise<void>;
}

const parse = (text: string): Kept => ({ text, installation: JSON.parse(text) as Installation });

export function createKeptTokens(installations: Installations): KeptTokens {
  /** What could not be stored, over what was there. */
  const unstored = new Map<string, { readonly before: string; readonly text: string }>();
  const store = async (id: string, before: string, text: string): Promise<void> => {
    await installations.replace(id, before, text).then(
      () => unstored.delete(id),
      () => unstored.set(id, { before, text }),
    );
  };
  return {
    async read(id) {
      const newer = unstored.get(id);
      if (newer !== undefined) await store(id, newer.before, newer.text);
      const stored = await installations.find(id);
      if (stored === undefined) return undefined;
      const left = unstored.get(id);
      return parse(left?.before === stored ? left.text : stored);
    },
    replace: (id, { text: before }, text) => store(id, before, text),
  };
}
