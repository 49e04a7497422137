import { randomUUID } from "node:crypto";
import { rm, stat, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { locksIn, presentIn } from "../../../src/files/process-marks.ts";
import { failure, fine, momentWords, spanWords, warning } from "../../../src/health/finding.ts";
import type { Finding } from "../../../src/health/finding.ts";
import type { Check, Patient } from "../patient.ts";

/** What package.json asks of Node: 20.19 or later. */
const NODE = [20, 19] as const;

/** The program and Node. */
export const versions: Check = {
  area: "Program",
  otherwise: "Install Paperboy again.",
  look: ({ version, node }) => {
    const [major = 0, minor = 0] = node.split(".").map(Number);
    const what = `Paperboy ${version} on Node ${node}.`;
    const isOld = major < NODE[0] || (major === NODE[0] && minor < NODE[1]);
    return Promise.resolve([isOld ? failure(what, `Install Node ${NODE.join(".")} or later.`) : fine(what)]);
  },
};

/** A lock that was not touched for longer than any work takes, in milliseconds: its holder touches it every few seconds. */
const SILENT_MS = 60_000;

/** Whether a bot runs on this state. */
export const presence: Check = {
  area: "Program",
  otherwise: "Let the user who runs Paperboy read the state folder.",
  async look({ state }) {
    const all = await presentIn(state);
    const found = all.map((one): Finding => {
      const { pid, host, since, version, serves, life, silentMs, name } = one;
      const began = momentWords(new Date(since));
      if (life === "gone")
        return warning(
          `Process ${pid}, which served from this state since ${began}, was ended without warning.`,
          "See why it was killed, such as for want of memory; its successor takes this mark away.",
        );
      const where = life === "elsewhere" ? ` on ${host}, or in another container,` : "";
      const what = `Process ${pid}${where} serves ${serves.join(", ")} from this state since ${began}, with Paperboy ${version}`;
      return life === "elsewhere" && silentMs > SILENT_MS
        ? warning(
            `${what}, but was not heard of for ${spanWords(silentMs)}.`,
            `Remove ${name} from the state folder if no Paperboy runs there.`,
          )
        : fine(`${what}.`);
    });
    return found.length === 0 ? [fine("No bot runs on this state.")] : found;
  },
};

/** Who holds locks in the state folder. */
export const locks: Check = {
  area: "State",
  otherwise: "Let the user who runs Paperboy read the state folder.",
  async look({ state }) {
    const held = await locksIn(state);
    return held.map(({ name, holder, life, silentMs }): Finding => {
      const whose =
        holder === undefined
          ? "a program that did not say its number"
          : `process ${holder.pid} on ${holder.host}`;
      const what = `${name} is held by ${whose}`;
      if (life === "gone")
        return warning(
          `${what}, which runs no more.`,
          "The next program that needs it takes it away; there is nothing to do.",
        );
      if (silentMs < SILENT_MS) return fine(`${what}, which is at work.`);
      return warning(
        `${what}, and was not touched for ${spanWords(silentMs)}.`,
        "Remove the file if no Paperboy is at work.",
      );
    });
  },
};

const MB = 1024 * 1024;
/** Below this much free space something soon fails: the index of a hundred thousand papers takes some 200 MB. */
const LITTLE = 500 * MB;
const NEARLY_NONE = 20 * MB;

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : String(error);

async function spaceFinding(state: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(state);
  const free = bavail * bsize;
  const what = `${Math.floor(free / MB)} MB of disk are free for ${state}.`;
  const todo = "Make room: papers, digests and the index are written there.";
  if (free < NEARLY_NONE) return failure(what, todo);
  return free < LITTLE ? warning(what, todo) : fine(what);
}

/** What is written to see whether there is room: a page of SQLite's. */
const PROBE = "x".repeat(4096);

async function writingFinding(state: string): Promise<Finding> {
  const probe = path.join(state, `doctor.${process.pid}.${randomUUID().slice(0, 8)}`);
  try {
    await writeFile(probe, PROBE, { flag: "wx", mode: 0o600 });
    return fine(`${state} can be written.`);
  } catch (error) {
    return failure(
      `${state} cannot be written (${codeOf(error)}): nothing can be kept and no digest sent.`,
      "Let the user who runs Paperboy write there, make room, or set PAPERBOY_STATE to another folder.",
    );
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}

const OTHERS = 0o077;

/** Whether the state folder is there, private, has room and can be written. */
export const folder: Check = {
  area: "State",
  otherwise: "Set PAPERBOY_STATE to a folder that the user who runs Paperboy can read and write.",
  async look({ state }: Patient) {
    const found = await stat(state).catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return undefined;
      throw error;
    });
    if (found === undefined) return [fine(`${state} is not there yet; it is made when something is kept.`)];
    if (!found.isDirectory())
      return [failure(`${state} is no folder.`, "Set PAPERBOY_STATE to a folder, or move the file away.")];
    const isOpen = process.platform !== "win32" && (found.mode & OTHERS) !== 0;
    return [
      await writingFinding(state),
      await spaceFinding(state),
      ...(isOpen
        ? [
            warning(
              `Others than its owner may look into ${state}.`,
              `Take their rights away: chmod 700 ${state}`,
            ),
          ]
        : []),
    ];
  },
};
