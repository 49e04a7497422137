import { access, constants } from "node:fs/promises";
import path from "node:path";
import type { Log } from "../log.ts";
import type { IndexOptions } from "../search/embedded/embedded-index.ts";
import type { Encoder } from "../search/meaning/encoder.ts";
import { createModelEncoder } from "../search/meaning/model/model-encoder.ts";
import type { ModelPlace } from "../search/meaning/model/open-model.ts";
import { createWordTable } from "../search/meaning/word-table.ts";

/** Where a sentence encoder lies, and where what runs it is looked for. */
export type EncoderPlace = ModelPlace;

/** What lets meaning take part in searches. */
export interface MeaningSettings {
  /** Folder of the word vectors, only read; without one only words count. */
  readonly meaning?: string;
  /** A sentence encoder that takes part too, and where what runs it is looked for. */
  readonly encoder?: EncoderPlace;
}

/** In the state folder: the vectors that an encoder made. They can be made again, which takes some 20 ms a paper. */
export const VECTORS_FILE = "papers.vectors";

/** What an index is made with, and the encoder in it. */
export interface Meant {
  readonly options: Pick<IndexOptions, "table" | "model">;
  readonly encoder: Encoder | undefined;
}

/** Says so where the word vectors are missing or may not be read: searches then go by words alone. */
export async function tellWithoutMeaning({ meaning }: MeaningSettings, log: Log): Promise<void> {
  if (meaning === undefined) return;
  const missing = await access(path.join(meaning, "table.i8"), constants.R_OK).catch(
    (error: unknown) => error,
  );
  if (missing instanceof Error)
    log.warn(
      `The word vectors in ${meaning} cannot be read, so searches go by words alone: ${missing.message}. Install Paperboy again to have them back`,
    );
}

/** What the settings let take part in searches, with the vectors of an encoder kept in the state folder. */
export function meaningOf(
  { meaning, encoder: place }: MeaningSettings,
  { state, log }: { readonly state: string; readonly log: Log },
): Meant {
  const encoder = place === undefined ? undefined : createModelEncoder(place);
  const table = meaning === undefined ? {} : { table: createWordTable(meaning) };
  if (encoder === undefined) return { options: table, encoder };
  const tell = (problem: string): void =>
    log.warn(`The sentence encoder takes no part in searches as it should: ${problem}`);
  return { options: { ...table, model: { encoder, file: path.join(state, VECTORS_FILE), tell } }, encoder };
}
