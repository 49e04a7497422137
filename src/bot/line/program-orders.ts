import type { Reply } from "../reply.ts";
import { answer, codeBlock, plain, prose } from "../reply.ts";

/** What the program does at a command line alone, where its operator is. */
interface ProgramOrder {
  readonly name: string;
  readonly line: string;
  /** What it does, as a sentence goes on after "It". */
  readonly does: string;
  /** What follows the name where somebody means the order, and no topic. */
  readonly follows: RegExp;
}

export const programOrders: readonly ProgramOrder[] = [
  {
    name: "ingest",
    line: "paperboy ingest arxiv:cs.CL",
    does: "takes papers in: files, or what is new at arXiv and Hugging Face",
    follows: /^(?:\S*[:./\\]\S*|huggingface|-\S+)(?:\s|$)|^$/i,
  },
  {
    name: "remove",
    line: "paperboy remove arxiv:2602.23229",
    does: "removes papers from this corpus",
    follows: /^(?:\S*[:./\\]\S*|-\S+(?:\s.*)?)$|^$/,
  },
  {
    name: "backup",
    line: "paperboy backup paperboy.backup",
    does: "copies the papers and the database into a folder or a file, also while the bot runs",
    follows: /^(?:\S*[./\\]\S*|-\S+)$|^$/,
  },
  {
    name: "restore",
    line: "paperboy restore paperboy.tar.gz",
    does: "puts a backup in the place of the papers and the database",
    follows: /^(?:\S*[./\\]\S*|-\S+)$|^$/,
  },
  {
    name: "doctor",
    line: "paperboy doctor",
    does: "looks at its settings, platforms, sources, disk and database, and says what to mend",
    follows: /^(?:-\S+)?$/,
  },
  {
    name: "digest --now",
    line: "paperboy digest --now",
    does: "sends the digests that are due",
    follows: /^(?:-\S+)?$/,
  },
];

/** The order that a line gives, such as `ingest arxiv:2602.23229`; undefined for other lines. */
export function orderIn(line: string): ProgramOrder | undefined {
  const said = line.replace(/^\//, "").trim();
  return programOrders.find(
    ({ name, follows }) =>
      new RegExp(`^${name}(?=\\s|$)`, "i").test(said) &&
      (line.startsWith("/") || follows.test(said.slice(name.length).trim())),
  );
}

/** Says that an order is none for a chat, and where to give it. */
export function explainOrder({ name, line, does }: ProgramOrder): Reply {
  const [first = name] = name.split(" ");
  const summary = `“${name}” is a command of the program, not of this chat. It ${does}. Type it at a command line, where Paperboy runs:`;
  const more = `All about it: paperboy ${first} --help`;
  return answer({
    summary: `${summary} ${line}`,
    cards: [{ blocks: [prose(plain(summary)), codeBlock(line), prose(plain(more))], buttons: [] }],
    data: [{ name, line, does }],
  });
}
