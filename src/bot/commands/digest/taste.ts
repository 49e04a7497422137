import type { PaperId } from "../../../corpus/paper.ts";
import { paperUrl } from "../../../corpus/identifiers/links.ts";
import type { PaperIndex } from "../../../search/paper-index.ts";
import { countVerb, countWords } from "../../../schedule/words.ts";
import { parseEmojis } from "../../../taste/emoji.ts";
import type { Lesson } from "../../../taste/learn.ts";
import { EXPLORING_EVERY } from "../../../taste/pull.ts";
import type { TasteSettings } from "../../../taste/settings.ts";
import type { Taste, TasteChange } from "../../../taste/tastes.ts";
import { chosenWords, lessonWords, reactionsWords } from "../../../taste/words.ts";
import { UserError } from "../../../user-error.ts";
import { pageButtons, pageOptions, pageRange } from "../../cards/pages.ts";
import type { Services } from "../../command.ts";
import { defineCommand } from "../../command.ts";
import { optionalText } from "../../options.ts";
import type { Button, Card, Reply } from "../../reply.ts";
import { answer, link, plain, prose, textCard } from "../../reply.ts";
import { placeHere } from "../place-here.ts";
import { placeToChange } from "./place.ts";

const ABSENT =
  "There is no channel here whose people could react. In Discord and Slack, “/paper taste” in a channel shows what it learnt.";

/** Papers on a page: as many as every platform shows of a list. */
const SHOWN = 8;

/** Papers whose words are named, words of each, and words that are named of all. */
const TOLD = { papers: 3, words: 3, most: 5 };

/** Reactions of one kind that a channel can choose. */
const MOST_EMOJI = 20;

/** What somebody wants done. */
type Wanted = "show" | "off" | "on" | "reset" | "reactions" | { readonly forget: string };

const WORDS = ["show", "off", "on", "reset", "reactions"] as const;

function parseWanted(typed: string, paper: string | undefined): Wanted | undefined {
  const text = typed.trim().toLowerCase();
  const [, number] = /^forget\s*#?(\d*)$/.exec(text) ?? [];
  if (number !== undefined) return { forget: paper ?? number };
  return text === "" ? "show" : WORDS.find((word) => word === text);
}

const idNowIn =
  (index: Pick<PaperIndex, "get">) =>
  async (id: PaperId): Promise<PaperId> =>
    (await index.get(id))?.id ?? id;

/** The words that papers share with those near them, the strongest papers first. */
async function wordsOf(index: PaperIndex, lessons: readonly Lesson[]): Promise<readonly string[]> {
  const strongest = lessons.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, TOLD.papers);
  const words = new Set<string>();
  for (const { paper } of strongest) {
    const { hits } = await index.similar({ like: [paper], unlike: [] }, { offset: 0, limit: TOLD.papers });
    const shared = new Set(hits.flatMap((hit) => hit.shared));
    for (const word of [...shared].slice(0, TOLD.words)) words.add(word);
  }
  return [...words].slice(0, TOLD.most);
}

/** What was learnt, in sentences. */
async function learntWords(index: PaperIndex, lessons: readonly Lesson[]): Promise<readonly string[]> {
  const [liked, disliked] = [
    await wordsOf(
      index,
      lessons.filter(({ weight }) => weight > 0),
    ),
    await wordsOf(
      index,
      lessons.filter(({ weight }) => weight < 0),
    ),
  ];
  return [
    ...(liked.length === 0 ? [] : [`More of what is about: ${liked.join(", ")}.`]),
    ...(disliked.length === 0 ? [] : [`Less of what is about: ${disliked.join(", ")}.`]),
  ];
}

function lessonCard(one: Lesson, number: number): Card {
  const { paper, title } = one;
  const forget: Button = {
    kind: "run",
    label: "Forget",
    key: `${number}x`,
    run: { command: "taste", args: { change: "forget", paper } },
  };
  return {
    heading: [plain(`${number}. `), link(title, paperUrl({ id: paper, title }))],
    blocks: [prose(plain(`${reactionsWords(one)}: ${lessonWords(one)}.`))],
    buttons: [forget],
  };
}

function stateWords({ settings, problem, lessons }: Taste): string {
  if (problem !== undefined)
    return `What this channel set about its taste cannot be read: its ${problem}. Nothing counts until “taste on” or “taste reset” sets it anew.`;
  const how = `${chosenWords(settings)} what is alike`;
  const counted =
    lessons.length === 0 ? "Nobody put one yet." : `${countVerb(lessons.length, "paper", "count")}.`;
  if (settings.off)
    return `Reactions do not move the digests of this channel: taste is off. If it were on, ${how}. ${counted}`;
  return `Reactions below my messages move the digests of this channel: ${how}. ${counted}`;
}

async function showReply(taste: Taste, { library }: Services, page: number): Promise<Reply> {
  const { lessons } = taste;
  const summary = stateWords(taste);
  const first = (page - 1) * SHOWN;
  const shown = lessons.slice(first, first + SHOWN);
  const range =
    lessons.length > SHOWN ? [pageRange({ page, limit: SHOWN }, shown.length, lessons.length)] : [];
  const buttons = pageButtons({ command: "taste", args: {} }, { page, limit: SHOWN }, lessons.length);
  const how = `One person counts once for a paper; three move it in full. On days of the month that ${EXPLORING_EVERY} divides nothing counts. “digest why” says by how much a paper was moved.`;
  return answer({
    summary,
    cards: [
      textCard(summary, ...(await learntWords(library.index, lessons)), ...range),
      ...shown.map((one, i) => lessonCard(one, first + i + 1)),
      { ...textCard(how), buttons },
    ],
    data: shown.map(({ paper, title, ups, downs, weight, reactions }) => ({
      id: paper,
      title,
      ups,
      downs,
      weight,
      reactions: Object.fromEntries(reactions),
    })),
  });
}

/** Emoji that were typed; what was before where none were. */
function chosen(typed: string | undefined, before: readonly string[]): readonly string[] {
  if (typed === undefined) return before;
  if (/^(?:none|no)$/i.test(typed.trim())) return [];
  const all = parseEmojis(typed);
  if ("wrong" in all)
    throw new UserError(
      `“${all.wrong}” is no emoji. Write some, or their names, such as: taste reactions up:👍 🎉 down:👎`,
    );
  if (all.length > MOST_EMOJI)
    throw new UserError(`At most ${MOST_EMOJI} reactions can be chosen; these are ${all.length}.`);
  return all;
}

function choose(settings: TasteSettings, up: string | undefined, down: string | undefined): TasteSettings {
  const after = { ...settings, up: chosen(up, settings.up), down: chosen(down, settings.down) };
  const both = after.up.find((one) => after.down.includes(one));
  if (both !== undefined)
    throw new UserError(`${both} cannot raise and lower. Name it in one of up: and down: alone.`);
  return after;
}

/** The paper whose reactions are to be forgotten, by its number in the list or its id. */
function lessonNamed({ lessons }: Taste, named: string): Lesson {
  const one = /^\d+$/.test(named) ? lessons[Number(named) - 1] : lessons.find(({ paper }) => paper === named);
  if (one !== undefined) return one;
  const numbers = lessons.length === 0 ? "nothing counts here" : `the list has 1 to ${lessons.length}`;
  throw new UserError(
    named === ""
      ? "Which paper? Say its number in “taste”, such as: taste forget 1"
      : `There is no “${named}” to forget: ${numbers}. “taste” shows it.`,
  );
}

interface Asked {
  readonly wanted: Exclude<Wanted, "show">;
  readonly up: string | undefined;
  readonly down: string | undefined;
}

/** A change, and what is said of it. */
function changeOf(
  taste: Taste,
  { wanted, up, down }: Asked,
  now: Date,
): Omit<TasteChange, "by"> & { readonly said: string } {
  if (typeof wanted === "object") {
    const { paper, title } = lessonNamed(taste, wanted.forget);
    const forget = (before: TasteSettings): TasteSettings => ({
      ...before,
      forgotten: new Map([...before.forgotten, [paper, now]]),
    });
    const said = `What was said of “${title}” so far counts no more; what is reacted to it from now on does.`;
    return { action: "taste forget", detail: `“${title}”`, change: forget, said };
  }
  switch (wanted) {
    case "off":
    case "on": {
      const said =
        wanted === "off"
          ? "Reactions do not move the digests of this channel any more. What was learnt stays; “taste on” lets it count again."
          : "Reactions move the digests of this channel.";
      const turn = (before: TasteSettings): TasteSettings => ({ ...before, off: wanted === "off" });
      return { action: `taste ${wanted}`, detail: "", change: turn, said };
    }
    case "reset": {
      const { lessons } = taste;
      const reset = (before: TasteSettings): TasteSettings => ({
        ...before,
        since: now,
        forgotten: new Map(),
      });
      const said =
        lessons.length === 0
          ? "There was nothing to forget. Reactions from now on count."
          : `Forgotten: what ${countWords(lessons.length, "paper")} taught. Reactions from now on count.`;
      return {
        action: "taste reset",
        detail: countWords(lessons.length, "paper"),
        change: reset,
        said,
      };
    }
    case "reactions": {
      const words = chosenWords(choose(taste.settings, up, down));
      const change = (before: TasteSettings): TasteSettings => choose(before, up, down);
      const said = `${words} what is alike from now on. Those that were put before count as well.`;
      return { action: "taste reactions", detail: words, change, said };
    }
  }
}

/** What reactions in a channel taught. */
export const taste = defineCommand({
  name: "taste",
  description: "Show what reactions taught the digests of this channel, or change that",
  namesOptions: true,
  changes: true,
  options: {
    change: optionalText({
      description: "off, on, reset, or forget and a number of the list",
      brief: "off, on, reset or forget 1",
      takesLine: true,
      maxLength: 40,
    }),
    up: optionalText({ description: "Emoji that raise what is alike", isProse: true, maxLength: 300 }),
    down: optionalText({ description: "Emoji that lower it", isProse: true, maxLength: 300 }),
    paper: optionalText({ description: "Set by buttons", internal: true, maxLength: 300 }),
    page: pageOptions.page,
    limit: pageOptions.limit,
  },
  examples: [
    { line: "taste", does: "what was learnt, from which papers, by which reactions" },
    {
      line: "taste reactions up:👍 🎉 down:👎",
      does: "which reactions count; those put before count as well",
    },
    {
      line: "taste reset",
      does: "forgets all that was learnt; “taste forget 1” forgets one paper of the list",
    },
    { line: "taste off", does: "digests are chosen without it, until “taste on”" },
  ],
  notes: [
    "Anybody may react. Those who may change the digests change this. Which rule holds: docs/taste.md.",
  ],
  fit: (words) => Promise.resolve(parseWanted(words, undefined) === undefined ? "topic" : "fits"),
  async run({ change = "", up, down, paper, page }, services) {
    const wanted = parseWanted(change, paper);
    if (wanted === undefined)
      throw new UserError(
        `“${change}” is nothing that can be done about taste. It is ${WORDS.join(", ")}, or forget and a number of the list.`,
      );
    const place = placeHere(services, ABSENT);
    if (place.direct === true)
      throw new UserError(
        "Nothing is kept of reactions in a direct conversation. “/paper taste” in a channel shows what it learnt.",
      );
    const { tastes } = await services.digests();
    const known = await tastes.of(place, idNowIn(services.library.index));
    const choosesReactions = up !== undefined || down !== undefined;
    if ((wanted === "show" || wanted === "reactions") && !choosesReactions)
      return showReply(known, services, page);
    await placeToChange(services);
    const asked = { wanted: wanted === "show" ? "reactions" : wanted, up, down } as const;
    const { said, ...changed } = changeOf(known, asked, services.now());
    await tastes.change(place, { ...changed, by: services.caller.user });
    return answer({ summary: said, cards: [textCard(said)] });
  },
});
