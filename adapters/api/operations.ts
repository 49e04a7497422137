/** What can be asked: a command of the bot under an address. What it takes and answers is the command's. */
export interface Operation {
  /** Its name in the document, by which generated clients call it. */
  readonly id: string;
  readonly command: string;
  /** The path behind the API's; `{paper}` stands for the argument in it. */
  readonly path: string;
  readonly inPath?: string;
  /** What the answer has: a page of papers or of digests, one paper, entries of a list of references, counts over time, or a map. */
  readonly answers: "papers" | "digests" | "paper" | "citations" | "trends" | "map";
}

/** The commands that are answered. */
export const OPERATIONS: readonly Operation[] = [
  { id: "search", command: "search", path: "/search", answers: "papers" },
  { id: "similar", command: "similar", path: "/similar", answers: "papers" },
  { id: "paper", command: "show", path: "/papers/{paper}", inPath: "paper", answers: "paper" },
  { id: "cite", command: "cite", path: "/cite", answers: "citations" },
  {
    id: "archive",
    command: "digest archive",
    path: "/archive/{archive}",
    inPath: "archive",
    answers: "digests",
  },
  { id: "trend", command: "trend", path: "/trend", answers: "trends" },
  { id: "map", command: "map", path: "/map", answers: "map" },
];

/** What completes the name of a paper: the option whose completions it gives. */
export const SUGGEST = {
  id: "suggest",
  path: "/suggest",
  command: "show",
  option: "paper",
  /** Suggestions at once: where nothing is said, and at most. Lists in chats have as many (discord.com: 25 choices). */
  limit: { usual: 10, most: 25 },
} as const;

/** Where the API is, behind the address of the pages. */
export const BASE = "/api/v1";
