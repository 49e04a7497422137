import { formatDate, parsePartialDate } from "../../../corpus/partial-date.ts";
import type { Entry } from "../../../reading/entries.ts";
import type { ReadingList } from "../../../reading/lists.ts";
import { listWords } from "../../../reading/lists.ts";
import type { Reader } from "../../../reading/reader.ts";
import type { Reading } from "../../../reading/reading.ts";
import { countsWords } from "../../cards/here/standing.ts";
import { counted, listedCard, paperRecord, SAVE } from "../../cards/paper-cards.ts";
import { pageButtons, pageOptions, pageRange, pageWindow } from "../../cards/pages.ts";
import { defineCommand } from "../../command.ts";
import type { Button, Card, DataRecord, Invocation, Reply } from "../../reply.ts";
import { choice } from "../../options.ts";
import { answer, code, plain, prose, textCard } from "../../reply.ts";
import { listOption, mustBeAlone, openReading } from "./reader.ts";

/** A day in words; of a time the day in UTC. */
function dayOf(time: Date): string {
  const day = parsePartialDate(time.toISOString().slice(0, 10));
  return day === undefined ? "" : formatDate(day);
}

/** What is said of a paper in a list: `reading · saved on 3 March 2026`. */
function standing(entry: Entry, { kind }: ReadingList): string {
  const { own, savedAt, savers, readers, paper } = entry;
  const parts = [
    ...(own === undefined || own.mark === "unread"
      ? []
      : [own.mark === "read" ? "you have read it" : "you are reading it"]),
    `saved on ${dayOf(savedAt)}`,
    ...(kind === "own" ? [] : [countsWords({ savers: savers.length, readers })]),
    ...(paper === undefined ? ["no longer in this corpus"] : []),
  ];
  const words = parts.join(" · ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

const inList = (
  command: string,
  { id }: ReadingList,
  entry: Entry,
  more: Invocation["args"] = {},
): Invocation => ({
  command,
  args: { paper: entry.id, list: id, ...more },
});

function entryButtons(entry: Entry, list: ReadingList, key: string): Button[] {
  const isRead = entry.own?.mark === "read";
  const mark = inList("list mark", list, entry, { as: isRead ? "unread" : "read" });
  return [
    { kind: "run", label: isRead ? "Unread" : "Read", key: `${key}r`, run: mark },
    { kind: "run", label: "Take off", key: `${key}x`, run: inList("list drop", list, entry) },
  ];
}

/** An entry as it is shown. */
interface Shown {
  readonly entry: Entry;
  readonly number: number;
  readonly note: string | undefined;
}

function entryCard({ entry, number, note }: Shown, list: ReadingList): Card {
  const lines = [
    prose(plain(standing(entry, list))),
    ...(note === undefined ? [] : [prose(plain(`Your note: ${note}`))]),
  ];
  const own = entryButtons(entry, list, String(number));
  if (entry.paper === undefined)
    return { heading: [plain(`${number}. ${entry.title}`)], blocks: lines, buttons: own };
  const card = listedCard({ number, paper: entry.paper, lines });
  return { ...card, buttons: [...card.buttons.filter((one) => one.label !== SAVE), ...own] };
}

function entryRecord({ id, title, paper, savedAt, savers, readers, own }: Entry): DataRecord {
  return {
    ...(paper === undefined ? { id, title, removed: true } : paperRecord(paper)),
    savedAt: savedAt.toISOString(),
    savers: savers.length,
    readers,
    ...(own === undefined ? {} : { mark: own.mark }),
  };
}

/** The other lists that there are, as a line and buttons. */
function othersCard(list: ReadingList, lists: readonly ReadingList[]): Card[] {
  const others = lists.filter(({ id }) => id !== list.id);
  if (others.length === 0) return [];
  const words = others.flatMap((other, i) => [plain(i === 0 ? "" : ", "), plain(listWords(other))]);
  return [{ blocks: [prose(plain("See also "), ...words, plain("."))], buttons: [] }];
}

/** What is said of a list without papers. */
function emptyReply(list: ReadingList, others: readonly Card[]): Reply {
  const words = listWords(list);
  const summary = `Nothing stands in ${words} yet.`;
  const how = list.name === "" ? "save FastDINOv2" : `save FastDINOv2 list:"${list.name}"`;
  const told: Card = {
    blocks: [
      prose(plain(summary)),
      prose(plain("The button Save below a paper puts it there, and so does: "), code(how)),
    ],
    buttons: [],
  };
  return answer({ summary, cards: [told, ...others] });
}

/** A page of a list, the last saved first. */
async function listReply(
  { reading, reader }: { reading: Reading; reader: Reader },
  list: ReadingList,
  { forAll, ...page }: { readonly page: number; readonly limit: number; readonly forAll: boolean },
): Promise<Reply> {
  const all = (await reading.entries(reader, list)).toReversed();
  const entries = forAll ? all.map(({ own: _own, ...entry }) => entry) : all;
  const others = forAll ? [] : othersCard(list, await reading.lists(reader));
  if (entries.length === 0) return emptyReply(list, others);
  const { offset, limit } = pageWindow(page);
  const shown = entries.slice(offset, offset + limit);
  const notes =
    list.kind === "own"
      ? await reading.ownNotes(
          reader,
          shown.map(({ id }) => id),
        )
      : new Map<string, string>();
  const words = listWords(list);
  const name = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  if (shown.length === 0) {
    const summary = `${name} has ${counted(entries.length, "paper")}, and no page ${page.page}.`;
    return answer({ summary, cards: [textCard(summary)] });
  }
  const summary = `${name}: ${pageRange(page, shown.length, entries.length)}, the last saved first.`;
  const run: Invocation = { command: "list show", args: { list: list.id } };
  const pager: Card = { blocks: [], buttons: pageButtons(run, page, entries.length) };
  const isForOthers = list.kind === "shared" || reader.acts.platform === "terminal";
  return answer({
    summary,
    cards: [
      textCard(summary),
      ...shown.map((entry, i) =>
        entryCard({ entry, number: offset + i + 1, note: notes.get(entry.id) }, list),
      ),
      ...(page.page === 1 ? others : []),
      pager,
    ],
    // What is data can be shared with the channel.
    data: isForOthers ? shown.map(entryRecord) : [],
    again: { ...run, args: { ...run.args, page: String(page.page), view: "everyone" } },
  });
}

/** The papers of a list. */
export const listShow = defineCommand({
  name: "list show",
  description: "Show your reading list, or another list by its name",
  options: {
    list: { ...listOption, takesLine: true },
    view: choice({ description: "Set where it is shared", choices: ["everyone"] as const, internal: true }),
    ...pageOptions,
  },
  examples: [
    { line: "list show", does: "your own reading list, the last saved first" },
    { line: "list show thesis", does: "the list of that name, your own or this channel’s" },
  ],
  notes: [
    "In the terminal and in Slack, “list” alone shows it too where no other list was shown before, and so does “my list”.",
  ],
  async run({ list: named, view, ...page }, services) {
    const { reading, reader } = await openReading(services);
    const list = await reading.find(reader, named);
    if (list.kind === "own") mustBeAlone(services.caller, "list show");
    // What somebody has read is told to nobody else.
    const forAll = list.kind === "shared" && (view !== undefined || services.caller.overheard === true);
    return listReply({ reading, reader }, list, { ...page, forAll });
  },
});
