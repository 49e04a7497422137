import type { App } from "@slack/bolt";
import { describe, expect, test } from "vitest";
import { fakeSlack, overSocket, post } from "./connect.ts";
import type { FakeSlack } from "./index.ts";
import type { Json } from "./json.ts";

const plain = (text: string) => ({ type: "plain_text" as const, text });
const view = { type: "modal" as const, title: plain("T") };
const label = (name: string): Json => ({
  type: "input",
  block_id: name,
  label: plain(name),
  element: { type: "plain_text_input", action_id: "text" },
});

type Refused = [string, (app: App) => void, (slack: FakeSlack) => Promise<unknown>, string];

async function pressOne(slack: FakeSlack): Promise<unknown> {
  const button = { type: "button", action_id: "one", text: plain("One") };
  await post(slack, {
    channel: slack.general.id,
    text: "t",
    blocks: [{ type: "actions", elements: [button] }],
  });
  const message = slack.messages(slack.general).at(-1);
  if (message === undefined) throw new Error("There is no message");
  return slack.press(message, { user: slack.ana, button: "One" });
}

const command = (slack: FakeSlack): Promise<unknown> =>
  slack.command({ user: slack.ana, channel: slack.general, text: "/p" });
const submitting = (app: App): void => {
  app.shortcut("c", async ({ ack, client, shortcut }) => {
    await ack();
    const asking = { ...view, callback_id: "v", submit: plain("Go"), blocks: [label("Must")] as never[] };
    await client.views.open({ trigger_id: shortcut.trigger_id, view: asking });
  });
};
const submit = async (slack: FakeSlack): Promise<unknown> => {
  const asked = await (await slack.globalShortcut({ user: slack.ana, callbackId: "c" })).opened();
  return slack.submit(asked, { values: { Must: "a" } });
};
const onSubmit =
  (body: object) =>
  (app: App): void => {
    submitting(app);
    app.view("v", ({ ack }) => ack(body as never));
  };

const refusedAcks: Refused[] = [
  [
    "of a command with wrong blocks",
    (app) => app.command("/p", ({ ack }) => ack({ text: "t", blocks: [{ type: "x" }] })),
    command,
    "invalid_blocks",
  ],
  [
    "of a button that says something",
    (app) => app.action("one", ({ ack }) => (ack as (body: string) => Promise<void>)("hi")),
    pressOne,
    "must say nothing",
  ],
  [
    "of a modal with errors for no input",
    onSubmit({ response_action: "errors", errors: { none: "e" } }),
    submit,
    "no input block",
  ],
  ["of a modal with an unknown action", onSubmit({ response_action: "close" }), submit, "response_action"],
  [
    "of a modal with a wrong view",
    onSubmit({ response_action: "update", view: { type: "modal" } }),
    submit,
    "missing required field: title",
  ],
];

describe("an acknowledgement", () => {
  test.for(refusedAcks)("%s is a violation", async ([, wire, act, rule]) => {
    const slack = await fakeSlack();
    await overSocket(slack, wire);
    await act(slack);
    expect(slack.violations).toEqual([expect.stringContaining(rule)]);
  });

  test("of a modal may show another one, or close all", async () => {
    const slack = await fakeSlack();
    const next = { ...view, callback_id: "next", submit: plain("Go"), blocks: [label("More")] as never[] };
    await overSocket(slack, (app) => {
      submitting(app);
      app.view("v", ({ ack }) => ack({ response_action: "push", view: next }));
      app.view("next", ({ ack }) => ack({ response_action: "clear" }));
    });
    await submit(slack);
    const [, top] = slack.views();
    if (top === undefined) throw new Error("There is no second view");
    await slack.submit(top, { values: { More: "a" } });
    expect([slack.views(), slack.violations]).toEqual([[], []]);
  });
});
