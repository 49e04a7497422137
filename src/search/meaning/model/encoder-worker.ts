import { constants, platform, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { UserError } from "../../../user-error.ts";
import type { EncoderFacts, MeaningVector } from "../encoder.ts";
import type { ModelPlace } from "./open-model.ts";
import { openModel } from "./open-model.ts";

/** What a worker is told when it starts. */
export interface WorkerStart extends ModelPlace {
  /** Whether other work goes first. */
  readonly patient: boolean;
}

/** What a worker is asked; “end” that it ends as soon as the text under way is encoded. */
export interface WorkerQuestion {
  readonly number: number;
  readonly texts: readonly string[];
  readonly kind: "query" | "paper";
}

/** What a worker answers: first whose vectors it makes, then these. */
export type WorkerAnswer =
  | { readonly kind: "open"; readonly facts: EncoderFacts }
  /** `mendable` tells what the operator can mend from a fault of the program. */
  | { readonly kind: "failed"; readonly number?: number; readonly found: string; readonly mendable: boolean }
  | { readonly kind: "vectors"; readonly number: number; readonly vectors: readonly MeaningVector[] };

/** On Linux each thread has a priority of its own; elsewhere it would be that of the whole program. */
function giveWay(): void {
  try {
    if (platform() === "linux") setPriority(0, constants.priority.PRIORITY_LOW);
  } catch {
    // Where that is not allowed it goes on as all others do.
  }
}

const failure = (error: unknown, number?: number): WorkerAnswer => ({
  kind: "failed",
  ...(number === undefined ? {} : { number }),
  found: error instanceof Error ? error.message : String(error),
  mendable: error instanceof UserError,
});

async function serve(say: (answer: WorkerAnswer) => void): Promise<void> {
  const start = workerData as WorkerStart;
  if (start.patient) giveWay();
  const model = await openModel(start);
  say({ kind: "open", facts: model.facts });
  let over = false;
  parentPort?.on("message", (question: WorkerQuestion | "end") => {
    if (question === "end") {
      over = true;
      parentPort?.close();
      return;
    }
    const { number, texts, kind } = question;
    const work = async (): Promise<void> => {
      const vectors: MeaningVector[] = [];
      for (const text of texts) if (!over) vectors.push(await model.encode(text, kind));
      if (!over) say({ kind: "vectors", number, vectors });
    };
    work().catch((error: unknown) => say(failure(error, number)));
  });
}

const say = (answer: WorkerAnswer): void => parentPort?.postMessage(answer);
serve(say).catch((error: unknown) => say(failure(error)));
