import { describe, expect, test } from "vitest";
import { clientOf, fakeSlack, post, refusal } from "./connect.ts";
import type { FakeSlack } from "./index.ts";
import { recordOf, type Json } from "./json.ts";

const long = (length: number): string => "x".repeat(length);
const section = (text: string): Json => ({ type: "section", text: { type: "mrkdwn", text } });
const view = { type: "modal", title: { type: "plain_text", text: "T" }, blocks: [section("s")] };

/** What is called with which arguments, what it meets, and whether the app broke a rule with it. */
type Row = [string, string, (slack: FakeSlack) => Json, string, boolean];

const rows: Row[] = [
  ["a method that is none", "chat.postMassage", () => ({}), "unknown_method", true],
  ["an argument that is none", "chat.postMessage", at({ text: "t", txet: "t" }), "invalid_arguments", true],
  ["a missing argument", "chat.postMessage", () => ({ text: "t" }), "invalid_arguments", true],
  ["no text", "chat.postMessage", at({}), "no_text", true],
  ["a blank text", "chat.postMessage", at({ text: " " }), "no_text", true],
  ["a text over 40,000", "chat.postMessage", at({ text: long(40_001) }), "msg_too_long", true],
  ["wrong blocks", "chat.postMessage", at({ text: "t", blocks: [{ type: "x" }] }), "invalid_blocks", true],
  [
    "blocks that are no list",
    "chat.postMessage",
    at({ text: "t", blocks: "{}" }),
    "invalid_blocks_format",
    true,
  ],
  [
    "blocks over 12,000 together",
    "chat.postMessage",
    at({ text: "t", blocks: [1, 2, 3, 4, 5].map(() => section(long(2500))) }),
    "msg_blocks_too_long",
    true,
  ],
  [
    "metadata without payload",
    "chat.postMessage",
    at({ text: "t", metadata: { event_type: "e" } }),
    "invalid_metadata_format",
    true,
  ],
  [
    "markdown_text and text",
    "chat.postMessage",
    at({ text: "t", markdown_text: "m" }),
    "markdown_text_conflict",
    true,
  ],
  [
    "a name for an id",
    "chat.postMessage",
    () => ({ channel: "#general", text: "t" }),
    "channel_not_found",
    true,
  ],
  [
    "an unknown channel",
    "chat.postMessage",
    () => ({ channel: "C0NONE", text: "t" }),
    "channel_not_found",
    false,
  ],
  [
    "a channel without the bot",
    "chat.postMessage",
    ({ quiet }) => ({ channel: quiet.id, text: "t" }),
    "not_in_channel",
    false,
  ],
  [
    "a private channel",
    "chat.postMessage",
    ({ secret }) => ({ channel: secret.id, text: "t" }),
    "channel_not_found",
    false,
  ],
  [
    "an archived channel",
    "chat.postMessage",
    (slack) => ({ channel: slack.channel("old", { archived: true }).id, text: "t" }),
    "is_archived",
    false,
  ],
  [
    "an unknown thread",
    "chat.postMessage",
    at({ text: "t", thread_ts: "1.000001" }),
    "cannot_reply_to_message",
    false,
  ],
  ["someone outside", "chat.postEphemeral", at({ user: "U0NONE", text: "t" }), "user_not_in_channel", false],
  ["no message", "chat.update", at({ ts: "1.000001", text: "t" }), "message_not_found", false],
  ["a message of a person", "chat.update", ofPerson, "cant_update_message", true],
  ["a message of a person", "chat.delete", ofPersonAlone, "cant_delete_message", true],
  ["no conversation", "conversations.info", () => ({ channel: "C0NONE" }), "channel_not_found", false],
  [
    "a channel without the bot",
    "conversations.history",
    ({ quiet }) => ({ channel: quiet.id }),
    "not_in_channel",
    false,
  ],
  ["no thread", "conversations.replies", at({ ts: "1.000001" }), "thread_not_found", false],
  ["nobody", "users.info", () => ({ user: "U0NONE" }), "user_not_found", false],
  ["nobody", "conversations.open", () => ({ users: "U0NONE" }), "user_not_found", false],
  ["no users", "conversations.open", () => ({}), "users_list_not_supplied", true],
  ["another bot", "bots.info", () => ({ bot: "B0NONE" }), "bot_not_found", false],
  ["no trigger", "views.open", () => ({ view }), "invalid_arguments", true],
  ["an unknown trigger", "views.open", () => ({ view, trigger_id: "1.2.3" }), "invalid_trigger_id", true],
  [
    "a wrong view",
    "views.open",
    () => ({ view: { type: "modal" }, trigger_id: "1" }),
    "invalid_arguments",
    true,
  ],
  ["no view", "views.update", () => ({ view, view_id: "V0NONE" }), "not_found", false],
  [
    "nobody",
    "views.publish",
    () => ({ view: { type: "home", blocks: [] }, user_id: "U0NONE" }),
    "user_not_found",
    false,
  ],
  [
    "links of no message",
    "chat.unfurl",
    at({ ts: "1.000001", unfurls: { "https://a.b": {} } }),
    "cannot_find_message",
    false,
  ],
  ["a wrong code", "oauth.v2.access", codeOf, "invalid_code", false],
  ["a wrong client", "oauth.v2.access", () => ({ code: "c", client_id: "x" }), "invalid_client_id", true],
];

function at(args: Json): (slack: FakeSlack) => Json {
  return ({ general }) => ({ channel: general.id, ...args });
}

function ofPerson(slack: FakeSlack): Json {
  return { ...ofPersonAlone(slack), text: "t" };
}

function ofPersonAlone(slack: FakeSlack): Json {
  const { ts } = slack.say({ user: slack.ana, channel: slack.general, text: "mine" });
  return { channel: slack.general.id, ts };
}

function codeOf({ clientId, clientSecret }: FakeSlack): Json {
  return { code: "c", client_id: clientId, client_secret: clientSecret };
}

describe("Web API", () => {
  test.for(rows)("%s: %s is refused", async ([, method, args, code, breaks]) => {
    const slack = await fakeSlack();
    expect(await refusal(clientOf(slack).apiCall(method, args(slack)))).toBe(code);
    expect(slack.violations).toHaveLength(breaks ? 1 : 0);
    expect(slack.calls[0]).toMatchObject({ method, status: 200, answer: { ok: false, error: code } });
  });

  test("names path and rule of wrong blocks", async () => {
    const slack = await fakeSlack();
    await refusal(post(slack, { channel: slack.general.id, text: "t", blocks: [{ type: "header" }] }));
    expect(slack.calls[0]?.answer).toMatchObject({
      response_metadata: { messages: ["[ERROR] missing required field: text [json-pointer:/blocks/0]"] },
    });
  });

  test("notes blocks without text", async () => {
    const slack = await fakeSlack();
    await post(slack, { channel: slack.general.id, blocks: [section("s")] });
    expect(slack.violations).toEqual([expect.stringContaining("blocks without text")]);
  });

  test("reads JSON as well as forms, and refuses what is neither", async () => {
    const slack = await fakeSlack();
    const send = (type: string, body: string): Promise<Response> =>
      fetch(`${slack.apiUrl}chat.postMessage`, {
        method: "POST",
        headers: { authorization: `Bearer ${slack.botToken}`, "content-type": type },
        body,
      });
    const args = { channel: slack.general.id, text: "json", blocks: [section("s")] };
    expect(await (await send("application/json; charset=utf-8", JSON.stringify(args))).json()).toMatchObject({
      ok: true,
    });
    const answer = await send("application/json", "{");
    expect([answer.status, await answer.json()]).toMatchObject([200, { error: "invalid_form_data" }]);
    expect((await send("text/plain", "x")).headers.get("x-oauth-scopes")).toContain("chat:write");
  });
});

describe("tokens", () => {
  test("are needed, known, of the right kind and alive", async () => {
    const slack = await fakeSlack();
    const bare = await fetch(`${slack.apiUrl}auth.test`, { method: "POST" });
    expect(await bare.json()).toEqual({ ok: false, error: "not_authed" });
    expect(await refusal(clientOf(slack, "xoxb-unknown").auth.test())).toBe("invalid_auth");
    expect(await refusal(clientOf(slack, slack.appToken).auth.test())).toBe("not_allowed_token_type");
    expect(await refusal(clientOf(slack).apps.connections.open({}))).toBe("not_allowed_token_type");
    expect(await clientOf(slack).auth.test()).toMatchObject({
      user_id: slack.botUser.id,
      team_id: slack.team.id,
    });
    await clientOf(slack).auth.revoke();
    expect(await refusal(clientOf(slack).auth.test())).toBe("token_revoked");
    const other = slack.workspace("Other");
    expect(await refusal(clientOf(slack, other.botToken).auth.test())).toBe("account_inactive");
  });

  test("see nothing of other workspaces", async () => {
    const slack = await fakeSlack();
    const other = slack.workspace("Other", { installed: true });
    expect(await refusal(post(slack, { channel: other.general.id, text: "t" }))).toBe("channel_not_found");
    await post(slack, { channel: other.general.id, text: "t" }, other.botToken);
    expect(slack.messages(other.general)).toHaveLength(1);
  });

  test("lack scopes where a test took them, by the kind of conversation", async () => {
    const slack = await fakeSlack({ scopes: ["channels:read", "chat:write"] });
    const { conversations } = clientOf(slack);
    expect(await refusal(conversations.history({ channel: slack.general.id }))).toBe("missing_scope");
    expect(recordOf(slack.calls[0]?.answer)).toMatchObject({
      needed: "channels:history",
      provided: "channels:read,chat:write",
    });
    await conversations.info({ channel: slack.general.id });
    expect(await refusal(conversations.info({ channel: slack.dm(slack.ana).id }))).toBe("missing_scope");
    expect(slack.calls[2]?.answer).toMatchObject({ needed: "im:read" });
    expect(slack.violations).toEqual([]);
  });
});
