import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { webApi } from "@slack/bolt";
import { escapeLabel, escapeSlack } from "../../adapters/slack/drawing/escape.ts";
import { makeMessage, makeModal } from "../../adapters/slack/drawing/payload.ts";
import { readText } from "../../adapters/slack/listening/read-text.ts";
import { hostile, reply } from "../support/hostile.ts";
import { openTestStore } from "../support/test-store.ts";
import { openSlack } from "./app.ts";

describe("a rendered reply", () => {
  it("is accepted by Slack and pings nobody, whatever papers and people write", async () => {
    const slack = await openSlack();
    const { buttons } = await openTestStore();
    const client = new webApi.WebClient(slack.botToken, {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
    });
    await fc.assert(
      fc.asyncProperty(reply, fc.boolean(), async (one, shared) => {
        const message = await makeMessage(one, buttons, {
          share: { command: "search", args: { query: one.summary } },
          ...(shared ? { sharedBy: slack.ana.id } : {}),
        });
        const { ts } = await client.chat.postMessage({ ...message, channel: slack.general.id });
        const posted = slack.messages(slack.general).find((found) => found.ts === ts);
        expect(posted?.pings.filter((ping) => ping !== `<@${slack.ana.id}>`)).toEqual([]);
        expect(
          posted?.links.filter(
            ({ url, label }) => url.startsWith("https://evil.example") && label !== undefined,
          ),
        ).toEqual([]);
      }),
      { numRuns: 150 },
    );
    expect(slack.violations).toEqual([]);
  }, 60_000);

  it("is accepted as a modal too", async () => {
    const slack = await openSlack();
    const { buttons } = await openTestStore();
    const client = new webApi.WebClient(slack.botToken, {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
    });
    await fc.assert(
      fc.asyncProperty(reply, async (one) => {
        const { blocks } = await makeModal(one, buttons);
        await client.views.publish({ user_id: slack.ana.id, view: { type: "home", blocks } });
      }),
      { numRuns: 60 },
    );
    expect(slack.violations).toEqual([]);
  }, 60_000);
});

describe("escaped text", () => {
  it("holds no sign of Slack's own, save around an address that it shows", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const outside = escapeSlack(text).replace(/<https?:\/\/[^<>|]+>/gi, "");
        for (const escaped of [outside, escapeLabel(text)]) {
          expect(escaped).not.toMatch(/[<>*~`]|&(?!amp;|lt;|gt;)|:[a-z0-9_+'-]+:/i);
        }
      }),
    );
  });

  it("is escaped once: Slack shows what was written", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z &<>]{0,30}$/), (text) => {
        const shown = escapeLabel(text).replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
        expect(shown.replace(/^›/, ">")).toBe(text.replace(/\s+/g, " "));
      }),
    );
  });
});

describe("text from Slack", () => {
  it("is read as it was meant", () => {
    expect(readText("“a &lt;b&gt; &amp;amp; c” ‘d’")).toBe("\"a <b> &amp; c\" 'd'");
    expect(readText("<https://arxiv.org/abs/1706.03762|arXiv> <@U1|ana> <#C1|general> <!here> <@U2>")).toBe(
      "https://arxiv.org/abs/1706.03762 @ana #general @here @U2",
    );
    expect(readText("<!subteam^S1|@team> <!date^1^{date}|today>")).toBe("@team today");
  });
});
