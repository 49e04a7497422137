import { createFakeDiscord, type FakeDiscord } from "../fakes/discord/index.ts";
import { createFakeSlack, type FakeSlack } from "../fakes/slack/index.ts";
import { startArxiv, type FakeArxiv } from "../fakes/sources/arxiv.ts";
import { startHuggingFace } from "../fakes/sources/hugging-face.ts";
import type { FakeService } from "../fakes/sources/service.ts";

/** The time of a run: that of the machine, and the hours that were leapt over. */
interface LeapingClock {
  readonly now: () => Date;
  /** How far it is from the machine's, in milliseconds. */
  readonly aheadMs: () => number;
  readonly leap: (ms: number) => void;
}

/** The platforms and sources of a run, all by one clock; deadlines of answers are by the machine's. */
export interface Stage {
  readonly clock: LeapingClock;
  readonly discord: FakeDiscord;
  readonly slack: FakeSlack;
  readonly hub: FakeService;
  readonly arxiv: FakeArxiv;
  /** Settings that lead the program to them. */
  readonly settings: Readonly<Record<string, string>>;
  /** Every rule of theirs that was broken. */
  readonly violations: () => readonly string[];
  /** Takes back the failures of platforms that were ordered and did not strike. */
  readonly mend: () => void;
  readonly close: () => Promise<void>;
}

/** Milliseconds within which an answer has to come after the first response: nobody looks at it later. */
const PATIENCE = 60_000;

/** Starts them all, at a time. */
export async function openStage(start: string): Promise<Stage> {
  let aheadMs = Date.parse(start) - Date.now();
  const now = (): Date => new Date(Date.now() + aheadMs);
  const closing: (() => void)[] = [];
  const atEnd = (close: () => void): unknown => closing.push(close);
  const discord = await createFakeDiscord({
    openApi: false,
    patienceMs: PATIENCE,
    now: () => now().getTime(),
  });
  const slack = await createFakeSlack({ postLimit: true, patienceMs: PATIENCE });
  slack.advance(aheadMs);
  const hub = await startHuggingFace({ clock: { now }, atEnd });
  const arxiv = await startArxiv({ clock: { now }, atEnd });
  return {
    clock: {
      now,
      aheadMs: () => aheadMs,
      leap(ms) {
        aheadMs += ms;
        slack.advance(ms);
      },
    },
    discord,
    slack,
    hub,
    arxiv,
    settings: {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: slack.apiUrl,
      PAPERBOY_SOURCES: "huggingface,arxiv:cs.CL",
      PAPERBOY_CONTACT: "mailto:me@example.org",
      PAPERBOY_HUGGINGFACE_URL: hub.url,
      PAPERBOY_ARXIV_API_URL: arxiv.url,
      PAPERBOY_ARXIV_FEED_URL: arxiv.url,
    },
    violations: () =>
      [...discord.violations, ...slack.violations, ...hub.violations, ...arxiv.violations].map((one) =>
        typeof one === "string" ? one : JSON.stringify(one),
      ),
    mend() {
      discord.clearFaults();
      slack.clearFaults();
    },
    async close() {
      for (const close of closing) close();
      await Promise.all([discord.close(), slack.close()]);
    },
  };
}
