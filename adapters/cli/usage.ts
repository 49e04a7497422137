import type { Command } from "../../src/bot/command.ts";

/** What `paperboy --help` prints. */
export function usage(commands: readonly Command[]): string {
  const rows = [
    ...commands.map(({ name, description }) => [name, description]),
    [
      "ingest FILE…",
      "Take in files and folders: BibTeX, RIS, CSL-JSON, CSV, JSON and JSON Lines, saved Hugging Face pages; - is what is piped in",
    ],
    [
      "ingest SOURCE…",
      "Take in what is new at huggingface or arxiv:cs.CL, or --since 2026-11-01; see --dry-run",
    ],
    [
      "ingest SELECTION…",
      'Take in huggingface:2026-03-06 (2026-W10, 2026-02), "huggingface:search:WORDS", arxiv:2602.23229 or doi:10.1145/1',
    ],
  ];
  const width = Math.max(...rows.map(([name = ""]) => name.length));
  return [
    "Paperboy finds research papers.",
    "",
    "  paperboy                     talk to the bot in this terminal",
    "  paperboy COMMAND [WORDS]     run one command and end",
    "",
    "  paperboy digest --now        send the digests that are due, and end (--dry-run shows them)",
    "  paperboy backup FOLDER       copy the papers taken in and the database, also while the bot runs",
    "  paperboy encoder install     install a sentence encoder, which finds papers by other words too",
    "  paperboy mcp                 answer a program by the Model Context Protocol, on standard input and output",
    "",
    ...rows.map(([name = "", description = ""]) => `  ${name.padEnd(width)}  ${description}`),
    "",
    "  --json     print the answer as JSON",
    "  --limit N  papers in a list (5)",
    "  --page N   page of a list (1)",
    "  --help     explain the program, or a command",
    "  --version  print the version",
    "",
    "The exit code is 2 for wrong use and 1 for a failure or a paper that is not there.",
  ].join("\n");
}

/** What `paperboy ingest --help`, `backup --help` and `digest --help` print. */
export const ORDER_USAGE = {
  ingest: [
    "Take papers in.",
    "",
    "  paperboy ingest FILE…        files and folders: BibTeX, RIS, CSL-JSON, CSV, PubMed, JSON, arXiv's snapshot, saved pages; - for a pipe",
    "  paperboy ingest SOURCE…      what is new at huggingface or arxiv:cs.CL+cs.LG",
    '  paperboy ingest SELECTION…   huggingface:2026-03-06 (2026-W10, 2026-02), "huggingface:search:WORDS", arxiv:2602.23229',
    '                               doi:10.1145/3442188.3445922, "crossref:WORDS", "datacite:WORDS", openalex:W2741809807, "openalex:WORDS",',
    '                               s2:CorpusId:215416146, "s2:WORDS"',
    "  paperboy ingest --complete   fill in what papers that are here lack, from the services in PAPERBOY_COMPLETE",
    "",
    "  --since DAY  of a source, all since that day, such as 2026-11-01",
    "  --map PAIRS  what the columns of a table mean, such as --map title=Name,year=Published",
    "  --dry-run    say what would change, and change nothing",
    "  --json       print the report as JSON",
  ].join("\n"),
  backup: [
    "Copy the papers taken in and the database, also while the bot runs.",
    "",
    "  paperboy backup FOLDER       FOLDER must be empty, or not be there yet",
    "",
    "To go on from the copy, set PAPERBOY_STATE to it, or copy it to where the state folder was.",
  ].join("\n"),
  mcp: [
    "Answer a program by the Model Context Protocol, on standard input and output, until it leaves.",
    "",
    "  paperboy mcp                 for the settings of a program that knows the protocol, which starts it itself",
    "",
    "The tools are search_papers, similar_papers, get_paper, cite_papers and todays_paper; a paper is the resource",
    "paperboy://paper/ID. docs/programs.md has settings to copy.",
  ].join("\n"),
  encoder: [
    "Install a sentence encoder, which finds papers by other words too.",
    "",
    "  paperboy encoder install           fetches all-MiniLM-L6-v2 (23 MB)",
    "  paperboy encoder install WHAT      all-MiniLM-L6-v2, bge-small-en-v1.5, a folder, or a .onnx file beside its tokenizer.json",
    "  paperboy encoder status            says what is installed, from where, and with which sums",
    "  paperboy encoder remove            removes it, what runs it, and what it made",
    "",
    "docs/encoder.md says what it brings and how it is run.",
  ].join("\n"),
  digest: [
    "Send the digests that are due, and end.",
    "",
    "  paperboy digest --now            sends them",
    "  paperboy digest --now --dry-run  shows what every channel would get now, and sends nothing",
    "",
    "In a channel, /paper digest start sets one up; “help digest start” explains it.",
  ].join("\n"),
} as const;
