import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { UserError } from "../../../user-error.ts";
import type { EncoderFacts, MeaningVector } from "../encoder.ts";
import type { EncoderFolder, Pooling } from "./encoder-folder.ts";
import { MAX_MODEL_BYTES, readEncoderFolder, readJsonText } from "./encoder-folder.ts";
import type { Runtime, Session, Tensor } from "./runtime.ts";
import { loadRuntime } from "./runtime.ts";

/** Characters of a text that are looked at, for each token that is used: words have some five. */
const CHARACTERS = 32;

/** A model in memory. */
export interface OpenModel {
  readonly facts: EncoderFacts;
  readonly encode: (text: string, kind: "query" | "paper") => Promise<MeaningVector>;
}

/** Where an encoder lies and where what runs it is looked for. */
export interface ModelPlace {
  readonly folder: string;
  readonly runtimeFolders: readonly string[];
}

/** A model's outputs that are vectors of tokens, by the names in use. */
const OUTPUTS = ["last_hidden_state", "token_embeddings", "hidden_states"];

/** The vector of a text from those of its tokens [1, tokens, size]. */
function pool({ data, dims }: Tensor, pooling: Pooling): MeaningVector {
  const [, tokens = 0, size = 0] = dims;
  const numbers = data as Float32Array;
  const vector = new Float32Array(size);
  for (let at = 0; at < (pooling === "cls" ? 1 : tokens); at++)
    for (let i = 0; i < size; i++) vector[i] = (vector[i] ?? 0) + (numbers[at * size + i] ?? 0);
  let squares = 0;
  for (const number of vector) squares += number * number;
  // One that overflowed is a vector of nothing, since it is near to nothing.
  const factor = squares > 0 && Number.isFinite(squares) ? 1 / Math.sqrt(squares) : 0;
  return vector.map((number) => (factor === 0 ? 0 : number * factor));
}

/** Runs texts through a session: one at a time, since what is quantised as it comes would depend on its neighbours. */
function createRun({ onnx }: Runtime, session: Session, { pooling, maxTokens }: EncoderFolder) {
  const output = OUTPUTS.find((name) => session.outputNames.includes(name)) ?? session.outputNames[0] ?? "";
  return async (ids: readonly number[]): Promise<MeaningVector> => {
    // The last token ends a text, whatever was cut.
    const kept = ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), ids.at(-1) ?? 0];
    const tensor = (number: (id: number) => number): Tensor =>
      new onnx.Tensor(
        "int64",
        BigInt64Array.from(kept, (id) => BigInt(number(id))),
        [1, kept.length],
      );
    const inputs: Readonly<Record<string, () => Tensor>> = {
      input_ids: () => tensor((id) => id),
      attention_mask: () => tensor(() => 1),
      token_type_ids: () => tensor(() => 0),
    };
    const feeds = session.inputNames.flatMap((name) => {
      const make = inputs[name];
      return make === undefined ? [] : [[name, make()] as const];
    });
    const found = (await session.run(Object.fromEntries(feeds)))[output];
    if (found?.dims.length !== 3)
      throw new UserError(
        `The model gives ${output} the shape [${found?.dims.join(", ") ?? ""}], not one vector for each token.`,
      );
    return pool(found, pooling);
  };
}

/** The model and its tokenizer as bytes and text. */
async function readParts({ model, tokenizer, tokenizerConfig }: EncoderFolder) {
  const { size } = await stat(model);
  if (size > MAX_MODEL_BYTES)
    throw new UserError(`${model} has ${size} bytes; models of at most ${MAX_MODEL_BYTES} are opened.`);
  const [bytes, words, config] = await Promise.all([
    readFile(model),
    readJsonText(tokenizer),
    tokenizerConfig === undefined ? "{}" : readJsonText(tokenizerConfig),
  ]);
  return { bytes, words, config };
}

/** Opens the encoder of a folder. Rejects with a UserError where it, or what runs it, is missing or does not fit. */
export async function openModel({ folder, runtimeFolders }: ModelPlace): Promise<OpenModel> {
  const files = await readEncoderFolder(folder);
  const runtime = loadRuntime(runtimeFolders);
  const { bytes, words, config } = await readParts(files);
  const { name, pooling, maxTokens, prompts } = files;
  const manner = JSON.stringify({ pooling, maxTokens, prompts });
  const hash = createHash("sha256").update(bytes).update(words).update(config).update(manner);
  try {
    const tokenizer = new runtime.tokenizers.Tokenizer(
      JSON.parse(words) as object,
      JSON.parse(config) as object,
    );
    const session = await runtime.onnx.InferenceSession.create(bytes, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    });
    const run = createRun(runtime, session, files);
    const encode: OpenModel["encode"] = async (text, kind) =>
      run(tokenizer.encode(prompts[kind] + text.slice(0, maxTokens * CHARACTERS)).ids);
    const { length: dimensions } = await encode("dimensions", "paper");
    if (dimensions === 0 || dimensions % 32 !== 0)
      throw new UserError(`its vectors have ${dimensions} numbers; only multiples of 32 are known.`);
    return { facts: { name, version: hash.digest("hex").slice(0, 16), dimensions }, encode };
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new UserError(`The encoder in ${folder} cannot be used: ${found}`);
  }
}
