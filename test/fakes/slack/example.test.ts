import { App } from "@slack/bolt";
import { expect, test } from "vitest";
import { createFakeSlack } from "./index.ts";

test("one command, one button and one outage, from beginning to end", async () => {
  const slack = await createFakeSlack();
  const { signingSecret, botToken: token, ana, general } = slack;
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 1, minTimeout: 1 } };
  const app = new App({ token, signingSecret, clientOptions });
  app.command("/paper", async ({ ack, say }) => {
    await ack();
    const text = { type: "plain_text", text: "More" } as const;
    const button = { type: "button", action_id: "more", text } as const;
    await say({ text: "Attention", blocks: [{ type: "actions", elements: [button] }] });
  });
  app.action("more", async ({ ack, respond }) => {
    await ack();
    await respond({ replace_original: false, response_type: "ephemeral", text: "More of it" });
  });
  const server = await app.start({ port: 0, host: "127.0.0.1" });
  const address = server.address();
  if (address === null || typeof address !== "object") throw new Error("Bolt has no address");
  slack.serveAt(`http://127.0.0.1:${address.port}/slack/events`);

  slack.failNext("chat.postMessage", { status: 503 });
  const asked = await slack.command({ user: ana, channel: general, text: "/paper search attention" });
  expect(asked.acknowledged).toBe(true);
  const [card] = await asked.replied();
  if (card === undefined) throw new Error("There is no card");
  expect(card).toMatchObject({ text: "Attention", pings: [], links: [] });

  const pressed = await slack.press(card, { user: ana, button: "More" });
  expect(await pressed.replied()).toMatchObject([{ text: "More of it", via: "response_url" }]);
  expect(slack.ephemerals(ana)).toHaveLength(1);
  expect(slack.messages(general)).toEqual([card]);
  expect(slack.violations).toEqual([]);

  await app.stop();
  await slack.close();
});
