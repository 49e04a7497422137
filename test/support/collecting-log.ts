import type { Log } from "../../src/log.ts";

/** A log that remembers its lines as `level message`. */
export function collectingLog(): { readonly log: Log; readonly lines: string[]; readonly errors: unknown[] } {
  const lines: string[] = [];
  const errors: unknown[] = [];
  const line =
    (level: string): Log["info"] =>
    (message, fields) => {
      lines.push(`${level} ${message}`);
      if (fields?.["error"] !== undefined) errors.push(fields["error"]);
    };
  return {
    log: { debug: () => undefined, info: line("info"), warn: line("warn"), error: line("error") },
    lines,
    errors,
  };
}
