/** One line for the operator. `fields` are facts for searching the log; no token may ever be among them. */
type LogLine = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** Where operators read what happened. The composition root decides where the lines go; tests collect them. */
export interface Log {
  readonly info: LogLine;
  readonly warn: LogLine;
  readonly error: LogLine;
}
