import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rm, stat } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../../user-error.ts";

/** Hugging Face's hub. */
export const HUB_URL = "https://huggingface.co";

/** The hub answers with addresses of its stores of large files, cdn-lfs.hf.co and cas-bridge.xethub.hf.co among them. */
const HUB_STORES = /^https:\/\/(?:[a-z0-9-]+\.)+(?:hf\.co|huggingface\.co)$/;

const MAX_REDIRECTS = 5;

/** Larger lists are none of a model's files. */
const MAX_LIST_BYTES = 4 * 1024 * 1024;

/** Larger files are none of the encoders that are known by name. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** How long one waits for the next bytes, in milliseconds. */
const SILENCE = 60_000;

/** A file of a model as the hub states it. */
export interface HubFile {
  readonly path: string;
  readonly size: number;
  /** Of large files the SHA-256, of small ones that of git: SHA-1 of `blob <size>`, a zero byte and the content. */
  readonly sum: { readonly kind: "sha256" | "git"; readonly hex: string };
}

/** Where files come from, and who asks. */
export interface Hub {
  readonly url: string;
  readonly userAgent: string;
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
}

/** How far a download is, in bytes of all files. */
export type DownloadProgress = (done: number, all: number) => void;

const reasonOf = (error: unknown): string => {
  const deeper = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return deeper instanceof Error ? deeper.message : String(deeper);
};

/** An answer, after redirects to hosts that may be asked. A UserError says what came in its place. */
async function ask(
  hub: Hub,
  address: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const home = new URL(hub.url).origin;
  let url = new URL(address);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const stores = home === HUB_URL && HUB_STORES.test(url.origin);
    if (url.origin !== home && !stores)
      throw new UserError(`${address} leads to ${url.origin}, which may not be asked: only ${home} may.`);
    const response = await hub
      .fetch(url, {
        redirect: "manual",
        headers: { "user-agent": hub.userAgent, ...headers },
        signal: AbortSignal.any([hub.signal, AbortSignal.timeout(30 * SILENCE)]),
      })
      .catch((error: unknown) => {
        throw new UserError(
          `${url.origin} cannot be asked: ${reasonOf(error)}. Try again later; what was fetched is kept.`,
        );
      });
    const to = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || to === null) {
      if (response.ok) return response;
      await response.body?.cancel();
      throw new UserError(
        `${address} was answered with status ${response.status}. Try again later; what was fetched is kept.`,
      );
    }
    await response.body?.cancel();
    url = new URL(to, url);
  }
  throw new UserError(`${address} leads on and on; at most ${MAX_REDIRECTS} times are followed.`);
}

async function readJson(hub: Hub, address: string): Promise<unknown> {
  const response = await ask(hub, address);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_LIST_BYTES) throw new UserError(`${address} gave more than ${MAX_LIST_BYTES} bytes.`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new UserError(`${address} gave no JSON.`);
  }
}

type Fields = Readonly<Record<string, unknown>>;

function hubFile(address: string, name: string, entry: Fields | undefined): HubFile {
  const lfs = entry?.["lfs"] as Fields | undefined;
  const [hex, size] = [lfs?.["oid"] ?? entry?.["oid"], entry?.["size"]];
  const kind = lfs === undefined ? "git" : "sha256";
  const fits = typeof hex === "string" && (kind === "git" ? /^[0-9a-f]{40}$/ : /^[0-9a-f]{64}$/).test(hex);
  if (!fits || typeof size !== "number" || !(size > 0))
    throw new UserError(`${address} states no size and sum of ${name}, so it is not fetched.`);
  if (size > MAX_FILE_BYTES)
    throw new UserError(
      `${address} states ${size} bytes for ${name}; at most ${MAX_FILE_BYTES} are fetched.`,
    );
  return { path: name, size, sum: { kind, hex } };
}

/** The revision that a repository is at, and its files by their sums at that revision. */
export async function listFiles(
  hub: Hub,
  repository: string,
  names: readonly string[],
): Promise<{ readonly revision: string; readonly files: readonly HubFile[] }> {
  const about = (await readJson(hub, `${hub.url}/api/models/${repository}/revision/main`)) as Fields | null;
  const revision = about?.["sha"];
  if (typeof revision !== "string" || !/^[0-9a-f]{40}$/.test(revision))
    throw new UserError(`${hub.url} does not say which revision ${repository} is at.`);
  const address = `${hub.url}/api/models/${repository}/tree/${revision}?recursive=true`;
  const tree = await readJson(hub, address);
  const entries = Array.isArray(tree) ? (tree as Fields[]) : [];
  const files = names.map((name) =>
    hubFile(
      address,
      name,
      entries.find((entry) => entry["path"] === name),
    ),
  );
  return { revision, files };
}

/** The sum of a file's content, as the hub has it. */
export async function sumOf(file: string, kind: HubFile["sum"]["kind"]): Promise<string> {
  const { size } = await stat(file);
  const hash = createHash(kind === "git" ? "sha1" : "sha256");
  if (kind === "git") hash.update(`blob ${size}\0`);
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** Fetches a file on from where it was left, and checks it against its sum; `done` counts bytes as they come. */
export async function fetchFile(
  hub: Hub,
  { address, file, stated }: { readonly address: string; readonly file: string; readonly stated: HubFile },
  done: (bytes: number) => void,
): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  let at = (await stat(file).catch(() => undefined))?.size ?? 0;
  if (at > stated.size) at = 0;
  if (at < stated.size) {
    const response = await ask(hub, address, at === 0 ? {} : { range: `bytes=${at}-` });
    if (response.status !== 206) at = 0;
    const handle = await open(file, at === 0 ? "w" : "r+", 0o600);
    try {
      done(at);
      for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
        if (at + chunk.length > stated.size)
          throw new UserError(`${address} gave more than the ${stated.size} bytes that were stated.`);
        await handle.write(chunk, 0, chunk.length, at);
        at += chunk.length;
        done(chunk.length);
      }
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw new UserError(`${address} broke off: ${reasonOf(error)}. The same command goes on from there.`);
    } finally {
      await handle.close();
    }
  } else done(at);
  if (at < stated.size) throw new UserError(`${address} broke off. The same command goes on from there.`);
  const found = await sumOf(file, stated.sum.kind);
  if (found === stated.sum.hex) return;
  await rm(file, { force: true });
  throw new UserError(
    `${address} has the sum ${found}, not ${stated.sum.hex} as the hub states, and was thrown away. Try again; if it stays so, tell whoever runs ${hub.url}.`,
  );
}
