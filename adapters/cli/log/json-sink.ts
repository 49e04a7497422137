import { createRequire } from "node:module";
import type * as Pino from "pino";
import type { Sink } from "./text-sink.ts";

/** Characters with which a terminal can be steered and that JSON leaves as they are: DEL and the C1 set (ECMA-48). */
const STEERING = /[\u007f-\u009f]/g;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * Entries for programs, as JSON, a line each: `level`, `time` (ISO 8601), the fields, and `message`; an `error` has its type,
 * message and stack. pino is loaded with the first entry, for most commands log none, and it takes some 20 ms.
 */
export function createJsonSink(write: (text: string) => void, now: () => Date): Sink {
  let logger: Pino.Logger | undefined;
  const open = (): Pino.Logger => {
    const { pino } = createRequire(import.meta.url)("pino") as typeof Pino;
    return pino(
      {
        level: "debug",
        base: null,
        messageKey: "message",
        timestamp: () => `,"time":"${now().toISOString()}"`,
        formatters: { level: (level) => ({ level }) },
        // What adapters made of an error, without its tokens, is a plain object, and stays as it is.
        serializers: {
          error: (error: unknown) => (error instanceof Error ? pino.stdSerializers.err(error) : error),
        },
      },
      { write: (line: string) => write(line.replace(STEERING, escaped)) },
    );
  };
  return (level, message, fields) => (logger ??= open())[level](fields, message);
}
