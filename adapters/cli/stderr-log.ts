import { inspect } from "node:util";
import type { Log } from "../../src/log.ts";

/** A log of one entry a line on a stream: time, level, message, facts. Errors are written with their stacks. */
export function createLineLog(write: (text: string) => void, now: () => Date): Log {
  const line =
    (level: string): Log["info"] =>
    (message, fields) => {
      const facts = fields === undefined ? "" : ` ${inspect(fields, { breakLength: Infinity, depth: 4 })}`;
      write(`${now().toISOString()} ${level} ${message}${facts}\n`);
    };
  return { info: line("info"), warn: line("warn"), error: line("error") };
}
