import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Encoder } from "../../src/search/meaning/encoder.ts";
import { createModelEncoder } from "../../src/search/meaning/model/model-encoder.ts";

const cache =
  process.env["PAPERBOY_ENCODER_TESTS"] ??
  path.join(process.env["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache"), "paperboy-encoder-tests");

/** What test/encoder/prepare.sh makes: all-MiniLM-L6-v2, and what runs it. */
export const realEncoder = {
  folder: path.join(cache, "all-MiniLM-L6-v2"),
  runtime: path.join(cache, "runtime"),
};

/** Whether it was made; where not, tests that need it are skipped, and `.ci/run` says why. */
export const hasRealEncoder =
  existsSync(path.join(realEncoder.folder, "model.onnx")) &&
  existsSync(path.join(realEncoder.runtime, "node_modules/onnxruntime-node"));

/** Threads run what is compiled. */
const workerFile = pathToFileURL(
  path.resolve(import.meta.dirname, "../../dist/src/search/meaning/model/encoder-worker.js"),
);

/** An encoder in a folder, run by what the tests have. */
export const encoderIn = (folder: string, runtimeFolders = [realEncoder.runtime]): Encoder =>
  createModelEncoder({ folder, runtimeFolders }, workerFile);
