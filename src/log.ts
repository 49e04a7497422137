/** One line for the operator. `fields` are facts for searching the log; no token may ever be among them. */
type LogLine = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** How much a line matters, the least first. */
export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * Where operators read what happened. The composition root decides where the lines go; tests collect them. Those of `debug`
 * follow single requests, and are left out unless somebody asks for them.
 */
export type Log = Readonly<Record<LogLevel, LogLine>>;
