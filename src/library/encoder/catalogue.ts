import type { EncoderManner } from "../../search/meaning/model/encoder-folder.ts";

/** An encoder that is known by its name: where it lies on the hub, and how it is to be run. */
export interface KnownEncoder extends EncoderManner {
  readonly name: string;
  /** Owner and name on the hub. */
  readonly repository: string;
  readonly files: readonly string[];
}

const FILES = ["onnx/model_quantized.onnx", "tokenizer.json", "tokenizer_config.json", "config.json"];

/** Encoders of which the hub has int8 forms; both were published for use by anyone (Apache-2.0 and MIT). */
export const KNOWN_ENCODERS: readonly KnownEncoder[] = [
  {
    name: "all-MiniLM-L6-v2",
    repository: "Xenova/all-MiniLM-L6-v2",
    files: FILES,
    pooling: "mean",
    maxTokens: 256,
    prompts: { query: "", paper: "" },
  },
  {
    name: "bge-small-en-v1.5",
    repository: "Xenova/bge-small-en-v1.5",
    files: FILES,
    pooling: "cls",
    maxTokens: 512,
    prompts: { query: "Represent this sentence for searching relevant passages: ", paper: "" },
  },
];
