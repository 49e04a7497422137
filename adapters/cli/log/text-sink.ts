import { inspect } from "node:util";
import type { LogLevel } from "../../../src/log.ts";

/** Where lines go: one entry each. */
export type Sink = (level: LogLevel, message: string, fields: Readonly<Record<string, unknown>>) => void;

/** Entries for people, a line each: time, level, message, facts. Errors are written with their stacks. */
export function createTextSink(write: (text: string) => void, now: () => Date): Sink {
  return (level, message, fields) => {
    const facts =
      Object.keys(fields).length === 0 ? "" : ` ${inspect(fields, { breakLength: Infinity, depth: 4 })}`;
    // Texts of files and people may hold control sequences; line ends are those of stacks.
    write(`${`${now().toISOString()} ${level} ${message}${facts}`.replace(/[^\P{Cc}\n]/gu, "")}\n`);
  };
}
