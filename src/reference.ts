import { AsyncLocalStorage } from "node:async_hooks";

/** One request, press, slot or refresh; its reference is drawn when it is first asked for. */
interface Request {
  reference?: string;
  readonly draw: () => string;
}

const requests = new AsyncLocalStorage<Request>();

/**
 * Does work under a reference: a short text that is on every line of the log that comes of it, and in what a person is told
 * when it fails, so that the two can be brought together. Work within other work keeps the reference of that.
 */
export const underReference = <T>(draw: () => string, work: () => T): T =>
  requests.getStore() === undefined ? requests.run({ draw }, work) : work();

/** The reference of the work that this is part of; undefined outside of any. */
export function currentReference(): string | undefined {
  const request = requests.getStore();
  if (request === undefined) return undefined;
  return (request.reference ??= request.draw());
}
