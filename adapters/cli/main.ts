#!/usr/bin/env node
// oxlint-disable-next-line import/no-unassigned-import -- it sets the process's zone and gives nothing.
import "./utc.ts";
import { readFileSync } from "node:fs";
import { runProgram } from "./program.ts";
import { projectRoot } from "./settings.ts";

/** A reader that goes away (`paperboy search x | head -1`) is no failure. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const { version } = JSON.parse(readFileSync(`${projectRoot()}/package.json`, "utf8")) as { version: string };

process.exitCode = await runProgram({
  argv: process.argv.slice(2),
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  version,
});
