import { readFile, readlink } from "node:fs/promises";

/** Numbers of processes are given anew; these two tell whether it is still the same process. */
export interface ProcessIdentity {
  /** The start of the machine and the set of processes that the number counts in (a container has its own). */
  readonly place: string;
  /** When the process started, in ticks since the machine did; field 22 of /proc/PID/stat (proc_pid_stat(5)). */
  readonly start: string;
}

const START_FIELD = 22;

/** The start of a process of this place; undefined where there is none of this number, or no /proc. */
async function startOf(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The second field is the program's name in brackets, which may hold brackets and spaces.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields[START_FIELD - 3];
}

async function findPlace(): Promise<string | undefined> {
  try {
    const boot = (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
    return `${boot}/${(await readlink("/proc/self/ns/pid")).replaceAll(/\D/g, "")}`;
  } catch {
    return undefined;
  }
}

/** Which process has this number now; undefined where there is none, or where the system does not tell (not Linux). */
export async function identityOf(pid: number): Promise<ProcessIdentity | undefined> {
  const [place, start] = await Promise.all([findPlace(), startOf(pid)]);
  return place === undefined || start === undefined ? undefined : { place, start };
}

/** Whether a process of this number runs on this machine, whichever it is. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's process, which runs.
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}
