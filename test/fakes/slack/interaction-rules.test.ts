import { describe, expect, test } from "vitest";
import { clientOf, fakeSlack, overSocket, post, refusal } from "./connect.ts";
import { ClientRefusal, type FakeSlack, type FakeSlackOptions, type Message } from "./index.ts";
import { textOf, type Json } from "./json.ts";

const plain = (text: string) => ({ type: "plain_text" as const, text });
const view = { type: "modal" as const, title: plain("T"), blocks: [{ type: "divider" as const }] };
const label = (name: string, more: Json = {}): Json => ({
  type: "input",
  block_id: name,
  label: plain(name),
  element: { type: "plain_text_input", action_id: "text", max_length: 5 },
  ...more,
});

/** A fake and an app that acknowledges everything without a word. */
async function acknowledging(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const slack = await fakeSlack(options);
  await overSocket(slack, (app) => {
    app.use(async ({ body, next, ...rest }) => {
      if (body.type !== "event_callback" && "ack" in rest) await (rest["ack"] as () => Promise<void>)();
      await next();
    });
    app.command(/.*/, async () => {});
  });
  return slack;
}

const respond = (url: unknown, body: Json): Promise<Response> =>
  fetch(textOf(url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

async function sent(slack: FakeSlack, blocks: Json[]): Promise<Message> {
  await post(slack, { channel: slack.general.id, text: "t", blocks });
  const message = slack.messages(slack.general).at(-1);
  if (message === undefined) throw new Error("There is no message");
  return message;
}

const button = (text: string, id: string): Json => ({ type: "button", action_id: id, text: plain(text) });
const buttons = [{ type: "actions", block_id: "b", elements: [button("One", "one"), button("Two", "two")] }];

describe("a trigger", () => {
  test("opens one view", async () => {
    const slack = await acknowledging();
    const { payload } = await slack.globalShortcut({ user: slack.ana, callbackId: "c" });
    const trigger_id = textOf(payload["trigger_id"]);
    await clientOf(slack).views.open({ trigger_id, view });
    expect(slack.views()).toHaveLength(1);
    expect(await refusal(clientOf(slack).views.open({ trigger_id, view }))).toBe("exchanged_trigger_id");
    expect(slack.violations).toHaveLength(1);
  });

  test("is good for three seconds", async () => {
    const slack = await acknowledging();
    const { payload } = await slack.globalShortcut({ user: slack.ana, callbackId: "c" });
    slack.advance(3001);
    const trigger_id = textOf(payload["trigger_id"]);
    expect(await refusal(clientOf(slack).views.open({ trigger_id, view }))).toBe("expired_trigger_id");
  });

  test("from a modal pushes up to three views", async () => {
    const slack = await acknowledging();
    const client = clientOf(slack);
    const blocks = [...buttons] as never[];
    const first = await slack.globalShortcut({ user: slack.ana, callbackId: "c" });
    await client.views.open({ trigger_id: textOf(first.payload["trigger_id"]), view: { ...view, blocks } });
    const push = async (): Promise<unknown> => {
      const top = slack.views().at(-1);
      if (top === undefined) throw new Error("There is no view");
      const { payload } = await slack.press(top, { user: slack.ana, button: "One" });
      return client.views.push({ trigger_id: textOf(payload["trigger_id"]), view: { ...view, blocks } });
    };
    await push();
    await push();
    expect(new Set(slack.views().map(({ rootId }) => rootId)).size).toBe(1);
    expect(await refusal(push())).toBe("push_limit_reached");
  });
});

describe("views", () => {
  test("are updated by id with the current hash only", async () => {
    const slack = await acknowledging();
    const client = clientOf(slack);
    const { payload } = await slack.globalShortcut({ user: slack.ana, callbackId: "c" });
    const opened = await client.views.open({ trigger_id: textOf(payload["trigger_id"]), view });
    const known = { view_id: opened.view?.id ?? "", hash: opened.view?.hash ?? "" };
    await client.views.update({ ...known, view: { ...view, title: plain("New") } });
    expect(slack.views()[0]?.content["title"]).toEqual(plain("New"));
    expect(await refusal(client.views.update({ ...known, view }))).toBe("hash_conflict");
    await client.views.publish({ user_id: slack.ana.id, view: { type: "home", blocks: [] } });
    const stale = { user_id: slack.ana.id, hash: "x", view: { type: "home" as const, blocks: [] } };
    expect(await refusal(client.views.publish(stale))).toBe("hash_conflict");
    expect(slack.violations).toEqual([]);
  });

  test("hold people to what they ask", async () => {
    const slack = await acknowledging();
    const client = clientOf(slack);
    const { payload } = await slack.globalShortcut({ user: slack.ana, callbackId: "c" });
    const blocks = [label("Must"), label("May", { optional: true })] as never[];
    const asking = { ...view, submit: plain("Go"), blocks };
    await client.views.open({ trigger_id: textOf(payload["trigger_id"]), view: asking });
    const [open] = slack.views();
    if (open === undefined) throw new Error("There is no view");
    await expect(slack.submit(open, {})).rejects.toThrow(ClientRefusal);
    await expect(slack.submit(open, { values: { Must: "too long" } })).rejects.toThrow(ClientRefusal);
    await expect(slack.submit(open, { values: { Must: "a", Other: "b" } })).rejects.toThrow(
      "no input for Other",
    );
    const done = await slack.submit(open, { values: { Must: "a" } });
    expect(done.payload["view"]).toMatchObject({
      state: {
        values: {
          Must: { text: { type: "plain_text_input", value: "a" } },
          May: { text: { type: "plain_text_input", value: null } },
        },
      },
    });
  });
});

describe("a response_url", () => {
  test("takes five answers", async () => {
    const slack = await acknowledging();
    const { payload, answers } = await slack.command({ user: slack.ana, channel: slack.general, text: "/p" });
    expect(answers).toEqual([]);
    const url = payload["response_url"];
    for (const text of ["1", "2", "3", "4"]) expect((await respond(url, { text })).status).toBe(200);
    await respond(url, { text: "5", response_type: "in_channel" });
    expect([slack.ephemerals(slack.ana).length, slack.messages(slack.general).length]).toEqual([4, 1]);
    const sixth = await respond(url, { text: "6" });
    expect([sixth.status, await sixth.json()]).toEqual([404, { ok: false, error: "used_url" }]);
    expect(slack.violations).toHaveLength(1);
  });

  test("lives for 30 minutes", async () => {
    const slack = await acknowledging();
    const { payload } = await slack.command({ user: slack.ana, channel: slack.general, text: "/p" });
    slack.advance(30 * 60_000 + 1);
    const late = await respond(payload["response_url"], { text: "t" });
    expect([late.status, await late.json()]).toEqual([404, { ok: false, error: "expired_url" }]);
  });

  test("replaces and deletes the message a button is on, an ephemeral one too", async () => {
    const slack = await acknowledging();
    const { ana, general } = slack;
    const { chat } = clientOf(slack);
    const blocks = buttons as never[];
    await chat.postEphemeral({ channel: general.id, user: ana.id, text: "t", blocks });
    const [message] = slack.ephemerals(ana);
    if (message === undefined) throw new Error("There is no message");
    const { payload } = await slack.press(message, { user: ana, button: "two" });
    expect(payload["message"]).toBeUndefined();
    expect(payload["container"]).toMatchObject({ is_ephemeral: true, message_ts: message.ts });
    await respond(payload["response_url"], { replace_original: true, text: "new" });
    expect(message).toMatchObject({ text: "new", blocks: [], edits: 1 });
    await respond(payload["response_url"], { delete_original: true });
    expect(slack.ephemerals(ana)).toEqual([]);
    expect(slack.violations).toEqual([]);
    await respond(payload["response_url"], { text: "unclear" });
    expect(slack.violations).toEqual([expect.stringContaining("says neither")]);
  });

  test.for([
    ["an unknown property", { text: "t", ephemeral: true }, "invalid_payload"],
    ["an unknown response_type", { text: "t", response_type: "private" }, "invalid_payload"],
    ["nothing to say", {}, "no_text"],
    ["wrong blocks", { text: "t", blocks: [{ type: "x" }] }, "invalid_blocks"],
    ["nothing to delete", { delete_original: true }, "invalid_payload"],
  ] as const)("refuses %s", async ([, body, code]) => {
    const slack = await acknowledging();
    const { payload } = await slack.command({ user: slack.ana, channel: slack.general, text: "/p" });
    const refused = await respond(payload["response_url"], body);
    expect([refused.status, await refused.json()]).toEqual([400, { ok: false, error: code }]);
    expect(slack.violations).toHaveLength(1);
  });
});

describe("buttons and menus", () => {
  test("are found by text or action id, or what there is instead is told", async () => {
    const slack = await acknowledging();
    const message = await sent(slack, buttons);
    const { payload } = await slack.press(message, { user: slack.ana, button: "Two" });
    expect(payload["actions"]).toMatchObject([{ type: "button", action_id: "two", block_id: "b" }]);
    expect(payload).toMatchObject({
      type: "block_actions",
      message: { ts: message.ts },
      user: { id: slack.ana.id },
    });
    const nowhere = (): unknown => slack.press(message, { user: slack.ana, button: "Three" });
    expect(nowhere).toThrow('there are "One" (one), "Two" (two)');
  });

  test("offer options by text or value", async () => {
    const slack = await acknowledging();
    const options = ["a", "b"].map((value) => ({ text: plain(value.toUpperCase()), value }));
    const elements = [
      { type: "static_select", action_id: "s", options },
      { type: "overflow", action_id: "o", options },
      { type: "users_select", action_id: "u" },
      { type: "checkboxes", action_id: "c", options },
    ];
    const message = await sent(slack, [{ type: "actions", block_id: "b", elements }]);
    const user = slack.ana;
    expect(
      (await slack.choose(message, { user, option: "B", action: "o" })).payload["actions"],
    ).toMatchObject([{ action_id: "o", selected_option: { value: "b" } }]);
    expect(
      (await slack.choose(message, { user, option: user.id, action: "u" })).payload["actions"],
    ).toMatchObject([{ selected_user: user.id }]);
    const several = await slack.choose(message, { user, option: ["a", "b"], action: "c" });
    expect(several.payload["actions"]).toMatchObject([{ selected_options: options }]);
    expect(() => slack.choose(message, { user, option: "a" })).toThrow("3 menus offer");
    expect(() => slack.choose(message, { user, option: "x", action: "s" })).toThrow('offered: "A", "B"');
  });
});
