import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { isMissing } from "../../../files/atomic-file.ts";
import { UserError } from "../../../user-error.ts";

/** How the vectors of a text's tokens become one: their mean, or that of the token in front of them. */
export type Pooling = "mean" | "cls";

/** How texts are read, as the files beside a model say. */
export interface EncoderManner {
  readonly pooling: Pooling;
  /** Longer texts are cut. */
  readonly maxTokens: number;
  /** Written in front of what is asked and of papers; most encoders want nothing. */
  readonly prompts: { readonly query: string; readonly paper: string };
}

/** The files of an encoder. */
export interface EncoderFolder extends EncoderManner {
  readonly name: string;
  readonly model: string;
  readonly tokenizer: string;
  /** Absent where the tokenizer's own file says all. */
  readonly tokenizerConfig?: string;
}

/** Where models lie in folders as they are published, the smaller first. */
const MODEL_FILES = [
  "onnx/model_quantized.onnx",
  "model_quantized.onnx",
  "model.onnx",
  "onnx/model.onnx",
] as const;

/** What this program writes beside a model that it has fetched. */
export const MANIFEST_FILE = "paperboy-encoder.json";

/** Larger files are none that an encoder needs: the largest tokenizer.json of the models in use has some 17 MB. */
const MAX_JSON_BYTES = 64 * 1024 * 1024;

/** Larger models are none of sentences: bge-large has 1.3 GB. */
export const MAX_MODEL_BYTES = 2 * 1024 * 1024 * 1024;

/** Tokens of BERT and of most that come from it. */
const MAX_TOKENS = 512;

type Fields = Readonly<Record<string, unknown>>;

const isFile = async (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isFile(),
    (error: unknown) => {
      if (isMissing(error)) return false;
      throw new UserError(
        `The encoder's ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      );
    },
  );

/** A JSON file of an encoder, as text; a UserError where it is larger than such files are. */
export async function readJsonText(file: string): Promise<string> {
  const { size } = await stat(file);
  if (size > MAX_JSON_BYTES)
    throw new UserError(`${file} has ${size} bytes; at most ${MAX_JSON_BYTES} are read.`);
  return readFile(file, "utf8");
}

/** A JSON object of an encoder's folder; empty where there is no such file. */
async function readFields(folder: string, name: string): Promise<Fields> {
  const file = path.join(folder, name);
  if (!(await isFile(file))) return {};
  try {
    const read: unknown = JSON.parse(await readJsonText(file));
    if (typeof read === "object" && read !== null && !Array.isArray(read)) return read as Fields;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new UserError(`${file} must hold a JSON object.`);
}

const prompt = (value: unknown): string => (typeof value === "string" ? value : "");

function poolingOf(folder: string, own: Fields, pooling: Fields): Pooling {
  const told = own["pooling"];
  if (told === "mean" || told === "cls") return told;
  if (pooling["pooling_mode_cls_token"] === true) return "cls";
  if (pooling["pooling_mode_mean_tokens"] === true) return "mean";
  throw new UserError(
    `${folder} does not say how the vectors of its tokens become one. Put the model's 1_Pooling/config.json there, with pooling_mode_mean_tokens or pooling_mode_cls_token true; others are not known.`,
  );
}

/** How texts are read: as the manifest says, else the files of sentence-transformers, else as BERT does. */
async function readManner(folder: string): Promise<EncoderManner & { readonly name: string }> {
  const [own, pooling, sentences, prompts, config] = await Promise.all([
    readFields(folder, MANIFEST_FILE),
    readFields(folder, "1_Pooling/config.json"),
    readFields(folder, "sentence_bert_config.json"),
    readFields(folder, "config_sentence_transformers.json"),
    readFields(folder, "config.json"),
  ]);
  const told = (own["prompts"] ?? prompts["prompts"] ?? {}) as Fields;
  const lengths = [own["maxTokens"], sentences["max_seq_length"], config["max_position_embeddings"]];
  const maxTokens = lengths.find((length) => Number.isInteger(length) && Number(length) > 2);
  return {
    name: typeof own["name"] === "string" ? own["name"] : path.basename(path.resolve(folder)),
    pooling: poolingOf(folder, own, pooling),
    maxTokens: Math.min(Number(maxTokens ?? MAX_TOKENS), 8192),
    prompts: {
      query: prompt(told["query"]),
      paper: prompt(told["paper"] ?? told["document"] ?? told["passage"]),
    },
  };
}

/**
 * Finds the files of an encoder in its folder: a model in ONNX form, `tokenizer.json`, and what says how texts are read.
 * A UserError names what is missing.
 */
export async function readEncoderFolder(folder: string): Promise<EncoderFolder> {
  const files = MODEL_FILES.map((name) => path.join(folder, name));
  const there = await Promise.all(files.map(isFile));
  const model = files.find((_file, i) => there[i]);
  if (model === undefined)
    throw new UserError(
      `There is no encoder in ${folder}: it has none of ${MODEL_FILES.join(", ")}. “paperboy encoder install” fetches one, or set PAPERBOY_ENCODER to another folder.`,
    );
  const [tokenizer, config] = ["tokenizer.json", "tokenizer_config.json"].map((name) =>
    path.join(folder, name),
  ) as [string, string];
  if (!(await isFile(tokenizer)))
    throw new UserError(`The encoder in ${folder} has no tokenizer.json, without which it reads no text.`);
  return {
    ...(await readManner(folder)),
    model,
    tokenizer,
    ...((await isFile(config)) ? { tokenizerConfig: config } : {}),
  };
}
