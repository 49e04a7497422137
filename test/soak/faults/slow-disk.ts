import { execFile } from "node:child_process";
import { open, readFile, writeFile } from "node:fs/promises";
import { endianness } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

/** Run from the project's folder. */
const SOURCE = "test/soak/faults/slow-disk.c";

/** By how much each call is held up, in milliseconds: a write that waits for a disk which others use too. */
const DELAY = 50;

/** A disk that can be slow for a while. */
export interface SlowDisk {
  /** What the program is to be started with. */
  readonly env: Readonly<Record<string, string>>;
  readonly slowFor: (ms: number) => Promise<void>;
  /** Calls that were held up so far. */
  readonly heldUp: () => Promise<number>;
}

/** Prepares one; undefined where there is no C compiler or no LD_PRELOAD, so that disks stay as fast as they are. */
export async function prepareSlowDisk(folder: string): Promise<SlowDisk | undefined> {
  const [library, file] = [path.join(folder, "slow-disk.so"), path.join(folder, "slow-disk")];
  if (process.platform !== "linux" || endianness() !== "LE") return undefined;
  try {
    await promisify(execFile)("cc", ["-shared", "-fPIC", "-O2", "-o", library, SOURCE, "-ldl"]);
  } catch {
    return undefined;
  }
  await writeFile(file, Buffer.alloc(8));
  const set = async (ms: number): Promise<void> => {
    const handle = await open(file, "r+");
    const number = Buffer.alloc(4);
    number.writeInt32LE(ms);
    await handle.write(number, 0, 4, 0);
    await handle.close();
  };
  return {
    env: { LD_PRELOAD: library, SLOW_DISK_FILE: file },
    async slowFor(ms) {
      await set(DELAY);
      await sleep(ms);
      await set(0);
    },
    heldUp: async () => (await readFile(file)).readInt32LE(4),
  };
}
