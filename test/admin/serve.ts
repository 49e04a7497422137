import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { expect, onTestFinished } from "vitest";
import { programSpawn } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A program that serves, with health and figures at a port of its own. */
export interface Served {
  readonly state: string;
  readonly log: () => string;
  readonly says: (words: string | RegExp) => Promise<void>;
  /** Asks the port of the operator for a page. */
  readonly get: (page: string) => Promise<Response>;
  /** Ends it; resolves with its exit code. */
  readonly stop: () => Promise<number | null>;
}

/** Starts the compiled program with these settings, and waits until its operator can ask it. */
export async function startServed(
  settings: Readonly<Record<string, string>>,
  state?: string,
): Promise<Served> {
  const folder = state ?? path.join(await temporaryFolder(), "state");
  const env = { PAPERBOY_STATE: folder, PAPERBOY_ADMIN_PORT: "0", ...settings };
  const child = spawn(...programSpawn([], env));
  onTestFinished(() => void child.kill("SIGKILL"));
  let log = "";
  child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const closed = once(child, "close");
  const says = async (words: string | RegExp): Promise<void> => {
    await expect.poll(() => log, { timeout: 25_000 }).toMatch(words);
  };
  await says(/health and figures at http:\/\/127\.0\.0\.1:\d+\//);
  const [address = ""] = /http:\/\/127\.0\.0\.1:\d+(?=\/)/.exec(log.slice(log.indexOf("figures at"))) ?? [];
  return {
    state: folder,
    log: () => log,
    says,
    get: (page) => fetch(`${address}${page}`),
    async stop() {
      child.kill("SIGTERM");
      await closed;
      return child.exitCode;
    },
  };
}

/** The value of a sample by its name and labels, as they stand in the text; undefined where there is none. */
export function sampleOf(text: string, name: string): number | undefined {
  const line = text.split("\n").find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
}
