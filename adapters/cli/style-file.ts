import { readFile } from "node:fs/promises";
import { UserError } from "../../src/user-error.ts";

/** Bytes of a style's file, at most; the largest that there are have some hundred thousand. */
const MAX_BYTES = 1_000_000;

async function readStyle(file: string): Promise<string> {
  try {
    const bytes = await readFile(file);
    if (bytes.length <= MAX_BYTES) return bytes.toString("utf8");
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UserError(`The style “${file}” cannot be read (${why}). Name a file that ends in .csl.`);
  }
  throw new UserError(`The style “${file}” is longer than ${MAX_BYTES} bytes, which no style is.`);
}

/** The arguments of a command in which `style` names a file, with what the file says in its place. */
export async function withStyleFile(
  args: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const { style, ...others } = args;
  if (style === undefined || !/[./\\]/.test(style)) return args;
  return { ...others, csl: await readStyle(style) };
}
