import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, readdir } from "node:fs/promises";
import { devNull } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { hasRealEncoder, realEncoder } from "../support/real-encoder.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const root = path.resolve(import.meta.dirname, "../..");
const program = path.join(root, "dist/adapters/cli/main.js");

/** A state folder, and a program that is run there again and again. */
async function place(settings: Readonly<Record<string, string>>) {
  const state = path.join(await temporaryFolder(), "state");
  const env = {
    PATH: process.env["PATH"],
    PAPERBOY_ENV_FILE: devNull,
    PAPERBOY_LOG_FORMAT: "text",
    PAPERBOY_STATE: state,
    ...settings,
  };
  const start = (...argv: string[]) => {
    const child = spawn(process.execPath, [program, ...argv], { env });
    const said = { out: "", log: "" };
    child.stdout.on("data", (chunk: Buffer) => (said.out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (said.log += chunk.toString()));
    return { child, said };
  };
  const run = async (...argv: string[]) => {
    const { child, said } = start(...argv);
    const [code] = (await once(child, "close")) as [number];
    return { code, ...said };
  };
  return { state, start, run };
}

describe("a program whose PAPERBOY_ENCODER", () => {
  it("cannot run says what to mend, and answers by words and the table", async () => {
    const { run } = await place({ PAPERBOY_ENCODER: path.join(path.dirname(program), "nowhere") });
    const { code, out, log } = await run("search", "graph", "networks");
    expect(code).toBe(0);
    expect(out).toMatch(/papers for “graph networks”/);
    expect(log).toMatch(/takes no part in searches as it should: There is no encoder in .*nowhere/);
    const about = await run("about");
    expect(about.out.replaceAll(/\s+/g, " ")).toContain(
      "Meaning: a sentence encoder is installed, but cannot run",
    );
    expect(about.code).toBe(0);
  });

  it("is off, or not there, has no encoder", async () => {
    const { run } = await place({ PAPERBOY_ENCODER: "off" });
    expect((await run("about")).out).not.toContain("Meaning:");
  });
});

describe.skipIf(!hasRealEncoder)("a program with all-MiniLM-L6-v2", () => {
  it(
    "has it read papers while it runs, goes on after it was killed, and answers with it",
    { timeout: 600_000 },
    async () => {
      const pages = await temporaryFolder();
      const page = "004_04495877710f5129.txt";
      await copyFile(path.join(root, "data/pages", page), path.join(pages, page));
      const { run, start } = await place({
        PAPERBOY_PAGES: pages,
        PAPERBOY_ENCODER: realEncoder.folder,
        NODE_PATH: path.join(realEncoder.runtime, "node_modules"),
      });
      const papers = Number(/knows (\d+) papers/.exec((await run("about")).out)?.[1]);
      const first = start();
      await expect
        .poll(() => first.said.log, { timeout: 120_000 })
        .toMatch(/all-MiniLM-L6-v2 reads \d+ papers/);
      first.child.kill("SIGKILL");
      await once(first.child, "close");
      const second = start();
      await expect.poll(() => second.said.log, { timeout: 500_000 }).toMatch(/has read all papers/);
      expect(Number(/reads (\d+) papers/.exec(second.said.log)?.[1])).toBeLessThan(papers);
      second.child.stdin.end("exit\n");
      expect(await once(second.child, "close")).toEqual([0, null]);
      // A machine that has much to do may answer once without the encoder.
      const answer = async () => (await run("search", "footballers", "training")).out.replaceAll(/\s+/g, " ");
      await expect
        .poll(answer, { timeout: 120_000 })
        .toMatch(/1\. CoachMe: .*Close in meaning; none of the words/);
      expect((await run("about")).out.replaceAll(/\s+/g, " ")).toContain(
        `has read ${papers} of ${papers} papers; it takes part`,
      );
    },
  );

  it(
    "lets onnxruntime 1.30 report to nobody: no id of the device is made",
    { timeout: 120_000 },
    async () => {
      const home = await temporaryFolder();
      const { start } = await place({
        HOME: home,
        PAPERBOY_ENCODER: realEncoder.folder,
        NODE_PATH: path.join(realEncoder.runtime, "node_modules"),
      });
      const { child, said } = start();
      await expect.poll(() => said.log, { timeout: 90_000 }).toMatch(/all-MiniLM-L6-v2 reads \d+ papers/);
      child.stdin.end("exit\n");
      await once(child, "close");
      expect(
        (await readdir(home, { recursive: true })).filter((name) => /onnxruntime|deviceid/i.test(name)),
      ).toEqual([]);
    },
  );
});
