import { UserError } from "../../../src/user-error.ts";
import type { ProgramOrder } from "./order.ts";

const USAGE = [
  "Install a sentence encoder, which finds papers by other words too.",
  "",
  "  paperboy encoder install           fetches all-MiniLM-L6-v2 (23 MB)",
  "  paperboy encoder install WHAT      all-MiniLM-L6-v2, bge-small-en-v1.5, a folder, or a .onnx file beside its tokenizer.json",
  "  paperboy encoder status            says what is installed, from where, and with which sums",
  "  paperboy encoder remove            removes it, what runs it, and what it made",
  "",
  "docs/encoder.md says what it brings and how it is run.",
].join("\n");

/** What `paperboy encoder` is asked to do. */
export type EncoderOrder =
  | { readonly kind: "encoder"; readonly action: "install"; readonly what: string }
  | { readonly kind: "encoder"; readonly action: "status" | "remove" };

/** Reads what stands behind `encoder`. */
function parseEncoder([action, ...rest]: readonly string[]): EncoderOrder {
  const [what = "all-MiniLM-L6-v2", ...more] = rest;
  if (action === "install" && more.length === 0 && !what.startsWith("-"))
    return { kind: "encoder", action, what };
  if ((action === "status" || action === "remove") && rest.length === 0) return { kind: "encoder", action };
  throw new UserError(
    "Say paperboy encoder install, which fetches all-MiniLM-L6-v2, or install with a name (all-MiniLM-L6-v2, bge-small-en-v1.5), a folder or a .onnx file; paperboy encoder status; or paperboy encoder remove.",
  );
}

/** `paperboy encoder install|status|remove`. */
export const encoderOrder: ProgramOrder = {
  name: "encoder",
  summary: [["encoder install", "install a sentence encoder, which finds papers by other words too"]],
  usage: USAGE,
  parse: (words) => {
    const order = parseEncoder(words);
    return {
      needs: "settings",
      state: order.action === "status" ? "reads" : "changes",
      ...(order.action === "status"
        ? {}
        : {
            deed: {
              action: `encoder ${order.action}`,
              detail: order.action === "install" ? order.what : "",
            },
          }),
      run: async ({ settings, around }) =>
        (await import("../encoder/encoder.ts")).runEncoder(order, settings, around),
    };
  },
};
