import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { UserError } from "../../../user-error.ts";
import type { Encoder, EncoderFacts, MeaningVector } from "../encoder.ts";
import type { WorkerAnswer, WorkerQuestion, WorkerStart } from "./encoder-worker.ts";
import type { ModelPlace } from "./open-model.ts";

/** What a question to a worker waits for. */
interface Waiting {
  readonly resolve: (vectors: readonly MeaningVector[]) => void;
  readonly reject: (error: Error) => void;
}

const ended = (): Error => new Error("the encoder's thread has ended");

/** A thread with a model in it. */
interface Thread {
  readonly open: Promise<EncoderFacts>;
  readonly ask: (texts: readonly string[], kind: WorkerQuestion["kind"]) => Promise<readonly MeaningVector[]>;
  readonly end: () => Promise<void>;
}

const errorOf = ({ found, mendable }: Extract<WorkerAnswer, { kind: "failed" }>): Error =>
  mendable ? new UserError(found) : new Error(found);

/** Resolves when a thread says whose vectors it makes; rejects where it ends before. */
const openingOf = (worker: Worker): Promise<EncoderFacts> =>
  new Promise((resolve, reject) => {
    worker.on("message", (answer: WorkerAnswer) => {
      if (answer.kind === "open") resolve(answer.facts);
      if (answer.kind === "failed" && answer.number === undefined) reject(errorOf(answer));
    });
    worker.on("error", reject);
    worker.on("exit", () => reject(ended()));
  });

/**
 * Forbids onnxruntime to report to its makers: from 1.29 on it sends what it does, with an id of the device that it keeps in the
 * user's cache folder, unless this is set when it is loaded (github.com/microsoft/onnxruntime/pull/27379; the second name
 * is that of other versions). A thread's own `process.env` is a copy that no library sees, so that it is set before, here.
 */
function forbidTelemetry(): void {
  process.env["ORT_DISABLE_TELEMETRY"] = "1";
  process.env["ORT_TELEMETRY_DISABLED"] = "1";
}

/** Starts a thread. It keeps the program from ending only while somebody waits for it. */
function startThread(file: URL, start: WorkerStart): Thread {
  forbidTelemetry();
  const worker = new Worker(file, { workerData: start });
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let over: Error | undefined;
  let [ending, exited] = [false, false];
  const open = openingOf(worker);
  const fail = (error: Error): void => {
    over ??= error;
    for (const { reject } of waiting.values()) reject(over);
    waiting.clear();
    if (!ending) worker.unref();
  };
  open.catch(fail);
  worker.on("message", (answer: WorkerAnswer) => {
    const number = answer.kind === "open" ? undefined : answer.number;
    const one = number === undefined ? undefined : waiting.get(number);
    if (number !== undefined) waiting.delete(number);
    if (answer.kind === "vectors") one?.resolve(answer.vectors);
    if (answer.kind === "failed") one?.reject(errorOf(answer));
    if (waiting.size === 0 && !ending) worker.unref();
  });
  worker.on("error", fail);
  worker.on("exit", () => {
    exited = true;
    fail(ended());
  });
  return {
    open,
    async ask(texts, kind) {
      if (over !== undefined) throw over;
      const number = asked++;
      worker.ref();
      worker.postMessage({ number, texts, kind } satisfies WorkerQuestion);
      return new Promise((resolve, reject) => void waiting.set(number, { resolve, reject }));
    },
    async end() {
      // It ends by itself: onnxruntime takes the whole program with it where its thread is ended while it works.
      if (exited) return;
      ending = true;
      worker.ref();
      worker.postMessage("end" satisfies WorkerQuestion | "end");
      await once(worker, "exit").catch(() => undefined);
    },
  };
}

/**
 * An encoder in ONNX form. Questions have a thread of their own, so that none waits for papers; that of papers gives way to
 * all other work, and each is started when it is needed. `worker` is the file that a thread runs.
 */
export function createModelEncoder(
  place: ModelPlace,
  worker = new URL("encoder-worker.js", import.meta.url),
): Encoder {
  let asking: Thread | undefined;
  let making: Thread | undefined;
  const toAsk = (): Thread => (asking ??= startThread(worker, { ...place, patient: false }));
  const toMake = (): Thread => (making ??= startThread(worker, { ...place, patient: true }));
  return {
    open: () => toAsk().open,
    encodePapers: (texts) => toMake().ask(texts, "paper"),
    async encodeQuery(text) {
      const [vector] = await toAsk().ask([text], "query");
      if (vector === undefined) throw new Error("a question has one vector");
      return vector;
    },
    async close() {
      const threads = [asking, making].filter((thread) => thread !== undefined);
      [asking, making] = [undefined, undefined];
      await Promise.all(threads.map((thread) => thread.end()));
    },
  };
}
