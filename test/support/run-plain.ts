import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const program = path.resolve(import.meta.dirname, "../../dist/adapters/cli/main.js");

/** Runs the compiled program in a process of its own, with nothing in its environment but the path and some settings. */
export async function runPlain(argv: readonly string[], settings: Readonly<Record<string, string>>) {
  const env = { PATH: process.env["PATH"], ...settings };
  const child = spawn(process.execPath, [program, ...argv], { env });
  const said = { out: "", log: "" };
  child.stdout.on("data", (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said.log += chunk.toString()));
  const [code] = (await once(child, "close")) as [number];
  return { code, ...said };
}
