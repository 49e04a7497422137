import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, vi } from "vitest";
import { programSpawn, runProgram } from "../support/run-program.ts";

/** The compiled program with its pages and its API. */
export interface Started {
  /** `http://127.0.0.1:PORT`. */
  readonly address: string;
  readonly state: string;
  readonly said: { log: string };
  /** Runs an order of the program on the same state folder. */
  readonly order: (...words: string[]) => ReturnType<typeof runProgram>;
  readonly end: () => Promise<void>;
}

/** Starts the program on a port that is free, on a state folder of its own, for all tests of a file. */
export async function startProgram(env: Readonly<Record<string, string>> = {}): Promise<Started> {
  const state = await mkdtemp(path.join(tmpdir(), "paperboy-test-"));
  const child = spawn(...programSpawn([], { PAPERBOY_STATE: state, PAPERBOY_WEB_PORT: "0", ...env }));
  const said = { log: "" };
  child.stderr.on("data", (chunk: Buffer) => (said.log += chunk.toString()));
  await vi.waitFor(() => expect(said.log).toMatch(/Web: pages at http:\S+\//), { timeout: 30_000 });
  return {
    address: /Web: pages at (http:\S+)\//.exec(said.log)?.[1] ?? "",
    state,
    said,
    order: (...words) => runProgram(words, { PAPERBOY_STATE: state }),
    async end() {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "close");
      await rm(state, { recursive: true, force: true });
    },
  };
}

/** What tests read of an answer. */
export interface Body {
  readonly status: number;
  readonly detail: string;
  readonly page: number;
  readonly total: number;
  readonly papers: readonly { readonly id: string; readonly title: string }[];
  readonly filters: readonly { readonly by: string; readonly query: string; readonly count: number }[];
  readonly paper: { readonly id: string };
  readonly citations: readonly Readonly<Record<string, unknown>>[];
  readonly suggestions: readonly { readonly label: string }[];
  readonly paths: Readonly<
    Record<
      string,
      {
        readonly get: { readonly summary: string; readonly parameters: readonly { readonly name: string }[] };
      }
    >
  >;
}
