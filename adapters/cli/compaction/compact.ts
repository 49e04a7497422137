import type { GrowingLibrary } from "../../../src/library/library.ts";
import type { ExitCode, Surroundings } from "../surroundings.ts";

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e6 ? 3 : 1)} MB`;

/** Compacts the stored papers where more than the share `least` of them is superseded, and says what that brought. */
export async function runCompact(
  library: Pick<GrowingLibrary, "compact" | "save">,
  least: number,
  { stdout }: Pick<Surroundings, "stdout">,
): Promise<ExitCode> {
  const { before, after } = await library.compact(least);
  await library.save();
  stdout.write(
    after < before
      ? `papers.jsonl was written anew: ${megabytes(after)} in place of ${megabytes(before)}.\n`
      : `papers.jsonl is as it was, ${megabytes(before)}: ${least > 0 ? "less than half of it is superseded" : "nothing in it is superseded"}.\n`,
  );
  return 0;
}
