import { createInterface } from "node:readline/promises";
import { UserError } from "../../src/user-error.ts";
import { escapeTerminal } from "../terminal/escape.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * Asks before something is done that cannot be taken back; only “yes” and “y” are a yes. Where nobody can be asked, a
 * UserError says to add `--yes`.
 */
export async function confirm(
  question: string,
  { stdin, stderr }: Pick<Surroundings, "stdin" | "stderr">,
): Promise<boolean> {
  if (stdin.isTTY !== true || stderr.isTTY !== true)
    throw new UserError(
      `${question} Nothing was changed, since nobody can be asked here. Add --yes to do it, or --dry-run to only see what it would do.`,
    );
  const lines = createInterface({ input: stdin, output: stderr });
  const closed = new Promise<string>((resolve) => lines.once("close", () => resolve("")));
  try {
    const answer = await Promise.race([lines.question(`${escapeTerminal(question)} [y/N] `), closed]);
    return /^y(?:es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
