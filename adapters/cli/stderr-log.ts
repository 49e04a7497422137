import { inspect } from "node:util";
import type { Log } from "../../src/log.ts";

/** A log of one entry a line on a stream: time, level, message, facts. Errors are written with their stacks. */
export function createLineLog(write: (text: string) => void, now: () => Date): Log {
  const line =
    (level: string): Log["info"] =>
    (message, fields) => {
      const facts = fields === undefined ? "" : ` ${inspect(fields, { breakLength: Infinity, depth: 4 })}`;
      // Texts of files and people may hold control sequences; line ends are those of stacks.
      write(`${`${now().toISOString()} ${level} ${message}${facts}`.replace(/[^\P{Cc}\n]/gu, "")}\n`);
    };
  return { info: line("info"), warn: line("warn"), error: line("error") };
}
