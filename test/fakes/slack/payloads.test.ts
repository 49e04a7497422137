import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { clientOf, fakeSlack, post } from "./connect.ts";
import type { FakeSlack } from "./index.ts";
import { recordOf, textOf, type Json } from "./json.ts";

// Slack's own samples are not part of this repository: they lie beside the project, or this is skipped.
const samples = new URL("../../../../shared/platforms/samples/slack/", import.meta.url);
const sample = (name: string): Json =>
  recordOf(JSON.parse(readFileSync(new URL(name, samples), "utf8")) as unknown);

const plain = (text: string) => ({ type: "plain_text" as const, text });
const view = {
  type: "modal" as const,
  title: plain("T"),
  notify_on_close: true,
  blocks: [{ type: "divider" as const }],
};

async function press(slack: FakeSlack): Promise<Json> {
  const button = { type: "button", action_id: "a", text: plain("A") };
  const blocks = [{ type: "actions", elements: [button] }];
  await post(slack, { channel: slack.general.id, text: "t", blocks });
  const message = slack.messages(slack.general).at(-1);
  if (message === undefined) throw new Error("There is no message");
  return (await slack.press(message, { user: slack.ana, button: "A" })).payload;
}

async function openView(slack: FakeSlack): Promise<void> {
  const { payload } = await slack.globalShortcut({ user: slack.ana, callbackId: "c" });
  await clientOf(slack).views.open({ trigger_id: textOf(payload["trigger_id"]), view });
}

async function submit(slack: FakeSlack): Promise<Json> {
  await openView(slack);
  const [opened] = slack.views();
  if (opened === undefined) throw new Error("There is no view");
  return (await slack.submit(opened)).payload;
}

async function dismiss(slack: FakeSlack): Promise<Json> {
  await openView(slack);
  const [opened] = slack.views();
  if (opened === undefined) throw new Error("There is no view");
  return recordOf((await slack.dismiss(opened))?.payload);
}

async function shortcut(slack: FakeSlack): Promise<Json> {
  const message = slack.say({ user: slack.ana, channel: slack.general, text: "t" });
  return (await slack.messageShortcut({ user: slack.ana, message, callbackId: "c" })).payload;
}

type Row = [string, (slack: FakeSlack) => Promise<Json>];
const payload = (exchange: { payload: Json }): Json => exchange.payload;
const rows: Row[] = [
  [
    "app-backend/slash-commands/SlashCommandPayload.json",
    async (slack) => payload(await slack.command({ user: slack.ana, channel: slack.general, text: "/p" })),
  ],
  ["app-backend/interactive-components/BlockActionPayload.json", press],
  ["app-backend/interactive-components/MessageShortcutPayload.json", shortcut],
  ["app-backend/views/ViewSubmissionPayload.json", submit],
  ["app-backend/views/ViewClosedPayload.json", dismiss],
  [
    "events/AppMentionPayload.json",
    async (slack) => payload(await slack.mention({ user: slack.ana, channel: slack.general, text: "hi" })),
  ],
  [
    "events/MessagePayload.json",
    async (slack) => payload(await slack.direct({ user: slack.ana, text: "hi" })),
  ],
  ["events/AppHomeOpenedPayload.json", async (slack) => payload(await slack.openHome({ user: slack.ana }))],
  [
    "events/LinkSharedPayload.json",
    async (slack) => {
      const links = ["https://arxiv.org/abs/1706.03762"];
      return payload(await slack.shareLinks({ user: slack.ana, channel: slack.general, links }));
    },
  ],
];

/** Parts that Slack sends and the older samples lack, or that only some workspaces have. */
const NEWER = [
  "api_app_id",
  "blocks",
  "context_team_id",
  "context_enterprise_id",
  "action_ts",
  "response_urls",
  "state",
  "root_view_id",
  "previous_view_id",
];

/** The names of all properties that one object has and the other lacks, two levels deep. */
function strangers(given: Json, known: Json, depth = 2): string[] {
  return Object.entries(given).flatMap(([key, value]) => {
    if (NEWER.includes(key)) return [];
    if (!(key in known)) return [key];
    return depth === 0 ? [] : strangers(recordOf(value), recordOf(known[key]), depth - 1);
  });
}

describe.skipIf(!existsSync(samples))("payloads", () => {
  test.for(rows)("have no property that is not in %s", async ([name, act]) => {
    const slack = await fakeSlack();
    expect(strangers(await act(slack), sample(name))).toEqual([]);
  });
});
