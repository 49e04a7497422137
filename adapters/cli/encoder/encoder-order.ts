import { UserError } from "../../../src/user-error.ts";

/** What `paperboy encoder` is asked to do. */
export type EncoderOrder =
  | { readonly kind: "encoder"; readonly action: "install"; readonly what: string }
  | { readonly kind: "encoder"; readonly action: "status" | "remove" };

/** Reads what stands behind `encoder`. */
export function parseEncoder([action, ...rest]: readonly string[]): EncoderOrder {
  const [what = "all-MiniLM-L6-v2", ...more] = rest;
  if (action === "install" && more.length === 0 && !what.startsWith("-"))
    return { kind: "encoder", action, what };
  if ((action === "status" || action === "remove") && rest.length === 0) return { kind: "encoder", action };
  throw new UserError(
    "Say paperboy encoder install, which fetches all-MiniLM-L6-v2, or install with a name (all-MiniLM-L6-v2, bge-small-en-v1.5), a folder or a .onnx file; paperboy encoder status; or paperboy encoder remove.",
  );
}
