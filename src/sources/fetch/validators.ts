/** What a server gave to ask it again with, so that it can answer “not modified”. */
export interface Validator {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** Keeps validators by address, over restarts or not. Forgetting one costs a download and nothing else. */
export interface Validators {
  readonly get: (url: string) => Promise<Validator | undefined>;
  readonly put: (url: string, validator: Validator) => Promise<void>;
}

/** Validators for as long as the process lives. */
export function createMemoryValidators(): Validators {
  const kept = new Map<string, Validator>();
  return {
    get: async (url) => kept.get(url),
    put: async (url, validator) => void kept.set(url, validator),
  };
}
