import type { Paper, PaperId } from "../corpus/paper.ts";
import type { Count } from "../figures.ts";
import { countDue, uncounted } from "../figures.ts";
import type { Log } from "../log.ts";
import type { Book } from "../schedule/book.ts";
import { createBook } from "../schedule/book.ts";
import type { Courier } from "../schedule/courier.ts";
import type { Goods, Wording } from "../schedule/goods.ts";
import type { TickParts } from "../schedule/looking/round.ts";
import { tick } from "../schedule/looking/tick.ts";
import type { Place } from "../schedule/place.ts";
import { deedIn } from "../schedule/place.ts";
import { sentElsewhereUntil } from "../schedule/restored.ts";
import { closeRows } from "../schedule/sending/close-rows.ts";
import { formatSchedule } from "../schedule/slots/schedule-options.ts";
import { DAY_MS } from "../schedule/slots/local-date.ts";
import { check, factsOf, isCount, isOneOf, isOptional, isText } from "../schedule/stored/shapes.ts";
import type { Shapes } from "../schedule/stored/stored.ts";
import { heldWords } from "../schedule/words.ts";
import type { Store } from "../store/store.ts";
import { createTroubles } from "../troubles.ts";
import type { Club, ClubContent, ClubEdition, Clubbing, ClubNews, ClubPlan, Winner } from "./club.ts";
import type { Watched } from "../schedule/watched.ts";
import { watchClubs } from "./watched.ts";
import { changeClub, clubSlotNamed, clubSlots, upcoming } from "./club.ts";
import type { Tallied } from "./tally.ts";
import { tally } from "./tally.ts";

/** What clubs are made from. */
export interface ClubParts {
  readonly store: Pick<Store, "clubs" | "clubSlots" | "ballots" | "preferences">;
  readonly now: () => Date;
  readonly log: Log;
  /** Default: nobody counts. */
  readonly count?: Count;
  readonly newId: () => string;
}

/** What brings the messages of clubs to a platform. */
export type ClubCourier = Courier<ClubEdition>;

/** The journal clubs of all channels; a channel has one at most. */
export interface Clubs {
  /** The clubs, for whoever looks how they go. */
  readonly watched: Watched;
  readonly inPlace: (place: Place) => Promise<Club | undefined>;
  readonly start: (place: Place, by: string, plan: ClubPlan) => Promise<Club>;
  /** Gives a club another time, with all that is nominated and voted for; resolves with the club as it has become. */
  readonly change: (club: Club, plan: ClubPlan, by: string) => Promise<Club>;
  readonly stop: (club: Club, by: string) => Promise<void>;
  /** False where the paper was nominated before. */
  readonly nominate: (club: Club, paper: Paper, by: string) => Promise<boolean>;
  /** The one vote of a person; another takes its place. */
  readonly vote: (club: Club, paper: string, person: string) => Promise<void>;
  /** What is nominated and was not chosen yet, the first first. */
  readonly open: (club: Club) => Promise<readonly Tallied[]>;
  /** What was chosen, the newest first. */
  readonly history: (club: Club) => Promise<readonly Winner[]>;
  readonly tick: (
    couriers: ReadonlyMap<string, ClubCourier>,
    ended?: AbortSignal,
  ) => Promise<readonly string[]>;
}

function isContent(value: unknown): boolean {
  const content = factsOf(value, "content");
  if (content["kind"] === "nothing") return true;
  const { paper, title, meeting } = factsOf(content["winner"], "winner");
  return isOneOf("chosen", "reminder")(content["kind"]) && [paper, title, meeting].every(isText);
}

const SHAPES: Shapes = {
  checkPlan(plan) {
    check(isCount(6)(plan["lead"]), "lead", plan["lead"]);
    check(isOptional(isText, plan["carried"]), "carried paper", plan["carried"]);
  },
  isContent,
  isNothing: (reason) => factsOf(reason, "reason")["kind"] === "none-nominated",
};

const wordingOf = (count: Count): Wording => ({
  noun: "club",
  held: (reason) =>
    `The journal club that you set up cannot speak in its channel: ${heldWords(reason)}. It goes on by itself once that is mended.`,
  damaged: ({ id, problem }) =>
    `The club ${id} cannot be read: its ${problem}. Nothing is sent for it; put a backup of the database in place.`,
  count: countDue(count, "club"),
});

const keep = (news: ClubNews): ClubContent =>
  news.kind === "nothing"
    ? news
    : { ...news, winner: { ...news.winner, meeting: news.winner.meeting.toISOString() } };
const recall = (content: ClubContent): ClubNews =>
  content.kind === "nothing"
    ? content
    : { ...content, winner: { ...content.winner, meeting: new Date(content.winner.meeting) } };

/**
 * The papers that were chosen, by the ledger, the newest first: a message that may have arrived counts. Each is there once, with the
 * meeting that was told last.
 */
async function chosenOf(book: Book<Clubbing>, { id, place }: Club): Promise<readonly Winner[]> {
  const rows = (await book.rowsIn(place)).filter(({ subscription }) => subscription === id);
  const newest = rows.toSorted((a, b) => b.dueAt.getTime() - a.dueAt.getTime());
  const all = newest.flatMap(({ state, content }) => {
    const counts =
      state.kind === "claimed" ||
      state.kind === "confirmed" ||
      (state.kind === "skipped" && state.reason.kind === "unconfirmed");
    const news = content === undefined ? undefined : recall(content);
    return counts && news !== undefined && news.kind !== "nothing" ? [news.winner] : [];
  });
  return all.filter(({ paper }, i) => all.findIndex((one) => one.paper === paper) === i);
}

/** The same, with the meeting that a moved one has become. */
async function historyOf(book: Book<Clubbing>, club: Club, now: Date): Promise<readonly Winner[]> {
  const chosen = await chosenOf(book, club);
  const next = upcoming(club, chosen, now);
  return chosen.map((one) => (one.paper === next?.paper ? next : one));
}

/** Clubs, as things that are sent on a schedule. */
function clubGoods(book: Book<Clubbing>, ballots: Store["ballots"], now: () => Date): Goods<Clubbing> {
  const open = async (club: Club): Promise<readonly Tallied[]> => openOf(book, ballots, club);
  return {
    async choose(club, { date, dueAt }) {
      const slot = clubSlotNamed(club.plan, date, dueAt);
      if (slot === undefined || slot.meeting <= now()) return { kind: "nothing" };
      const chosen = await historyOf(book, club, now());
      const before = chosen.find(({ meeting }) => meeting.getTime() === slot.meeting.getTime());
      if (before !== undefined) return { kind: slot.kind, winner: before };
      // A choice that was missed is made now, so that the meeting has its paper.
      const [first] = await open(club);
      if (first === undefined) return { kind: "nothing" };
      const { paper, title, by, votes } = first;
      const winner = {
        paper: paper as PaperId,
        title,
        votes,
        meeting: slot.meeting,
        ...(by === undefined ? {} : { by }),
      };
      return { kind: "chosen", winner };
    },
    keep,
    recall: (content) => Promise.resolve(recall(content)),
    nothingIn: (news) => (news.kind === "nothing" ? { reason: { kind: "none-nominated" } } : undefined),
    isWorthSaying: (_reason, last) => last === undefined,
    isInTwo: () => false,
    mayBeInTwo: () => false,
    recognise: () => Promise.resolve(undefined),
    async slots(club, rows, at) {
      const [newest] = await book.latest(club.id, 1);
      const earliest = new Date(at.getTime() - 31 * DAY_MS);
      const since = newest?.dueAt ?? club.createdAt;
      const due = clubSlots(club.plan, since < earliest ? earliest : since, at);
      const names = new Set(due.map(({ date }) => date));
      const left = rows.filter(({ date }) => !names.has(date)).map(({ date, dueAt }) => ({ date, dueAt }));
      return [...left, ...due].map(({ date, dueAt }) => ({ date, dueAt }));
    },
  };
}

async function openOf(
  book: Book<Clubbing>,
  ballots: Store["ballots"],
  club: Club,
): Promise<readonly Tallied[]> {
  const chosen = new Set<string>((await chosenOf(book, club)).map(({ paper }) => paper));
  const nominations = (await ballots.nominations(club.id)).filter(({ paper }) => !chosen.has(paper));
  return tally(nominations, await ballots.votes(club.id));
}

/** The book of clubs that a store holds. */
export const createClubBook = (
  { clubs, clubSlots: slots }: Pick<Store, "clubs" | "clubSlots">,
  now: () => Date,
): Book<Clubbing> => createBook<Clubbing>({ subscriptions: clubs, slots }, SHAPES, now);

const planWords = (plan: ClubPlan): string => `${formatSchedule(plan)}; ${plan.lead} days before`;

/** The clubs that a store holds. */
export function createClubs({ store, now, log, newId, count = uncounted }: ClubParts): Clubs {
  const { ballots } = store;
  const book = createClubBook(store, now);
  const lasting: TickParts<Clubbing> = {
    parts: { now, log, newId },
    book,
    openGoods: () => Promise.resolve(clubGoods(book, ballots, now)),
    wording: wordingOf(count),
    troubles: createTroubles(),
    findElsewhere: () => sentElsewhereUntil(store.preferences, now()),
    quiet: new WeakMap(),
  };
  return {
    watched: watchClubs(book),
    inPlace: async (place) => (await book.inPlace(place))[0],
    async start(place, by, plan) {
      const createdAt = now();
      const club: Club = {
        id: newId(),
        place,
        createdBy: by,
        createdAt,
        scheduledSince: createdAt,
        plan,
        state: { kind: "active" },
      };
      const detail = planWords(plan);
      await book.put(club, deedIn(place, { by, action: "club start", subject: club.id, detail }));
      return club;
    },
    async change(club, plan, by) {
      const after = changeClub(club, plan, await chosenOf(book, club), now());
      const detail = `${planWords(club.plan)} → ${planWords(plan)}`;
      await book.put(after, deedIn(club.place, { by, action: "club change", subject: club.id, detail }));
      return after;
    },
    async stop({ id, place }, by) {
      await book.remove(id, deedIn(place, { by, action: "club stop", subject: id, detail: "" }));
      await closeRows(book, id);
    },
    nominate: ({ id }, { id: paper, title }, by) => ballots.nominate(id, { paper, title, by }),
    vote: ({ id }, paper, person) => ballots.vote(id, { person, paper }),
    open: (club) => openOf(book, ballots, club),
    history: (club) => historyOf(book, club, now()),
    tick: (couriers, ended) => tick({ ...lasting, ...(ended === undefined ? {} : { ended }) }, couriers),
  };
}
