import type { Program } from "../program.ts";
import type { Stage } from "../stage.ts";
import type { SlowDisk } from "./slow-disk.ts";

/** What a fault strikes at. */
export interface Struck {
  readonly stage: Stage;
  readonly program: Program;
  readonly disk: SlowDisk | undefined;
}

/** Whose commands a fault explains when they are not answered. */
type Explains = readonly ("discord" | "slack")[];

/** Something that goes wrong outside of the program. */
export interface Fault {
  readonly kind: string;
  /** Sources are read when the time leaps, digests are sent when they are due, and the rest may come at any time. */
  readonly when: "before-leap" | "before-due" | "at-once" | "while-sent";
  /** Platforms whose commands may go unanswered until the program is ready again, and `restMs` after. */
  readonly explains: Explains;
  /** Milliseconds in which it goes on, where that is not until the program is ready again. */
  readonly restMs?: number;
  readonly strike: (struck: Struck) => unknown;
}

type Slower = Omit<Fault, "kind" | "when" | "explains">;

/** Faults of sending: commands are answered all the while. */
const sending = (kind: string, strike: Fault["strike"]): Fault => ({
  kind,
  when: "before-due",
  explains: [],
  strike,
});
/** Faults of a connection, and of the answers that go over it. */
const connection = (platform: "discord" | "slack", kind: string, parts: Slower): Fault => ({
  kind: `${platform}: ${kind}`,
  when: "at-once",
  explains: [platform],
  ...parts,
});

/** Milliseconds in which answers may be struck by failures that were ordered for some of them. */
const ORDERED = 10_000;

const POST = "POST /channels/:channel/messages";
const ANSWER = "PATCH /webhooks/:app/:token/messages/:message";

export const DISCORD_FAULTS: readonly Fault[] = [
  connection("discord", "connection broken", { strike: ({ stage }) => stage.discord.gateway.drop() }),
  connection("discord", "asked to reconnect", {
    strike: ({ stage }) => stage.discord.gateway.requestReconnect(),
  }),
  connection("discord", "session forgotten", {
    strike: ({ stage }) => stage.discord.gateway.invalidate(false),
  }),
  connection("discord", "answers refused by 503", {
    restMs: ORDERED,
    strike: ({ stage }) => stage.discord.failNext({ route: ANSWER, status: 503, times: 6 }),
  }),
  sending("discord: 429 on messages", ({ stage }) =>
    stage.discord.failNext({ route: POST, status: 429, times: 2, retryAfterSeconds: 2 }),
  ),
  sending("discord: 429 on everything", ({ stage }) =>
    stage.discord.failNext({ route: POST, status: 429, scope: "global", retryAfterSeconds: 1 }),
  ),
  sending("discord: 503 on messages", ({ stage }) =>
    stage.discord.failNext({ route: POST, status: 503, times: 6 }),
  ),
  // As often as discord.js tries; the message is there all the same.
  sending("discord: 502 after the message is there", ({ stage }) =>
    stage.discord.failNext({ route: POST, status: 502, applied: true, times: 4 }),
  ),
  sending("discord: connection broken after the message is there", ({ stage }) =>
    stage.discord.failNext({ route: POST, drop: true, applied: true, times: 4 }),
  ),
];

export const SLACK_FAULTS: readonly Fault[] = [
  connection("slack", "connection broken", { strike: ({ stage }) => stage.slack.socket.drop() }),
  connection("slack", "asked to reconnect", {
    strike: ({ stage }) => stage.slack.socket.disconnect("refresh_requested", 2000),
  }),
  connection("slack", "answers refused by 503", {
    restMs: ORDERED,
    strike: ({ stage }) => stage.slack.failNext("response_url", { status: 503, times: 3 }),
  }),
  sending("slack: 429 on messages", ({ stage }) =>
    stage.slack.failNext("chat.postMessage", { status: 429, times: 2, retryAfter: 2 }),
  ),
  sending("slack: 503 on messages", ({ stage }) =>
    stage.slack.failNext("chat.postMessage", { status: 503, times: 3 }),
  ),
  sending("slack: 500 after the message is there", ({ stage }) =>
    stage.slack.failNext("chat.postMessage", { status: 500, applied: true, times: 2 }),
  ),
  sending("slack: connection broken after the message is there", ({ stage }) =>
    stage.slack.failNext("chat.postMessage", { drop: true, applied: true, times: 2 }),
  ),
];

const SOURCE_KINDS = ["html", "short", "cut", "drop", "latin1"] as const;

const source = (name: "hub" | "arxiv", kind: string, order: Parameters<Stage["hub"]["failNext"]>): Fault => ({
  kind: `${name}: ${kind}`,
  when: "before-leap",
  explains: [],
  strike: ({ stage }) => stage[name].failNext(...order),
});

export const SOURCE_FAULTS: readonly Fault[] = (["hub", "arxiv"] as const).flatMap((name) => [
  source(name, "503", [{ kind: "status", status: 503 }, 4]),
  ...SOURCE_KINDS.map((kind) => source(name, kind, [{ kind }])),
]);

/** Milliseconds in which the disk is slow. */
const SLOW = 10_000;

export const SLOW_DISK: Fault = {
  kind: "slow disk",
  when: "before-due",
  // The database is written by the thread that answers.
  explains: ["discord", "slack"],
  restMs: SLOW,
  strike: ({ disk }) => disk?.slowFor(SLOW),
};

export const KILL: Fault = {
  kind: "killed and started again",
  when: "while-sent",
  explains: ["discord", "slack"],
  async strike({ program }) {
    await program.kill();
    await program.start();
  },
};
