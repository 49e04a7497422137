import type { App } from "@slack/bolt";
import { describe, expect, test } from "vitest";
import { fakeSlack, overHttp, overSocket } from "./connect.ts";
import type { FakeSlack } from "./index.ts";

const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } }) as const;
const button = (text: string, id: string) =>
  ({
    type: "button",
    action_id: id,
    value: "v",
    text: { type: "plain_text", text },
  }) as const;

function wire(app: App): void {
  app.command("/paper", async ({ command, ack, respond, say }) => {
    if (command.text === "now") return ack({ response_type: "in_channel", text: "at once" });
    await ack();
    await respond({ response_type: "ephemeral", text: `later: ${command.text}` });
    await say({
      text: "card",
      blocks: [section("*card*"), { type: "actions", elements: [button("More", "more")] }],
    });
  });
  app.action("more", async ({ ack, respond }) => {
    await ack();
    await respond({ replace_original: true, text: "more of it" });
  });
  app.event("app_mention", async ({ event, say }) => {
    await say({ text: "pong", thread_ts: event.ts });
  });
  app.message(/.*/, async ({ say }) => {
    await say("hello");
  });
  app.shortcut("save", async ({ ack, shortcut, client }) => {
    await ack();
    await client.views.open({
      trigger_id: shortcut.trigger_id,
      view: {
        type: "modal",
        callback_id: "saved",
        title: { type: "plain_text", text: "Save" },
        submit: { type: "plain_text", text: "Save" },
        notify_on_close: true,
        blocks: [
          {
            type: "input",
            block_id: "note",
            label: { type: "plain_text", text: "Note" },
            element: { type: "plain_text_input", action_id: "text" },
          },
        ],
      },
    });
  });
  app.view("saved", async ({ ack, view }) => {
    const note = view.state.values["note"]?.["text"]?.value ?? "";
    if (note.length < 3) await ack({ response_action: "errors", errors: { note: "too short" } });
    else await ack();
  });
  app.view({ callback_id: "saved", type: "view_closed" }, async ({ ack }) => {
    await ack();
  });
  app.event("app_home_opened", async ({ event, client }) => {
    const view = { type: "home" as const, blocks: [section("home")] };
    await client.views.publish({ user_id: event.user, view });
  });
  app.event("link_shared", async ({ event, client }) => {
    const [link] = event.links;
    const unfurls = { [link?.url ?? ""]: { blocks: [section("preview")] } };
    await client.chat.unfurl({ channel: event.channel, ts: event.message_ts, unfurls });
  });
}

const transports: [string, (slack: FakeSlack) => Promise<unknown>][] = [
  ["Socket Mode", (slack) => overSocket(slack, wire)],
  ["HTTP", (slack) => overHttp(slack, wire)],
];

describe.for(transports)("the real Bolt over %s", ([, connect]) => {
  test("answers commands at once, by response_url and by Web API", async () => {
    const slack = await fakeSlack();
    await connect(slack);
    const { ana, general } = slack;
    const now = await slack.command({ user: ana, channel: general, text: "/paper now" });
    expect(now).toMatchObject({ acknowledged: true, ack: { text: "at once" } });
    expect(slack.messages(general).map(({ text }) => text)).toEqual(["at once"]);
    const later = await slack.command({ user: ana, channel: general, text: "/paper a <b> & @ben" });
    const [first, second] = await later.replied(2);
    expect(first).toMatchObject({
      text: `later: a &lt;b&gt; &amp; <@${slack.ben.id}|ben>`,
      via: "response_url",
    });
    expect(slack.ephemerals(ana)).toEqual([first]);
    expect(second).toMatchObject({ text: "card", via: "api" });
    expect(slack.violations).toEqual([]);
  });

  test("hears buttons, mentions, direct messages, links and the Home tab", async () => {
    const slack = await fakeSlack();
    await connect(slack);
    const { ana, general } = slack;
    const [, card] = await (
      await slack.command({ user: ana, channel: general, text: "/paper x" })
    ).replied(2);
    if (card === undefined) throw new Error("There is no card");
    expect((await slack.press(card, { user: ana, button: "More" })).acknowledged).toBe(true);
    await slack.until(() => (card.edits === 1 ? true : undefined), "an edit");
    expect(card.text).toBe("more of it");
    const mention = await slack.mention({ user: ana, channel: general, text: "hi" });
    expect((await mention.replied())[0]).toMatchObject({ text: "pong", threadTs: mention.message.ts });
    const direct = await slack.direct({ user: ana, text: "hi" });
    expect((await direct.replied())[0]?.channel).toBe(slack.dm(ana));
    await slack.openHome({ user: ana });
    await slack.next("views.publish");
    expect(slack.home(ana)?.content["type"]).toBe("home");
    await slack.shareLinks({ user: ana, channel: general, links: ["https://arxiv.org/abs/1706.03762"] });
    expect((await slack.next("chat.unfurl")).answer).toEqual({ ok: true });
    expect(slack.unfurls()).toMatchObject([{ url: "https://arxiv.org/abs/1706.03762" }]);
    expect(slack.violations).toEqual([]);
  });

  test("opens modals, refuses what is filled in, and hears that one was closed", async () => {
    const slack = await fakeSlack();
    await connect(slack);
    const view = await (await slack.globalShortcut({ user: slack.ana, callbackId: "save" })).opened();
    const short = await slack.submit(view, { values: { Note: "ab" } });
    expect(short.errors).toEqual({ note: "too short" });
    expect(slack.views()).toEqual([view]);
    expect((await slack.submit(view, { values: { note: "long enough" } })).acknowledged).toBe(true);
    expect(slack.views()).toEqual([]);
    const message = slack.say({ user: slack.ben, channel: slack.general, text: "look" });
    const other = await slack.messageShortcut({ user: slack.ana, message, callbackId: "save" });
    expect((await slack.dismiss(await other.opened()))?.acknowledged).toBe(true);
    expect(slack.violations).toEqual([]);
  });
});
