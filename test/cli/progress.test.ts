import { writeFile } from "node:fs/promises";
import { devNull } from "node:os";
import path from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { runProgram } from "../../adapters/cli/program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** What `paperboy ingest` of a file of 1,200 papers writes. */
async function ingest(isTTY: boolean): Promise<{ code: number; stdout: string; stderr: string }> {
  const folder = await temporaryFolder();
  const file = path.join(folder, "many.jsonl");
  await writeFile(file, Array.from({ length: 1200 }, (_, i) => `{"title": "Wombats, part ${i}"}\n`).join(""));
  const written = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") => {
    const collected = Object.assign(new PassThrough(), { isTTY });
    collected.on("data", (chunk: Buffer) => (written[name] += chunk.toString()));
    return collected;
  };
  const code = await runProgram({
    argv: ["ingest", file],
    env: {
      PAPERBOY_ENV_FILE: devNull,
      PAPERBOY_LOG_FORMAT: "text",
      PAPERBOY_STATE: path.join(folder, "state"),
    },
    stdin: new PassThrough(),
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    version: "0.1.0",
  });
  return { code, ...written };
}

describe("taking in a long file", () => {
  it("draws a bar on a terminal that grows with the bytes read, and takes it away at the end", async () => {
    const { code, stdout, stderr } = await ingest(true);
    expect([code, stdout]).toEqual([
      0,
      "many.jsonl: 1200 papers (1200 new)\n1200 new papers, 0 known better now, 0 already known.\n",
    ]);
    const [, ...drawn] = stderr.split("\r\u001b[2K");
    expect(drawn.pop()).toBe("");
    expect(drawn.map((line) => line.replace(/^[█░]{20} /, ""))).toEqual(
      [500, 1000, 1200].map((papers) => `files: ${papers} papers, many.jsonl`),
    );
    const shares = drawn.map((line) => line.lastIndexOf("█") + 1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(20);
  });

  it("draws nothing where nobody looks", async () => {
    const { stderr } = await ingest(false);
    expect(stderr).not.toContain("\r");
    expect(stderr).not.toContain("█");
  });
});
