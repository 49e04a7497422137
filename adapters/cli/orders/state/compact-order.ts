import { UserError } from "../../../../src/user-error.ts";
import { parseFlags } from "../../flags.ts";
import type { ProgramOrder } from "../order.ts";

const USAGE = [
  "Write papers.jsonl anew without what later lines have superseded, such as the votes of days gone by and papers that were",
  "removed. Every paper stays as it is; damaged lines are kept. The bot may run meanwhile.",
  "",
  "  paperboy compact            writes it anew, if it becomes shorter",
  "  paperboy compact --if-half  only if it becomes less than half as long, which a running bot looks for each day",
].join("\n");

/** `paperboy compact`. */
export const compactOrder: ProgramOrder = {
  name: "compact",
  summary: [["compact", "write papers.jsonl anew without what later lines have superseded"]],
  usage: USAGE,
  parse: (words) => {
    const { values, positionals } = parseFlags(words, undefined, { "if-half": { type: "boolean" } });
    if (positionals.length > 0)
      throw new UserError(
        `“compact” takes no words, but got “${positionals.join(" ")}”: paperboy compact --help`,
      );
    const byItself = values["if-half"] === true;
    return {
      needs: "parts",
      reads: () => false,
      ...(byItself ? {} : { deed: { action: "compact", detail: "" } }),
      run: async ({ library }, { around }) =>
        (await import("../../compaction/compact.ts")).runCompact(library, byItself ? 0.5 : 0, around),
    };
  },
};
