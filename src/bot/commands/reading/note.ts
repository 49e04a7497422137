import type { Paper } from "../../../corpus/paper.ts";
import { MAX_NOTE } from "../../../reading/notes.ts";
import type { Reader } from "../../../reading/reader.ts";
import type { Reading } from "../../../reading/reading.ts";
import { UserError } from "../../../user-error.ts";
import { noteItem } from "../../cards/here/standing.ts";
import type { Services } from "../../command.ts";
import { defineCommand } from "../../command.ts";
import { chooseReply } from "../../naming/choose-paper.ts";
import { findPaper } from "../../naming/find-paper.ts";
import { papersOfNumbers } from "../../naming/numbers.ts";
import { choice, optionalText, requiredText } from "../../options.ts";
import type { Button, Invocation, Reply } from "../../reply.ts";
import { answer, plain, prose, textCard } from "../../reply.ts";
import { removedReply } from "./lists.ts";
import { mustBeAlone, openReading } from "./reader.ts";
import { fitAsPapers } from "./save.ts";

/** What a person writes about a paper. */
const noteText = optionalText({
  description: `What you think of it, in at most ${MAX_NOTE} characters`,
  brief: "What you think of it",
  maxLength: MAX_NOTE,
  isProse: true,
});

/** What there is to read about a paper, to the caller alone. */
async function notesReply(
  reading: Reading,
  reader: Reader,
  paper: Paper,
  caller: Services["caller"],
): Promise<Reply> {
  mustBeAlone(caller, "note");
  const notes = await reading.notes(reader, paper);
  if (notes.length === 0) {
    const summary = `There is no note about “${paper.title}” yet.`;
    return answer({ summary, cards: [textCard(summary, 'To write one: note FastDINOv2 text:"…"')] });
  }
  const summary = `${notes.length === 1 ? "A note" : `${notes.length} notes`} about “${paper.title}”:`;
  const items = notes.map((note) => noteItem(note, note.owner === reader.person ? "Only you see it: " : ""));
  const own = notes.filter(({ person }) => person === reader.person);
  const buttons = own.map(({ owner }, i): Button => {
    const share = owner === reader.person ? "no" : "yes";
    return {
      kind: "run",
      label: share === "no" ? "Remove your note" : "Remove what you shared",
      key: `x${i + 1}`,
      run: { command: "note", args: { paper: paper.id, remove: "yes", share } },
    };
  });
  return answer({ summary, cards: [{ blocks: [prose(plain(summary)), { kind: "list", items }], buttons }] });
}

async function removeNote(reading: Reading, reader: Reader, paper: Paper, shared: boolean): Promise<Reply> {
  const notes = await reading.notes(reader, paper);
  const own = notes.find(
    ({ person, owner }) => person === reader.person && (owner !== reader.person) === shared,
  );
  if (own === undefined)
    throw new UserError(
      `You have ${shared ? "shared no note here" : "no note of your own"} about “${paper.title}”.${shared ? "" : " One that you shared is removed with share:yes."}`,
    );
  return removedReply(await reading.dropNote(reader, own));
}

const notesOf = ({ id }: Paper): Invocation => ({ command: "note", args: { paper: id } });

/** The paper that is meant, or the reply that asks which. */
async function namedPaper(text: string, services: Services): Promise<Paper | Reply> {
  const [number] = papersOfNumbers(text, services.keys?.() ?? new Map()) ?? [];
  const found = await findPaper(services.library.index, number ?? text);
  if (found.kind === "found") return found.paper;
  return chooseReply(text, found, { run: notesOf, label: "Notes" }, services);
}

/** Notes about papers. */
export const note = defineCommand({
  name: "note",
  description: "Write a note about a paper, for you or for this channel, or read those there are",
  namesOptions: true,
  beside: true,
  options: {
    paper: requiredText({
      description: "A title, a part of it, a link or an id, or its number in the last list",
      brief: "A title, link or id, or its number",
      missing: 'A note about which paper? Say: note FastDINOv2 text:"frequency curriculum, worth a try"',
      maxLength: 500,
      takesLine: true,
      completedBy: "titles",
    }),
    text: noteText,
    share: choice({
      description: "Whether everybody in this channel reads it; no is the default",
      brief: "Whether all in this channel read it",
      choices: ["yes", "no"] as const,
    }),
    remove: choice({ description: "Removes your note", choices: ["yes"] as const }),
  },
  fit: fitAsPapers,
  examples: [
    { line: 'note FastDINOv2 text:"worth a try on our data"', does: "a note that you alone read" },
    { line: "note FastDINOv2", does: "your note, and what others shared in this channel" },
  ],
  notes: [
    "A note with share:yes stands with your name on the paper’s card in this channel. A new note takes the place of the one before. remove:yes removes it; for a minute, “list undo” brings it back.",
  ],
  async run({ paper: named, text, share, remove }, services) {
    const { reading, reader } = await openReading(services);
    const paper = await namedPaper(named, services);
    if ("summary" in paper) return paper;
    if (remove === "yes") return removeNote(reading, reader, paper, share === "yes");
    if (text === undefined) return notesReply(reading, reader, paper, services.caller);
    await reading.note(reader, paper, { text, shared: share === "yes" });
    const who = share === "yes" ? "Everybody in this channel reads it." : "You alone read it.";
    const summary = `Noted about “${paper.title}”. ${who}`;
    return answer({ summary, cards: [textCard(summary)] });
  },
});
