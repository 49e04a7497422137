import { createRequire } from "node:module";
import path from "node:path";
import { UserError } from "../../../user-error.ts";

/** What runs encoders. Neither is installed with this program: they take 290 MB, and most do without. */
const RUNTIME = ["onnxruntime-node@1.30.0", "@huggingface/tokenizers@0.2.0"] as const;

/** A tensor of onnxruntime, as far as it is used. */
export interface Tensor {
  readonly data: ArrayLike<number> | BigInt64Array;
  readonly dims: readonly number[];
}

/** A model that onnxruntime has opened, as far as it is used. */
export interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly run: (feeds: Readonly<Record<string, unknown>>) => Promise<Readonly<Record<string, Tensor>>>;
}

/** The parts of the two packages that are used. */
export interface Runtime {
  readonly onnx: {
    readonly InferenceSession: {
      readonly create: (model: Uint8Array, options: Readonly<Record<string, unknown>>) => Promise<Session>;
    };
    readonly Tensor: new (type: "int64", data: BigInt64Array, dims: readonly number[]) => Tensor;
  };
  readonly tokenizers: {
    readonly Tokenizer: new (
      tokenizer: object,
      config: object,
    ) => { readonly encode: (text: string) => { readonly ids: readonly number[] } };
  };
}

/** The command that installs what runs encoders into a folder. */
const installCommand = (folder: string): string =>
  `npm install --ignore-scripts --prefix "${folder}" ${RUNTIME.join(" ")}`;

const nameOf = (wanted: string): string => wanted.slice(0, wanted.lastIndexOf("@"));

/** Where a package lies, by the first folder that knows it; undefined where none does. */
function find(name: string, folders: readonly string[]): string | undefined {
  for (const folder of folders) {
    try {
      return createRequire(path.join(folder, "package.json")).resolve(name);
    } catch {
      // The next one may.
    }
  }
  return undefined;
}

/** What is missing to run encoders, with the command that installs it into the last of some folders; undefined where all is there. */
export function missingRuntime(folders: readonly string[]): string | undefined {
  const missing = RUNTIME.map(nameOf).filter((name) => find(name, folders) === undefined);
  if (missing.length === 0) return undefined;
  return `The encoder needs ${missing.join(" and ")}, which ${missing.length === 1 ? "is" : "are"} not installed. Install what runs it with: ${installCommand(folders.at(-1) ?? ".")}`;
}

/**
 * Loads what runs encoders from the first of some folders that has it, or lies in one that has it. A UserError says what is
 * missing, and the command that installs it into the last of them.
 */
export function loadRuntime(folders: readonly string[]): Runtime {
  const missing = missingRuntime(folders);
  if (missing !== undefined) throw new UserError(missing);
  const require = createRequire(import.meta.url);
  const [onnx, tokenizers] = RUNTIME.map((wanted) => require(find(nameOf(wanted), folders) ?? "") as unknown);
  return { onnx: onnx as Runtime["onnx"], tokenizers: tokenizers as Runtime["tokenizers"] };
}
