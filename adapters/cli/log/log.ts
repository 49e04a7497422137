import type { Log, LogLevel } from "../../../src/log.ts";
import { LOG_LEVELS } from "../../../src/log.ts";
import { currentReference } from "../../../src/reference.ts";
import { createJsonSink } from "./json-sink.ts";
import type { Sink } from "./text-sink.ts";
import { createTextSink } from "./text-sink.ts";

/** `auto`: for people where the log goes to a terminal, for programs where it goes anywhere else. */
export const LOG_FORMATS = ["auto", "json", "text"] as const;

/** What is logged, and how. */
export interface LogSettings {
  /** Lines that matter less are left out. */
  readonly level: LogLevel;
  readonly format: (typeof LOG_FORMATS)[number];
  /** Texts that must not stand in the log, whoever says them: tokens and keys. */
  readonly secrets: readonly string[];
}

/** A stream that lines are written to. */
interface Stream {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

/** What is left of a secret, and the least length of one: shorter texts are no secrets and stand in many words. */
const HIDDEN = "…";
const LEAST = 6;

/** Nothing to hide is known before the settings are read. */
const BEGINNING: LogSettings = { level: "info", format: "auto", secrets: [] };

/** The log of the program, and how its settings are given to it once they are read. */
export interface ProgramLog {
  readonly log: Log;
  readonly configure: (settings: LogSettings) => void;
}

/**
 * A log on a stream. Each line has the reference of the request that it comes of. Whoever logs leaves secrets out; should
 * one be among what a library says, it is taken out here.
 */
export function createProgramLog(stream: Stream, now: () => Date): ProgramLog {
  let { level, format, secrets } = BEGINNING;
  const write = (text: string): void => {
    stream.write(secrets.reduce((left, secret) => left.replaceAll(secret, HIDDEN), text));
  };
  const sinks: Readonly<Record<"json" | "text", Sink>> = {
    json: createJsonSink(write, now),
    text: createTextSink(write, now),
  };
  const line =
    (of: LogLevel): Log["info"] =>
    (message, fields = {}) => {
      if (LOG_LEVELS.indexOf(of) < LOG_LEVELS.indexOf(level)) return;
      const reference = currentReference();
      const form = format === "auto" ? (stream.isTTY === true ? "text" : "json") : format;
      sinks[form](of, message, reference === undefined ? fields : { reference, ...fields });
    };
  return {
    log: { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") },
    configure(settings) {
      ({ level, format } = settings);
      secrets = settings.secrets.filter(({ length }) => length >= LEAST);
    },
  };
}
