import { connect } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { clientOf, fakeSlack } from "./connect.ts";
import { createFakeSlack } from "./index.ts";
import { METHODS } from "./method-table.ts";

const CONTENT_TYPES = ["application/json", "application/x-www-form-urlencoded", "text/plain"];

describe("the fake", () => {
  test("answers whatever arrives at any method", async () => {
    const slack = await fakeSlack();
    const args = fc.dictionary(
      fc.constantFrom(
        "channel",
        "text",
        "blocks",
        "view",
        "trigger_id",
        "users",
        "unfurls",
        "ts",
        "limit",
        "cursor",
      ),
      fc.oneof(fc.jsonValue(), fc.constant(slack.general.id), fc.constant([{ type: "section" }])),
    );
    const sending = fc.asyncProperty(
      fc.constantFrom(...Object.keys(METHODS).filter((method) => method !== "auth.revoke")),
      args,
      fc.constantFrom(...CONTENT_TYPES),
      async (method, given, type) => {
        const response = await fetch(`${slack.apiUrl}${method}`, {
          method: "POST",
          headers: { authorization: `Bearer ${slack.botToken}`, "content-type": type },
          body: JSON.stringify(given),
        });
        expect(response.status).toBe(200);
        expect(await response.json()).toHaveProperty("ok");
      },
    );
    await fc.assert(sending, { numRuns: 150 });
    expect(slack.violations.filter((one) => one.includes("The fake failed"))).toEqual([]);
  });

  test("survives garbage on its sockets", async () => {
    const slack = await fakeSlack();
    const port = Number(new URL(slack.apiUrl).port);
    const raw = connect(port, "127.0.0.1");
    raw.on("error", () => {}).resume();
    raw.end("\u0000\u0001 nonsense\r\n\r\n");
    await new Promise((resolve) => raw.once("close", resolve));
    const stranger = new WebSocket(`ws://127.0.0.1:${port}/elsewhere`);
    await new Promise((resolve) => stranger.once("error", resolve));
    expect((await clientOf(slack).auth.test()).ok).toBe(true);
  });

  test("closes while calls and deliveries are under way, and gives those up", async () => {
    const slack = await createFakeSlack({ deadlineMs: 60_000 });
    slack.failNext("auth.test", { delayMs: 60_000 });
    const call = clientOf(slack)
      .auth.test()
      .catch(() => "broken");
    const opened = await fetch(`${slack.apiUrl}apps.connections.open`, {
      method: "POST",
      headers: { authorization: `Bearer ${slack.appToken}` },
    });
    const socket = new WebSocket(((await opened.json()) as { url: string }).url);
    await new Promise((resolve) => socket.once("message", resolve));
    const command = slack.command({ user: slack.ana, channel: slack.general, text: "/p" });
    const closed = slack.close();
    expect((await command).failure).toBe("not_connected");
    await closed;
    expect(await call).toBe("broken");
  });
});
