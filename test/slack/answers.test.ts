import { describe, expect, it } from "vitest";
import { SHORTCUTS } from "../../adapters/slack/declare.ts";
import { openTestStore } from "../support/test-store.ts";
import type { TransportKind } from "./app.ts";
import { first, need, openSlack, shownText, startApp } from "./app.ts";

const LONG = `language model ${"pretraining data curriculum vision ".repeat(15)}`.trim();

describe.each<TransportKind>(["socket", "http"])("/paper in Slack over %s", (transport) => {
  it("answers a search privately, with numbered titles and the text for notifications", async () => {
    const { slack } = await startApp({ transport });
    const { ana, general } = slack;
    const asked = await slack.command({
      user: ana,
      channel: general,
      text: "/paper search curriculum learning",
    });
    expect(asked.acknowledged).toBe(true);
    const answer = first(await asked.replied());
    expect(answer.ephemeralFor).toBe(ana.id);
    expect(answer.text).toContain("papers for “curriculum learning”");
    expect(shownText(answer)).toMatch(/1\. .*\|.*2\. .*\|/s);
    expect(slack.violations).toEqual([]);
  });

  it("reads smart quotes, entities, and ids of people and channels as they were meant", async () => {
    const { slack } = await startApp({ transport });
    const ask = async (text: string): Promise<string> => {
      const asked = await slack.command({ user: slack.ana, channel: slack.general, text });
      return shownText(first(await asked.replied()));
    };
    expect(await ask("/paper search “curriculum learning” after:2024")).toContain("curriculum learning");
    expect(await ask("/paper search R&D <models> of @ana in #general")).toContain(
      "R&amp;D &lt;models&gt; of @ana in #general",
    );
    expect(await ask("/paper")).toContain("These are its commands");
    expect(await ask("/paper help search")).toContain("Operators");
    expect(await ask("/paper serach x")).toContain("Did you mean “search”?");
    expect(slack.violations).toEqual([]);
  });

  it("turns pages, opens details, similar and cite in the same message", async () => {
    const { slack } = await startApp({ transport });
    const { ana, general } = slack;
    const asked = await slack.command({ user: ana, channel: general, text: "/paper search language models" });
    const answer = first(await asked.replied());
    await slack.press(answer, { user: ana, button: "Next" });
    await slack.until(() => (shownText(answer).includes("6. ") ? true : undefined), "the second page");
    await slack.press(answer, { user: ana, button: "run:0" });
    await slack.until(() => (shownText(answer).includes("Id:") ? true : undefined), "details");
    await slack.press(answer, { user: ana, button: "Cite" });
    await slack.until(() => (shownText(answer).includes("@misc") ? true : undefined), "the entry");
    expect(slack.ephemerals(ana)).toHaveLength(1);
    expect(slack.violations).toEqual([]);
  });

  it("shows entries whole, in several blocks, and says where some do not fit", async () => {
    const { slack } = await startApp({ transport });
    const ask = async (text: string): Promise<string> => {
      const asked = await slack.command({ user: slack.ana, channel: slack.general, text: `/paper ${text}` });
      return shownText(first(await asked.replied()));
    };
    await ask("search curriculum learning");
    const some = await ask("cite 1-4 format:ris with:abstract");
    expect(some.match(/^TY {2}- /gm)).toHaveLength(4);
    expect(some.match(/^ER {2}-/gm)).toHaveLength(4);
    await ask("more");
    const many = await ask("cite 6-10 with:abstract");
    const [begun, ended] = [many.match(/^@misc/gm) ?? [], many.match(/^\}/gm) ?? []];
    expect(begun.length).toBeGreaterThan(1);
    expect(begun.length).toBeLessThan(5);
    expect(ended).toHaveLength(begun.length);
    expect(many).toContain("Not all of it fits into a message here.");
    expect(slack.violations).toEqual([]);
  });

  it("offers the papers of a list in a menu", async () => {
    const { slack } = await startApp({ transport });
    const { ana, general } = slack;
    const asked = await slack.command({ user: ana, channel: general, text: "/paper search FastDINOv2" });
    const answer = first(await asked.replied());
    const options = JSON.stringify(answer.blocks);
    const value = /"value":"(similar[^"]*)"/.exec(options)?.[1];
    await slack.choose(answer, { user: ana, option: need(value) });
    await slack.until(() => (shownText(answer).includes("Papers like") ? true : undefined), "similar papers");
    expect(slack.violations).toEqual([]);
  });

  it("shares to the channel with who shared it; others get private answers there", async () => {
    const { slack } = await startApp({ transport });
    const { ana, ben, quiet } = slack;
    const asked = await slack.command({ user: ana, channel: quiet, text: "/paper show FastDINOv2" });
    const answer = first(await asked.replied());
    const pressed = await slack.press(answer, { user: ana, button: "Share to channel" });
    const shared = first(await pressed.replied());
    expect(shared.ephemeralFor).toBeUndefined();
    expect(shared.channel).toBe(quiet);
    expect(shownText(shared)).toContain(`Shared by <@${ana.id}>`);
    const bens = first(await (await slack.press(shared, { user: ben, button: "Similar" })).replied());
    expect(bens.ephemeralFor).toBe(ben.id);
    expect(shownText(shared)).toContain("FastDINOv2");
    expect(slack.violations).toEqual([]);
  });

  it("finds papers similar to the one a message mentions", async () => {
    const { slack } = await startApp({ transport });
    const { ana, ben, general } = slack;
    const message = slack.say({
      user: ben,
      channel: general,
      text: "Have you seen FastDINOv2: Frequency Based Curriculum Learning Improves Robustness and Training Speed?",
    });
    const asked = await slack.messageShortcut({ user: ana, message, callbackId: SHORTCUTS.similar });
    const answer = first(await asked.replied());
    expect(answer.ephemeralFor).toBe(ana.id);
    expect(answer.text).toContain("Papers like “FastDINOv2");
    expect(slack.violations).toEqual([]);
  });

  it("searches from a form, says what is wrong at its field, and goes on in the modal", async () => {
    const { slack } = await startApp({ transport });
    const { ana } = slack;
    const form = await (await slack.globalShortcut({ user: ana, callbackId: SHORTCUTS.search })).opened();
    const wrong = await slack.submit(form, { user: ana, values: { query: "vision", after: "soonish" } });
    expect(Object.values(need(wrong.errors)).join(" ")).toContain("soonish");
    await slack.submit(form, { user: ana, values: { query: "curriculum learning", sort: "relevance" } });
    const shown = need(slack.views()[0]);
    expect(shownText(shown.content)).toContain("papers for “curriculum learning”");
    await slack.press(shown, { user: ana, button: "Next" });
    await slack.until(
      () => (shownText(need(slack.views()[0]).content).includes("6. ") ? true : undefined),
      "the second page",
    );
    expect(slack.violations).toEqual([]);
  });

  it("answers mentions and direct messages in their thread", async () => {
    const { slack } = await startApp({ transport });
    const { ana, general } = slack;
    const mention = await slack.mention({ user: ana, channel: general, text: "papers like FastDINOv2?" });
    const answer = first(await mention.replied());
    expect(answer.threadTs).toBe(mention.message.ts);
    expect(answer.text).toContain("Papers like “FastDINOv2");
    const direct = await slack.direct({ user: ana, text: "what is new on curriculum learning" });
    const told = first(await direct.replied());
    expect(told.threadTs).toBe(direct.message.ts);
    await slack.press(told, { user: ana, button: "run:0" });
    await slack.until(() => (shownText(told).includes("Id:") ? true : undefined), "details in place");
    expect(slack.violations).toEqual([]);
  });

  it("goes on with the last list in direct messages and mentions, and takes topics for topics there", async () => {
    const { slack } = await startApp({ transport });
    const { ana, general } = slack;
    const bob = slack.person("bob");
    const tell = async (text: string) =>
      shownText(first(await (await slack.direct({ user: ana, text })).replied()));
    const say = async (user: typeof ana, text: string) =>
      shownText(first(await (await slack.mention({ user, channel: general, text })).replied()));
    expect(await tell("random forests")).toContain("for “random forests”");
    expect(await tell("more")).toContain("6. ");
    expect(await tell("7")).toContain("Id:");
    expect(await tell("back")).toContain("6. ");
    expect(await tell("help ingest")).toContain("paperboy ingest arxiv:cs.CL");
    expect(await say(ana, "2")).toContain("There is no “2” to choose. Search first");
    expect(await say(ana, "curriculum learning")).toContain("1. ");
    expect(await say(ana, "next")).toContain("6. ");
    expect(await say(bob, "next")).toContain("There is no “next” to choose");
    expect(slack.violations).toEqual([]);
  });

  it("shows search, what is new and how to use it on the Home tab", async () => {
    const { slack } = await startApp({ transport });
    const { ana } = slack;
    await slack.openHome({ user: ana });
    const home = await slack.until(() => slack.home(ana), "the Home tab");
    const text = shownText(home.content);
    expect(text).toContain("What is new");
    expect(text).toMatch(/1\. .*March 2026/s);
    expect(text).toContain("/paper search");
    const form = await (await slack.press(home, { user: ana, button: "Search papers" })).opened();
    expect(shownText(form.content)).toContain("Query");
    const details = await (await slack.press(home, { user: ana, button: "run:0" })).opened();
    expect(shownText(details.content)).toContain("Authors:");
    expect(slack.violations).toEqual([]);
  });

  it("keeps its buttons after an hour and over a restart, also those of very long searches", async () => {
    const slack = await openSlack();
    const store = await openTestStore();
    const { app } = await startApp({ transport, slack, store });
    const { ana, general } = slack;
    const asked = await slack.command({ user: ana, channel: general, text: `/paper search ${LONG}` });
    const answer = first(await asked.replied());
    await app.stop();
    slack.advance(60 * 60 * 1000);
    await startApp({ transport, slack, store });
    await slack.press(answer, { user: ana, button: "Next" });
    await slack.until(() => (shownText(answer).includes("6. ") ? true : undefined), "the second page");
    expect(slack.violations).toEqual([]);
  });

  it("answers an event that is told again once", async () => {
    const { slack } = await startApp({ transport });
    const { ana, general } = slack;
    const mention = await slack.mention({ user: ana, channel: general, text: "help" });
    await mention.replied();
    await slack.retry(need(mention.eventId));
    await slack.idle();
    expect(slack.calls.filter(({ method }) => method === "chat.postMessage")).toHaveLength(1);
    expect(slack.violations).toEqual([]);
  });
});
