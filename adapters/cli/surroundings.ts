import { randomUUID } from "node:crypto";
import type { Readable, Writable } from "node:stream";
import { createColors } from "picocolors";
import type { Reply } from "../../src/bot/reply.ts";
import type { Look } from "../terminal/render.ts";

/** A stream that may be a terminal. */
type Terminal<Stream> = Stream & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

/** The process as the program sees it, so that tests can run it inside theirs. */
export interface Surroundings {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: Terminal<Readable>;
  readonly stdout: Terminal<Writable>;
  readonly stderr: Terminal<Writable>;
  readonly version: string;
}

/** The time of this machine. */
export const now = (): Date => new Date();
/** What an error is found under in the log. */
export const newReference = (): string => randomUUID().slice(0, 8);

/** 0 went well, 1 failed or not there, 2 wrong use. */
export type ExitCode = 0 | 1 | 2;

/** Lines longer than this are hard to read, however wide the window. */
const MAX_WIDTH = 100;

/** Colour only on a terminal that has it, never against NO_COLOR (no-color.org); FORCE_COLOR insists. */
export function lookOf(stream: Terminal<Writable>, env: NodeJS.ProcessEnv): Look {
  const forced = Boolean(env["FORCE_COLOR"]) && env["FORCE_COLOR"] !== "0";
  const capable = stream.isTTY === true && env["TERM"] !== "dumb";
  const enabled = !env["NO_COLOR"] && (forced || capable);
  return {
    colors: createColors(enabled),
    width: Math.min(stream.columns ?? 80, MAX_WIDTH),
    ...(stream.isTTY === true && stream.rows !== undefined ? { rows: stream.rows } : {}),
  };
}

/** Writes an answer as data. */
export function printJson(stdout: Writable, data: Reply["data"]): void {
  stdout.write(`${JSON.stringify(data, undefined, 2)}\n`);
}
