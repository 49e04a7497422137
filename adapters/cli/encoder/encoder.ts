import type { Writable } from "node:stream";
import type { DownloadProgress } from "../../../src/library/encoder/hub.ts";
import type { Manifest } from "../../../src/library/encoder/install.ts";
import { encoderStatus, installEncoder, removeEncoder } from "../../../src/library/encoder/install.ts";
import { userAgent } from "../../../src/sources/fetch/fetcher.ts";
import { escapeTerminal } from "../../terminal/escape.ts";
import type { EncoderOrder } from "../orders/encoder-order.ts";
import { encoderAt, encoderHome, installedEncoder } from "./encoder-place.ts";
import type { Settings } from "../settings/settings.ts";
import type { ExitCode, Surroundings } from "../surroundings.ts";

const BAR = 24;

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

function drawBytes(stderr: Writable): DownloadProgress {
  return (done, all) => {
    const filled = Math.round((BAR * done) / all);
    const bar = `${"█".repeat(filled)}${"░".repeat(BAR - filled)}`;
    stderr.write(`\r\u001b[2K${bar} ${megabytes(done)} of ${megabytes(all)} MB`);
  };
}

/** Where an encoder came from, and the sums that its files were checked against. */
function manifestLines({ name, from, revision, files }: Manifest, folder: string): string[] {
  const at = revision === undefined ? "" : `, revision ${revision}`;
  return [
    `${name}, from ${from}${at}, in ${folder}`,
    ...files.map(
      ({ path, size, sum }) =>
        `  ${path}: ${size} bytes, ${sum.kind === "git" ? "git's SHA-1" : "SHA-256"} ${sum.hex}`,
    ),
  ];
}

/** Installs an encoder, tells of it, or removes it. Needs neither the papers nor the database. */
export async function runEncoder(
  order: EncoderOrder,
  { library: { state, encoder }, hubUrl }: Settings,
  { stdout, stderr, version }: Surroundings,
): Promise<ExitCode> {
  const home = { state, home: encoderHome(state) };
  const write = (lines: readonly string[]): void =>
    void stdout.write(lines.map((line) => `${escapeTerminal(line)}\n`).join(""));
  const folder = installedEncoder(state);
  if (order.action === "remove") {
    const removed = await removeEncoder(home);
    write([
      removed
        ? `Removed the encoder, what ran it and what it made from ${state}.`
        : "No encoder is installed.",
    ]);
    return removed ? 0 : 1;
  }
  const stop = new AbortController();
  if (order.action === "install") {
    const interactive = stderr.isTTY === true;
    const hub = { url: hubUrl, userAgent: userAgent(version, undefined), fetch, signal: stop.signal };
    try {
      await installEncoder(home, order.what, {
        hub,
        progress: interactive ? drawBytes(stderr) : () => undefined,
      });
    } finally {
      if (interactive) stderr.write("\r\u001b[2K");
    }
  }
  const { installed, missing } = await encoderStatus(home, encoderAt(folder, state).runtimeFolders);
  const used =
    encoder === undefined || encoder.folder === folder
      ? []
      : [`PAPERBOY_ENCODER names ${encoder.folder}, which is used.`];
  if (installed === undefined) {
    write(["No encoder is installed. “paperboy encoder install” fetches all-MiniLM-L6-v2.", ...used]);
    return used.length > 0 ? 0 : 1;
  }
  write([
    ...manifestLines(installed, folder),
    ...used,
    missing ?? "It reads papers while Paperboy runs; “paperboy about” says how far it is.",
  ]);
  return 0;
}
