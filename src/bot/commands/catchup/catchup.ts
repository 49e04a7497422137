import type { Paper } from "../../../corpus/paper.ts";
import { firstDay } from "../../../corpus/partial-date.ts";
import type { Sent } from "../../../digest/archive/archives.ts";
import { reasonWords } from "../../../follow/wish.ts";
import { whoFollows } from "../../../follow/words.ts";
import type { Place } from "../../../schedule/place.ts";
import { countWords, dayWords } from "../../../schedule/words.ts";
import { dayOfMs, msOfDay } from "../../../schedule/slots/local-date.ts";
import { parseQueryDate } from "../../../search/query/parse-date.ts";
import { UserError } from "../../../user-error.ts";
import { pageOptions, pageRange } from "../../cards/pages.ts";
import { listedCard, paperRecord } from "../../cards/paper-cards.ts";
import type { Services } from "../../command.ts";
import { defineCommand } from "../../command.ts";
import { optionalText } from "../../options.ts";
import type { Button, Reply } from "../../reply.ts";
import { answer, emphasis, prose, textCard } from "../../reply.ts";
import type { Came } from "./order.ts";
import { inOrder } from "./order.ts";
import { numberedFollows } from "../follow/which.ts";
import { placeHere } from "../place-here.ts";

/** Papers on a page: as many as every platform shows of a list. */
const SHOWN = 10;

/** How far back somebody looks who never said to have caught up, in milliseconds: a week. */
const FIRST = 7 * 24 * 3_600_000;

/** Digests of a channel that are looked through: some months of daily ones. */
const DIGESTS = 100;

interface Span {
  readonly after: Date;
  readonly until: Date;
}

type Reason = readonly [paper: Paper, reason: string];

function reasonsOf({ date, paper, runnersUp }: Sent): Reason[] {
  const day = dayWords(date);
  return [
    [paper, `paper of the day on ${day}`],
    ...runnersUp.map((one): Reason => [one, `beside the paper of the day on ${day}`]),
  ];
}

/** Each paper once, with all reasons. */
function gathered(reasons: readonly Reason[]): Came[] {
  const all = new Map<string, Came>();
  for (const [paper, reason] of reasons) {
    const before = all.get(paper.id) ?? { paper, reasons: [] };
    if (!before.reasons.includes(reason)) all.set(paper.id, { paper, reasons: [...before.reasons, reason] });
  }
  return [...all.values()];
}

/** What the digests of a place and the follows of its caller brought in a span of time. */
async function whatCame(services: Services, place: Place, { after, until }: Span): Promise<readonly Came[]> {
  const digests = await services.digests();
  const { sent } = await digests.archives.read(place, { offset: 0, limit: DIGESTS });
  const posted = sent.filter(({ at }) => at > after && at <= until).flatMap(reasonsOf);
  const follows = (await numberedFollows(services)).map(({ follow }) => follow);
  const { brought } = (await services.follows()).catchUp;
  const followed: Reason[] = [];
  for (const { follow, papers } of await brought(follows, after, until))
    for (const id of papers) {
      const paper = await services.library.index.get(id);
      if (paper === undefined) continue;
      followed.push([paper, reasonWords(follow.plan.wish, paper, whoFollows(follow.place))]);
    }
  return inOrder(services, place, gathered([...posted, ...followed]));
}

function pageReply(came: readonly Came[], page: number, { after, until }: Span): Reply {
  const first = (page - 1) * SHOWN;
  const shown = came.slice(first, first + SHOWN);
  const since = dayWords(dayOfMs(after.getTime()));
  const run = (label: string, key: string, to: number): Button => {
    const args = { page: String(to), after: after.toISOString(), until: until.toISOString() };
    return { kind: "run", label, key, run: { command: "catchup", args } };
  };
  const seen = { command: "catchup", args: { seen: until.toISOString() } };
  const buttons: Button[] = [
    ...(page > 1 ? [run("Newer", "p", page - 1)] : []),
    ...(first + SHOWN < came.length ? [run("Older", "n", page + 1)] : []),
    { kind: "run", label: "Caught up", key: "y", run: seen },
  ];
  const summary = `${countWords(came.length, "paper")} came since ${since}.`;
  const cards = shown.map(({ paper, reasons }, i) =>
    listedCard({ number: first + i + 1, paper, lines: [prose(emphasis(reasons.join("; ")))] }),
  );
  const range =
    came.length > SHOWN ? ` ${pageRange({ page, limit: SHOWN }, shown.length, came.length)}.` : "";
  return answer({
    summary,
    retells: true,
    cards: [
      textCard(`${summary}${range} “Caught up” begins anew from here.`),
      ...cards,
      { blocks: [], buttons },
    ],
    data: shown.map(({ paper }) => paperRecord(paper)),
  });
}

/** A time that a button carries; undefined for what is none. */
function timeOf(text: string | undefined): Date | undefined {
  const time = new Date(text ?? "");
  return Number.isNaN(time.getTime()) ? undefined : time;
}

const internal = (description: string) => optionalText({ description, internal: true, maxLength: 40 });

/** What came since somebody last looked. */
export const catchup = defineCommand({
  name: "catchup",
  description: "Show what the digests here and what you follow brought since you caught up",
  namesOptions: true,
  changes: true,
  options: {
    since: optionalText({
      description: "From when on: 2026-11, yesterday, 2 weeks ago",
      brief: "From when on, such as 2026-11",
    }),
    page: pageOptions.page,
    after: internal("Set by buttons"),
    until: internal("Set by buttons"),
    seen: internal("Set by the button “Caught up”"),
  },
  examples: [
    { line: "catchup", does: "since you last pressed “Caught up”, or of the last week" },
    { line: "catchup since:2026-11", does: "since then, whatever you have seen" },
  ],
  notes: [
    "First what people here reacted to, then what is close to papers that you saved, then the newest. Only the button “Caught up” moves your mark.",
  ],
  async run({ since, page, after, until, seen }, services) {
    const { caller } = services;
    const place = placeHere(
      services,
      "There is no channel here. In Discord and Slack, “/paper catchup” shows what came in one.",
    );
    const { catchUp } = await services.follows();
    const person = { platform: caller.platform, user: caller.user };
    const now = services.now();
    const marked = timeOf(seen);
    if (marked !== undefined) {
      const before = await catchUp.mark(person, place);
      // An old button takes nothing back; a mark that lies ahead was set by a clock that was.
      if (before === undefined || before < marked || before > now)
        await catchUp.setMark(person, place, marked);
      const summary = "Caught up. “catchup” begins here the next time.";
      return answer({ summary, cards: [textCard(summary)] });
    }
    if (caller.overheard === true)
      throw new UserError("Everybody would read that here. Type /paper catchup, whose answer you alone see.");
    const said =
      since === undefined ? undefined : new Date(msOfDay(firstDay(parseQueryDate("since", since, now))));
    const begin =
      timeOf(after) ?? said ?? (await catchUp.mark(person, place)) ?? new Date(now.getTime() - FIRST);
    const span = { after: begin, until: timeOf(until) ?? now };
    const came = await whatCame(services, place, span);
    if (came.length > 0) return pageReply(came, page, span);
    const none = `Nothing came here since ${dayWords(dayOfMs(begin.getTime()))}, neither in a digest nor of what you follow.`;
    return answer({ summary: none, cards: [textCard(none)] });
  },
});
