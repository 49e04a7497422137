import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { devNull, hostname, tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { withFileLock } from "../../src/files/file-lock.ts";
import { identityOf } from "../../src/files/process-identity.ts";
import type { StoredPart } from "../../src/library/record/stored-file.ts";
import { openStored, readStored } from "../../src/library/record/stored-file.ts";
import { UserError } from "../../src/user-error.ts";
import { programSpawn, runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const librarySource = new URL("../../dist/src/library/library.js", import.meta.url).href;
const program = fileURLToPath(new URL("../../dist/adapters/cli/main.js", import.meta.url));

/** Runs a process to its end; what it wrote on its error stream. */
async function run(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  const [stderr] = await Promise.all([text(child.stderr), once(child, "close")]);
  return stderr;
}

/** The number of a process that has ended. */
function endedProcess(): number {
  return spawnSync(process.execPath, ["-e", ""]).pid;
}

async function stored(folder: string) {
  const parts: StoredPart[] = [];
  const handle = await openStored(folder);
  if (handle !== undefined) for await (const part of readStored(handle, folder)) parts.push(part);
  await handle?.close();
  return {
    items: parts.flatMap(({ items }) =>
      items.flatMap((one) => (one.kind === "listing" ? [one.listing] : [])),
    ),
    problems: parts.flatMap(({ problems }) => problems),
  };
}

describe("storing papers from several processes at once", () => {
  it("loses none of them, also beside a lock that a killed process left", async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, "papers.jsonl.lock"), `${endedProcess()} ${hostname()} x`);
    const settings = JSON.stringify({ pages: await temporaryFolder(), state: folder });
    const script = (name: string): string => `
      const { openLibrary } = await import(${JSON.stringify(librarySource)});
      const tell = (message) => console.error(message);
      const library = await openLibrary(${settings}, { debug() {}, info() {}, warn: tell, error: tell });
      for (let i = 0; i < 25; i++) await library.take([{ title: "${name} " + i, listedOn: "test" }]);`;
    const names = ["one", "two", "three", "four"];
    const said = await Promise.all(names.map((name) => run("--input-type=module", "-e", script(name))));
    expect(said).toEqual(["", "", "", ""]);
    const { items, problems } = await stored(folder);
    expect([new Set(items.map(({ title }) => title)).size, items.length, problems]).toEqual([100, 100, []]);
    expect(await readdir(folder)).toEqual(["papers.index", "papers.jsonl"]);
  });

  it("keeps the papers of programs that take in files at once", async () => {
    const folder = await temporaryFolder();
    const state = path.join(folder, "state");
    const files = ["a", "b", "c"].map((name) => path.join(folder, `${name}.jsonl`));
    for (const file of files) await writeFile(file, JSON.stringify({ title: `Wombats of ${file}` }));
    const env = {
      PATH: process.env["PATH"],
      PAPERBOY_ENV_FILE: devNull,
      PAPERBOY_LOG_FORMAT: "text",
      PAPERBOY_STATE: state,
    };
    const codes = files.map(async (file) => {
      const child = spawn(process.execPath, [program, "ingest", file], { env, stdio: "ignore" });
      await once(child, "close");
      return child.exitCode;
    });
    expect(await Promise.all(codes)).toEqual([0, 0, 0]);
    expect((await stored(state)).items).toHaveLength(3);
  });
});

/** A process that runs until the test ends. */
function runningProcess(): number {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  onTestFinished(() => void child.kill());
  return child.pid ?? 0;
}

describe.runIf(process.platform === "linux")("a lock whose number another program has now", () => {
  it("keeps no intake waiting", async () => {
    const state = await temporaryFolder();
    const file = path.join(state, "more.jsonl");
    await writeFile(file, '{"title": "A wombat paper"}\n');
    const pid = runningProcess();
    const { place = "" } = (await identityOf(pid)) ?? {};
    await writeFile(path.join(state, "papers.jsonl.lock"), `${pid} ${hostname()} x ${place} 1`);
    const { code, stdout } = await runProgram(["ingest", file], { PAPERBOY_STATE: state });
    expect([code, stdout]).toEqual([0, expect.stringContaining("1 new paper,")]);
  });

  it("gives way, as of every program that is gone, and one whose program lives never does", async () => {
    const here = (await identityOf(process.pid)) ?? { place: "", start: "" };
    const live = runningProcess();
    const numbers = { live, ended: endedProcess(), ours: process.pid };
    const starts = { right: (await identityOf(live))?.start ?? "", wrong: "1" };
    const places = { here: here.place, elsewhere: "another-boot/1" };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("live", "ended", "ours"),
        fc.constantFrom("right", "wrong", "untold"),
        fc.constantFrom("here", "elsewhere"),
        async (number, start, place) => {
          const file = path.join(await mkdtemp(path.join(tmpdir(), "paperboy-test-")), "file");
          const told = start === "untold" ? "" : ` ${places[place]} ${starts[start]}`;
          await writeFile(`${file}.lock`, `${numbers[number]} ${hostname()} x${told}`);
          const isAlive = number === "live" && start === "right" && place === "here";
          const times = { wait: isAlive ? 300 : 20_000, silence: 50 };
          const got = await withFileLock(file, () => Promise.resolve("done"), times).catch(String);
          expect(got).toMatch(isAlive ? /^UserError: Another program is writing/ : /^done$/);
          await rm(path.dirname(file), { recursive: true });
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("an intake", () => {
  it("waits while another program writes papers, and says so", async () => {
    const state = await temporaryFolder();
    const file = path.join(state, "more.jsonl");
    await writeFile(file, '{"title": "A wombat paper"}\n');
    let intake: Promise<unknown> | undefined;
    await withFileLock(path.join(state, "papers.jsonl"), async () => {
      const child = spawn(...programSpawn(["ingest", file], { PAPERBOY_STATE: state }));
      const ended = once(child, "close");
      onTestFinished(() => void child.kill());
      for await (const line of createInterface(child.stderr))
        if (line.includes("Another Paperboy is writing")) break;
      expect(child.exitCode).toBeNull();
      intake = ended;
    });
    expect(await intake).toEqual([0, null]);
  });
});

describe("a lock", () => {
  it("is waited for as long as its holder runs, and named when that is too long", async () => {
    const file = path.join(await temporaryFolder(), "file");
    const holder = `${process.ppid} ${hostname()} other`;
    await writeFile(`${file}.lock`, holder);
    const done = withFileLock(file, () => Promise.resolve("done"), { wait: 100 });
    await expect(done).rejects.toThrow(UserError);
    await expect(done).rejects.toThrow(/for more than 0\.1 s\. Try again, or remove .*file\.lock/);
    expect(await readFile(`${file}.lock`, "utf8")).toBe(holder);
  });

  it("is taken away where a program of the same number left it: in a container it is the same every time", async () => {
    const file = path.join(await temporaryFolder(), "file");
    await writeFile(`${file}.lock`, `${process.pid} ${hostname()} of an earlier life`);
    expect(await withFileLock(file, () => Promise.resolve("done"), { wait: 100 })).toBe("done");
  });

  it("is waited for when this program itself holds it", async () => {
    const file = path.join(await temporaryFolder(), "file");
    await withFileLock(file, async () => {
      await expect(withFileLock(file, () => Promise.resolve("done"), { wait: 100 })).rejects.toThrow(
        UserError,
      );
    });
    expect(await withFileLock(file, () => Promise.resolve("done"), { wait: 100 })).toBe("done");
  });

  it("is taken away by one program at a time, and again when that one was killed meanwhile", async () => {
    const file = path.join(await temporaryFolder(), "file");
    await writeFile(`${file}.lock`, `${endedProcess()} ${hostname()} x`);
    await writeFile(`${file}.lock.stale`, "");
    await expect(withFileLock(file, () => Promise.resolve("done"), { wait: 100 })).rejects.toThrow(UserError);
    const before = Date.now() / 1000 - 60;
    await utimes(`${file}.lock.stale`, before, before);
    expect(await withFileLock(file, () => Promise.resolve("done"), { wait: 200 })).toBe("done");
    expect(await readdir(path.dirname(file))).toEqual([]);
  });

  it("of another machine holds as long as it is touched, whatever processes run here, and no longer", async () => {
    const file = path.join(await temporaryFolder(), "file");
    await writeFile(`${file}.lock`, `${endedProcess()} another.machine x`);
    const done = () => Promise.resolve("done");
    await expect(withFileLock(file, done, { wait: 100 })).rejects.toThrow(UserError);
    let touched = 0;
    const touching = setInterval(() => void utimes(`${file}.lock`, ++touched, touched), 10);
    await expect(withFileLock(file, done, { wait: 2000, silence: 1000 })).rejects.toThrow(UserError);
    clearInterval(touching);
    expect(await withFileLock(file, done, { wait: 10_000, silence: 100 })).toBe("done");
  });

  it("is touched as long as it is held", async () => {
    const file = path.join(await temporaryFolder(), "file");
    const written = async () => (await stat(`${file}.lock`)).mtimeMs;
    await withFileLock(
      file,
      async () => {
        const first = await written();
        await vi.waitFor(async () => expect(await written()).toBeGreaterThan(first), { timeout: 10_000 });
      },
      { beat: 10 },
    );
  });

  it("that was never written is taken away after a while", async () => {
    const file = path.join(await temporaryFolder(), "file");
    await writeFile(`${file}.lock`, "");
    await expect(withFileLock(file, () => Promise.resolve("done"), { wait: 100 })).rejects.toThrow(UserError);
    const before = Date.now() / 1000 - 60;
    await utimes(`${file}.lock`, before, before);
    expect(await withFileLock(file, () => Promise.resolve("done"), { wait: 100 })).toBe("done");
  });

  it("is given back when the work fails", async () => {
    const file = path.join(await temporaryFolder(), "file");
    await expect(withFileLock(file, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await withFileLock(file, () => Promise.resolve("done"), { wait: 100 })).toBe("done");
  });
});
