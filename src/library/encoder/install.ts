import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { EncoderManner } from "../../search/meaning/model/encoder-folder.ts";
import { MANIFEST_FILE, readEncoderFolder } from "../../search/meaning/model/encoder-folder.ts";
import { missingRuntime } from "../../search/meaning/model/runtime.ts";
import { UserError } from "../../user-error.ts";
import { VECTORS_FILE } from "../meaning.ts";
import type { KnownEncoder } from "./catalogue.ts";
import { KNOWN_ENCODERS } from "./catalogue.ts";
import type { DownloadProgress, Hub, HubFile } from "./hub.ts";
import { fetchFile, listFiles, sumOf } from "./hub.ts";

/** What is kept beside an installed encoder: how it is run, where it came from, and the sums that were checked. */
export interface Manifest extends EncoderManner {
  readonly name: string;
  readonly from: string;
  readonly revision?: string;
  readonly files: readonly HubFile[];
}

/** Where an encoder is installed: in `encoder` in the state folder. */
export interface EncoderHome {
  readonly state: string;
  readonly home: string;
}

const modelFolder = ({ home }: EncoderHome): string => path.join(home, "model");

/** Puts a folder in place of the installed encoder. */
async function takePlace(home: EncoderHome, made: string, manifest: Manifest): Promise<Manifest> {
  await writeFile(path.join(made, MANIFEST_FILE), `${JSON.stringify(manifest, undefined, 2)}\n`, {
    mode: 0o600,
  });
  await readEncoderFolder(made);
  const target = modelFolder(home);
  await rm(`${target}.old`, { recursive: true, force: true });
  await rename(target, `${target}.old`).catch(() => undefined);
  await rename(made, target);
  await rm(`${target}.old`, { recursive: true, force: true });
  return manifest;
}

/** Fetches an encoder from the hub; what a broken connection left is gone on with. */
async function fetchKnown(
  home: EncoderHome,
  { repository, files: names, ...known }: KnownEncoder,
  hub: Hub,
  progress: DownloadProgress,
): Promise<Manifest> {
  const { revision, files } = await listFiles(hub, repository, names);
  const folder = path.join(home.home, "downloads", `${known.name}-${revision}`);
  const all = files.reduce((sum, { size }) => sum + size, 0);
  let bytes = 0;
  for (const stated of files) {
    const address = `${hub.url}/${repository}/resolve/${revision}/${stated.path}`;
    await fetchFile(hub, { address, file: path.join(folder, stated.path), stated }, (more) => {
      bytes += more;
      progress(bytes, all);
    });
  }
  const manifest = { ...known, from: `${hub.url}/${repository}`, revision, files };
  const installed = await takePlace(home, folder, manifest);
  await rm(path.join(home.home, "downloads"), { recursive: true, force: true });
  return installed;
}

/** Copies an encoder from a folder, or from that of its model's file. */
async function copyFrom(home: EncoderHome, given: string, isFile: boolean): Promise<Manifest> {
  if (isFile && !given.endsWith(".onnx"))
    throw new UserError(
      `${given} is no model in ONNX form; name a .onnx file that lies with its tokenizer.json.`,
    );
  const beside = path.dirname(given);
  const around = path.basename(beside) === "onnx" ? path.dirname(beside) : beside;
  const found = await readEncoderFolder(isFile ? around : given);
  const { name, pooling, maxTokens, prompts, tokenizer, tokenizerConfig } = found;
  const folder = path.join(home.home, "copy");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const sources = [
    [isFile ? given : found.model, "model.onnx"],
    [tokenizer, "tokenizer.json"],
  ] as const;
  const config = tokenizerConfig === undefined ? [] : [[tokenizerConfig, "tokenizer_config.json"] as const];
  const files: HubFile[] = [];
  for (const [source, target] of [...sources, ...config]) {
    const file = path.join(folder, target);
    await copyFile(source, file);
    const { size } = await stat(file);
    files.push({ path: target, size, sum: { kind: "sha256", hex: await sumOf(file, "sha256") } });
  }
  return takePlace(home, folder, { name, pooling, maxTokens, prompts, from: path.resolve(given), files });
}

/** Installs the encoder of a name, a folder or a file. A UserError says why it cannot. */
export async function installEncoder(
  home: EncoderHome,
  given: string,
  { hub, progress }: { readonly hub: Hub; readonly progress: DownloadProgress },
): Promise<Manifest> {
  const known = KNOWN_ENCODERS.find(({ name }) => name.toLowerCase() === given.toLowerCase());
  if (known !== undefined) return fetchKnown(home, known, hub, progress);
  const found = await stat(given).catch(() => undefined);
  if (found === undefined)
    throw new UserError(
      `“${given}” is no encoder that is known, and no folder or file. Known are ${KNOWN_ENCODERS.map(({ name }) => name).join(" and ")}.`,
    );
  return copyFrom(home, given, found.isFile());
}

/** What is installed, and the command that installs what runs it where that is missing. */
export async function encoderStatus(
  home: EncoderHome,
  runtimeFolders: readonly string[],
): Promise<{ readonly installed?: Manifest; readonly missing?: string }> {
  const text = await readFile(path.join(modelFolder(home), MANIFEST_FILE), "utf8").catch(() => undefined);
  const missing = missingRuntime(runtimeFolders);
  return {
    ...(text === undefined ? {} : { installed: JSON.parse(text) as Manifest }),
    ...(missing === undefined ? {} : { missing }),
  };
}

/** Removes the installed encoder, what runs it, and what it made. False where there was none. */
export async function removeEncoder({ state, home }: EncoderHome): Promise<boolean> {
  const there = await stat(home).catch(() => undefined);
  await rm(home, { recursive: true, force: true });
  await rm(path.join(state, VECTORS_FILE), { force: true });
  return there !== undefined;
}
