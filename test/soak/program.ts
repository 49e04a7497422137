import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { devNull, tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import type { Leap } from "./time/leaping-time.ts";
import type { Stage } from "./stage.ts";

const PROGRAM = [
  process.execPath,
  "--import",
  path.resolve("dist/test/soak/time/leaping-time.js"),
  path.resolve("dist/adapters/cli/main.js"),
];

/** How long a start may take, in milliseconds. */
const START = 120_000;
/** How long a leap may take to arrive. */
const LEAP = 30_000;

/** The program over several lives, on one state folder. */
export interface Program {
  /** Starts it; resolves once both platforms are ready. */
  readonly start: () => Promise<void>;
  /** Asks it to end, as an operator does; resolves with the exit code. */
  readonly stop: () => Promise<number | null>;
  /** Kills it without a word. */
  readonly kill: () => Promise<void>;
  /** Tells it how far its clock is from the machine's now. */
  readonly leap: () => Promise<void>;
  readonly pid: () => number | undefined;
  /** Runs another process beside it, at the same time of the clock; gives what it complained of where it failed. */
  readonly runBeside: (args: readonly string[]) => Promise<string | undefined>;
  /** The lines of the log of all lives. */
  readonly log: () => readonly string[];
  /** Where it tells its operator how it is. */
  readonly admin: string;
}

/** What the program is started with. */
export interface ProgramParts {
  readonly stage: Stage;
  /** Its state folder. */
  readonly state: string;
  /** Settings of its surroundings. */
  readonly env: Readonly<Record<string, string>>;
  readonly tell: (text: string) => void;
}

/** Whether it is connected and does its work; false while it does not answer. */
export async function isReady({ admin }: Program): Promise<boolean> {
  try {
    return (await fetch(`${admin}/readyz`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

/** Prepares the program; it is not started yet. */
export async function createProgram({ stage, state, env: given, tell }: ProgramParts): Promise<Program> {
  const port = await freePort();
  const env = (): NodeJS.ProcessEnv => ({
    PATH: process.env["PATH"],
    PAPERBOY_ENV_FILE: devNull,
    PAPERBOY_STATE: state,
    SOAK_AHEAD_MS: String(stage.clock.aheadMs()),
    ...stage.settings,
    ...given,
  });
  const lives: string[] = [];
  let child: ChildProcess | undefined;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child === undefined) return null;
    const ending = child;
    child = undefined;
    const closed = once(ending, "close");
    ending.kill(signal);
    await closed;
    return ending.exitCode;
  };
  return {
    async start() {
      const begun = spawn(PROGRAM[0] ?? "", PROGRAM.slice(1), {
        cwd: tmpdir(),
        env: { ...env(), PAPERBOY_ADMIN_PORT: String(port) },
        stdio: ["ignore", "ignore", "pipe", "ipc"],
      });
      child = begun;
      const life = lives.push("") - 1;
      begun.stderr?.on("data", (chunk: Buffer) => {
        lives[life] += chunk.toString();
        if (/ (?:warn|error) /.test(chunk.toString())) tell(chunk.toString().trimEnd().slice(0, 400));
      });
      const until = performance.now() + START;
      while (!["Discord: ready", "Slack: ready"].every((words) => lives[life]?.includes(words))) {
        if (begun.exitCode !== null || performance.now() > until)
          throw new Error(`The program did not start: ${lives[life]}`);
        await sleep(100);
      }
    },
    stop: () => end("SIGTERM"),
    kill: async () => void (await end("SIGKILL")),
    async leap() {
      const leap: Leap = { aheadMs: stage.clock.aheadMs() };
      if (child === undefined) return;
      const heard = once(child, "message", { signal: AbortSignal.timeout(LEAP) });
      child.send(leap);
      await heard;
    },
    pid: () => child?.pid,
    async runBeside(args) {
      const [command = "", ...rest] = PROGRAM;
      const beside = spawn(command, [...rest, ...args], { cwd: tmpdir(), env: env(), stdio: "pipe" });
      beside.stdin.end();
      const [, stderr] = await Promise.all([text(beside.stdout), text(beside.stderr), once(beside, "close")]);
      return beside.exitCode === 0 ? undefined : `it ended with ${beside.exitCode}: ${stderr}`;
    },
    log: () => lives.join("").split("\n"),
    admin: `http://127.0.0.1:${port}`,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
