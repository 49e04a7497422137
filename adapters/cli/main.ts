#!/usr/bin/env node
import { readFileSync } from "node:fs";
import nodeModule from "node:module";
import { projectRoot } from "../../src/project-root.ts";

/**
 * The zone of the process is UTC. node-cron 4.6.0 works its next run out through the clock of the host, and rests for one
 * to two hours on the night that clock goes back, whatever its `timezone` says (findings/node-cron-clock-change.sh).
 * Nothing here means the zone of the host: digests name theirs, papers and the log count in UTC.
 */
process.env["TZ"] = "UTC";

/** A reader that goes away (`paperboy search x | head -1`) is no failure. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const { version } = JSON.parse(readFileSync(`${projectRoot()}/package.json`, "utf8")) as { version: string };

/** From Node 22.1 on what was compiled is kept in the machine's temporary folder, unless NODE_DISABLE_COMPILE_CACHE is set. */
const keepCompiled = (): void => (nodeModule as { enableCompileCache?: () => void }).enableCompileCache?.();

const argv = process.argv.slice(2);
if (argv.length === 1 && argv[0] === "--version") {
  const { formatWords } = await import("./backup/formats.ts");
  process.stdout.write(`${version}\n${formatWords}\n`);
} else {
  keepCompiled();
  // Loaded last, for what is loaded before is not kept.
  const { runProgram } = await import("./program.ts");
  const { env, stdin, stdout, stderr } = process;
  process.exitCode = await runProgram({ argv, env, stdin, stdout, stderr, version });
}
