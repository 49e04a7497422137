import { describe, expect, test } from "vitest";
import { clientOf, fakeSlack, post, refusal } from "./connect.ts";

const metadata = { event_type: "paper_delivered", event_payload: { paper: "arxiv:1706.03762" } };

describe("messages", () => {
  test("are kept with their metadata and read back newest first", async () => {
    const slack = await fakeSlack();
    const channel = slack.general.id;
    await post(slack, { channel, text: "first", metadata });
    await post(slack, { channel, text: "second" });
    const { conversations } = clientOf(slack);
    const plain = await conversations.history({ channel });
    expect(plain.messages?.map(({ text }) => text)).toEqual(["second", "first"]);
    expect(plain.messages?.[1]).not.toHaveProperty("metadata");
    const full = await conversations.history({ channel, include_all_metadata: true, limit: 1 });
    expect(full.has_more).toBe(true);
    const cursor = full.response_metadata?.next_cursor ?? "";
    const rest = await conversations.history({ channel, include_all_metadata: true, limit: 1, cursor });
    expect(rest.messages).toMatchObject([{ text: "first", metadata, bot_id: slack.team.botId }]);
    const oldest = plain.messages?.[1]?.ts ?? "";
    expect((await conversations.history({ channel, oldest })).messages).toHaveLength(1);
    expect((await conversations.history({ channel, oldest, inclusive: true })).messages).toHaveLength(2);
  });

  test("in threads are found with their parent and not in the channel", async () => {
    const slack = await fakeSlack();
    const channel = slack.general.id;
    const { ts } = slack.say({ user: slack.ana, channel: slack.general, text: "parent" });
    await post(slack, { channel, text: "reply", thread_ts: ts });
    const { conversations } = clientOf(slack);
    const thread = await conversations.replies({ channel, ts });
    expect(thread.messages?.map(({ text }) => text)).toEqual(["parent", "reply"]);
    expect((await conversations.history({ channel })).messages).toHaveLength(1);
  });

  test("are edited, keep blocks until empty ones are sent, and are deleted", async () => {
    const slack = await fakeSlack();
    const channel = slack.general.id;
    await post(slack, { channel, text: "t", blocks: [{ type: "divider" }] });
    const [message] = slack.messages(slack.general);
    const ts = message?.ts ?? "";
    const { chat } = clientOf(slack);
    await chat.update({ channel, ts, text: "edited" });
    expect(message).toMatchObject({ text: "edited", blocks: [{ type: "divider" }], edits: 1 });
    await chat.update({ channel, ts, text: "again", blocks: [] });
    expect(message).toMatchObject({ text: "again", blocks: [], edits: 2 });
    expect(await refusal(chat.update({ channel, ts, text: "x".repeat(4001) }))).toBe("msg_too_long");
    expect((await chat.getPermalink({ channel, message_ts: ts })).permalink).toContain(ts.replace(".", ""));
    await chat.delete({ channel, ts });
    expect(slack.messages(slack.general)).toEqual([]);
    expect(await refusal(chat.delete({ channel, ts }))).toBe("message_not_found");
  });

  test("that only one person sees cannot be edited by Web API", async () => {
    const slack = await fakeSlack();
    const { ana, ben, general } = slack;
    const { chat } = clientOf(slack);
    const sent = await chat.postEphemeral({ channel: general.id, user: ana.id, text: "psst" });
    expect([
      slack.ephemerals(ana).length,
      slack.ephemerals(ben).length,
      slack.messages(general).length,
    ]).toEqual([1, 0, 0]);
    const ts = sent.message_ts ?? "";
    expect(await refusal(chat.update({ channel: general.id, ts, text: "t" }))).toBe("message_not_found");
    expect(slack.violations).toHaveLength(1);
  });

  test("go to people by their id and by their conversation", async () => {
    const slack = await fakeSlack();
    const { channel } = await clientOf(slack).conversations.open({ users: slack.ana.id });
    await post(slack, { channel: channel?.id, text: "one" });
    await post(slack, { channel: slack.ana.id, text: "two" });
    expect(slack.messages(slack.dm(slack.ana)).map(({ text }) => text)).toEqual(["one", "two"]);
  });

  test("reach public channels without the bot by chat:write.public, or after joining", async () => {
    const slack = await fakeSlack({ scopes: ["chat:write", "chat:write.public"] });
    await post(slack, { channel: slack.quiet.id, text: "t" });
    const joining = await fakeSlack();
    await clientOf(joining).conversations.join({ channel: joining.quiet.id });
    await post(joining, { channel: joining.quiet.id, text: "t" });
    expect(joining.messages(joining.quiet)).toHaveLength(1);
  });
});

describe("what is told about the workspace", () => {
  test("are people, members, conversations, the bot and the team", async () => {
    const slack = await fakeSlack();
    const client = clientOf(slack);
    const { ana, ben, botUser, general, quiet, team } = slack;
    const info = await client.users.info({ user: ben.id, include_locale: true });
    expect(info.user).toMatchObject({
      name: "ben",
      tz: "America/New_York",
      tz_offset: -18_000,
      locale: "en-US",
    });
    const { members } = await client.conversations.members({ channel: general.id });
    expect(members).toEqual([ana.id, ben.id, botUser.id]);
    const shown = await client.conversations.info({ channel: quiet.id, include_num_members: true });
    expect(shown.channel).toMatchObject({ name: "quiet", is_member: false, num_members: 2 });
    expect((await client.conversations.list({})).channels?.map(({ name }) => name)).toEqual([
      "general",
      "quiet",
    ]);
    expect((await client.bots.info({ bot: team.botId })).bot).toMatchObject({ user_id: botUser.id });
    expect((await client.team.info()).team).toMatchObject({ id: team.id, name: "Paper Lovers" });
    expect(slack.violations).toEqual([]);
  });
});
