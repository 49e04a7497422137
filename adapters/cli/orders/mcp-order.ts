import { UserError } from "../../../src/user-error.ts";
import type { ProgramOrder } from "./order.ts";

const USAGE = [
  "Answer a program by the Model Context Protocol, on standard input and output, until it leaves.",
  "",
  "  paperboy mcp                 for the settings of a program that knows the protocol, which starts it itself",
  "",
  "The tools are search_papers, similar_papers, get_paper, cite_papers and todays_paper; a paper is the resource",
  "paperboy://paper/ID. docs/programs.md has settings to copy.",
].join("\n");

/** `paperboy mcp`, which takes nothing. */
export const mcpOrder: ProgramOrder = {
  name: "mcp",
  summary: [["mcp", "answer a program by the Model Context Protocol, on standard input and output"]],
  usage: USAGE,
  parse: (words) => {
    if (words.length > 0)
      throw new UserError(
        `“mcp” takes no words, but got “${words.join(" ")}”. A program starts it: paperboy mcp`,
      );
    return {
      needs: "parts",
      reads: () => true,
      run: async (parts, { around }) => (await import("./run-mcp.ts")).runMcp(parts, around),
    };
  },
};
