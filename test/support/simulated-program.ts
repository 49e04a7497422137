import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { devNull, tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { TestClock } from "../fakes/sources/clock.ts";
import { seedIndex } from "./prepared-index.ts";
import type { Report, Step } from "./simulated-time.ts";

const dist = (file: string): string => fileURLToPath(new URL(`../../dist/${file}`, import.meta.url));

/** The compiled program in a process of its own, in which time passes only as the test says. */
export interface SimulatedProgram {
  /** Its error stream so far, line by line. */
  readonly log: () => readonly string[];
  /** Every address it connected to, `127.0.0.1:4000`. */
  readonly connected: ReadonlySet<string>;
  /** Resolves once a line of the log contains a text; rejects when the program ends before. */
  readonly said: (text: string) => Promise<void>;
  /** Lets time pass up to an instant, from one due timer to the next; with the clock of the test, which fakes share. */
  readonly advanceTo: (instant: string) => Promise<void>;
  /** Sets the clock of its machine, and that of the test with it; no time passes. */
  readonly setClock: (instant: string) => Promise<void>;
  /** Lets time pass while the process is at rest, as one that is stopped: what became due meanwhile is late. */
  readonly restUntil: (instant: string) => Promise<void>;
  /** Ends it at once, as a crash or a power cut does. */
  readonly kill: () => Promise<void>;
  /** Asks it to end, as whatever runs it would; resolves with the exit code. */
  readonly stop: () => Promise<number | null>;
}

const PROGRAM = [
  process.execPath,
  "--import",
  dist("test/support/simulated-time.js"),
  dist("adapters/cli/main.js"),
];

/**
 * Starts the program at the time of the clock, with these settings and no others. It is killed when the test ends. With
 * `fileLimit` no file that it writes can become longer than so many times 1024 bytes: writing more is an error of the disk.
 */
export function startSimulated(
  clock: TestClock,
  settings: Record<string, string>,
  { fileLimit = "unlimited" }: { readonly fileLimit?: number | "unlimited" } = {},
): SimulatedProgram {
  const { PAPERBOY_STATE: state, PAPERBOY_PAGES: pages } = settings;
  if (state !== undefined && pages === undefined && fileLimit === "unlimited") seedIndex(state);
  const child = spawn("bash", ["-c", `ulimit -f ${fileLimit}; exec "$@"`, "bash", ...PROGRAM], {
    cwd: tmpdir(),
    env: {
      PATH: process.env["PATH"],
      PAPERBOY_ENV_FILE: devNull,
      PAPERBOY_LOG_FORMAT: "text",
      SIMULATED_TIME: clock.now().toISOString(),
      ...settings,
    },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "close");
  let text = "";
  child.stderr?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const connected = new Set<string>();

  /** Sets the clocks, and waits until all that became due is done; answers when the next is. */
  const step = (at: number, how?: Step["how"]): Promise<number> =>
    new Promise((resolve, reject) => {
      clock.set(new Date(at).toISOString());
      const gone = (): void => reject(new Error(`the program has ended:\n${text}`));
      child.once("close", gone).once("message", ({ connected: addresses, next = Infinity }: Report) => {
        child.off("close", gone);
        for (const address of addresses) connected.add(address);
        resolve(next);
      });
      child.send({ at, ...(how && { how }) });
    });
  return {
    log: () => text.split("\n").slice(0, -1),
    connected,
    async said(wanted) {
      while (!text.includes(wanted)) {
        if (child.stderr === null) throw new Error("the program has no log");
        await Promise.race([once(child.stderr, "data"), ended]);
        if (hasEnded(child)) throw new Error(`the program has ended:\n${text}`);
      }
    },
    async advanceTo(instant) {
      const until = Date.parse(instant);
      for (let next = clock.now().getTime(); next <= until;) next = await step(next);
      if (clock.now().getTime() < until) await step(until);
    },
    setClock: async (instant) => void (await step(Date.parse(instant), "set")),
    restUntil: async (instant) => void (await step(Date.parse(instant), "rest")),
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    async stop() {
      child.kill("SIGTERM");
      await ended;
      return child.exitCode;
    },
  };
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;
