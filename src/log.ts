/** One line for the operator. `fields` are facts for searching the log; no token may ever be among them. */
export type LogLine = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** Where operators read what happened. The composition root decides where the lines go; tests collect them. */
export interface Log {
  readonly info: LogLine;
  readonly warn: LogLine;
  readonly error: LogLine;
}

/** A log that keeps nothing, for callers that have nobody to tell. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
