import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

const cache =
  process.env["PAPERBOY_CONTAINER_TESTS"] ??
  path.join(process.env["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache"), "paperboy-container-tests");

/** What test/container/build.sh leaves: the files of the image, and what the image says of itself. */
export const imageRoot = path.join(cache, "root");
const aboutFile = path.join(cache, "image.json");

/** Whether it was built from this checkout's Dockerfile; where not, its tests are skipped, and `.ci/run` says why. */
export const hasImage = existsSync(imageRoot) && existsSync(aboutFile);

/** The configuration of an image, as Docker names its parts. */
interface ImageConfig {
  readonly User: string;
  readonly Env: readonly string[];
  readonly Entrypoint: readonly string[];
  readonly Volumes: Readonly<Record<string, object>>;
  readonly Healthcheck: { readonly Test: readonly string[] };
}

export const imageConfig = (): ImageConfig =>
  (JSON.parse(readFileSync(aboutFile, "utf8")) as { Docker: { config: ImageConfig } }).Docker.config;

/** Mounts the root so that it can only be read, the state and a temporary folder beside it, and runs a command there. */
const MOUNT = `
set -e
mount --bind "$ROOT" "$ROOT"
mount --bind "$STATE" "$ROOT/state"
mount -t tmpfs -o mode=1777 tmpfs "$ROOT/tmp"
mount --bind /dev "$ROOT/dev"
mount -t proc proc "$ROOT/proc"
mount -o remount,ro,bind "$ROOT"
exec chroot --userspec="$AS" --groups= "$ROOT" "$@"`;

/** A container of the image: its own state folder, and what is run in it. */
export interface Container {
  readonly state: string;
  /** Starts the entry point with arguments, as \`docker run\` does. */
  readonly start: (args: readonly string[], env?: Readonly<Record<string, string>>) => ChildProcess;
  /** Runs it to its end. */
  readonly run: (
    args: readonly string[],
    options?: {
      readonly input?: string;
      readonly command?: readonly string[];
      readonly env?: Readonly<Record<string, string>>;
    },
  ) => Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

/** What \`docker run --read-only --tmpfs /tmp -v STATE:/state\` would make of the image; it is taken away with the test. */
export async function createContainer(): Promise<Container> {
  const config = imageConfig();
  const [uid = 0, gid = 0] = config.User.split(":").map(Number);
  const state = await mkdtemp(path.join(tmpdir(), "paperboy-test-"));
  await chown(state, uid, gid);
  onTestFinished(() => rm(state, { recursive: true }));
  const enter = (command: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess => {
    const own = Object.fromEntries(
      config.Env.map((one) => one.split(/=(.*)/s).slice(0, 2) as [string, string]),
    );
    const child = spawn("unshare", ["--mount", "sh", "-c", MOUNT, "sh", ...command], {
      env: {
        ...own,
        PATH: process.env["PATH"],
        ROOT: imageRoot,
        STATE: state,

        AS: config.User,
        ...env,
      },
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    return child;
  };
  const start: Container["start"] = (args, env) => enter([...config.Entrypoint, ...args], env);
  return {
    state,
    start,
    async run(args, { input = "", command = [...config.Entrypoint, ...args], env = {} } = {}) {
      const child = enter(command, env);
      child.stdin?.end(input);
      const read = (stream: ChildProcess["stdout"]) => (stream === null ? Promise.resolve("") : text(stream));
      const [stdout, stderr] = await Promise.all([
        read(child.stdout),
        read(child.stderr),
        once(child, "close"),
      ]);
      return { code: child.exitCode, stdout, stderr };
    },
  };
}
