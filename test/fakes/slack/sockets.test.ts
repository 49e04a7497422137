import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { fakeSlack, overSocket } from "./connect.ts";
import type { FakeSlack } from "./index.ts";
import type { Json } from "./json.ts";

async function socketUrl(slack: FakeSlack): Promise<string> {
  const opened = await fetch(`${slack.apiUrl}apps.connections.open`, {
    method: "POST",
    headers: { authorization: `Bearer ${slack.appToken}` },
  });
  const { url } = (await opened.json()) as { url: string };
  return url;
}

/** A bare connection, for frames that the SDK would never send. */
async function bareSocket(slack: FakeSlack): Promise<WebSocket> {
  const socket = new WebSocket(await socketUrl(slack));
  await new Promise((resolve) => socket.once("message", resolve));
  return socket;
}

const echo = (slack: FakeSlack, answer: (frame: Json) => object[]) => async (): Promise<void> => {
  const socket = await bareSocket(slack);
  socket.on("message", (raw: Buffer) => {
    for (const frame of answer(JSON.parse(raw.toString()) as Json)) socket.send(JSON.stringify(frame));
  });
};

describe("Socket Mode", () => {
  test("greets, counts connections, and takes each URL once", async () => {
    const slack = await fakeSlack();
    await bareSocket(slack);
    const url = await socketUrl(slack);
    const second = new WebSocket(url);
    const hello = await new Promise<Buffer>((resolve) => second.once("message", resolve));
    expect(JSON.parse(hello.toString())).toMatchObject({ type: "hello", num_connections: 2 });
    const third = new WebSocket(url);
    await new Promise((resolve) => third.once("error", resolve));
    expect(slack.socket.connections()).toBe(2);
    expect(slack.violations).toEqual([expect.stringContaining("a URL was used twice")]);
  });

  test.for([
    ["twice", (id: unknown) => [{ envelope_id: id }, { envelope_id: id }], "twice or too late"],
    ["for another delivery", (id: unknown) => [{ envelope_id: id }, { envelope_id: "x" }], "of no delivery"],
    ["without an id", (id: unknown) => [{ envelope_id: id }, { payload: {} }], "without envelope_id"],
  ] as const)("refuses an acknowledgement %s", async ([, frames, rule]) => {
    const slack = await fakeSlack();
    await echo(slack, (frame) => frames(frame["envelope_id"]))();
    await slack.command({ user: slack.ana, channel: slack.general, text: "/p" });
    await slack.until(() => slack.violations[0], "a violation");
    expect(slack.violations).toEqual([expect.stringContaining(rule)]);
  });

  test("notes what is not acknowledged in time, and tells an event again", async () => {
    const slack = await fakeSlack({ deadlineMs: 60 });
    const seen: unknown[] = [];
    await echo(slack, (frame) => {
      seen.push([frame["retry_attempt"], frame["retry_reason"]]);
      return seen.length < 3 ? [] : [{ envelope_id: frame["envelope_id"] }];
    })();
    const missed = await slack.mention({ user: slack.ana, channel: slack.general, text: "hi" });
    expect(missed).toMatchObject({ acknowledged: false, failure: "timeout" });
    await slack.until(() => slack.retries[0], "the first retry");
    slack.advance(60_000);
    await slack.until(() => slack.retries[1], "the second retry");
    expect(slack.retries.map(({ eventId, acknowledged }) => [eventId, acknowledged])).toEqual([
      [missed.eventId, false],
      [missed.eventId, true],
    ]);
    expect(seen).toEqual([
      [0, ""],
      [1, "timeout"],
      [2, "timeout"],
    ]);
    slack.advance(3_600_000);
    await slack.idle(20);
    expect(slack.retries).toHaveLength(2);
    expect(slack.violations).toHaveLength(2);
  });

  test("says so where nobody is connected, and keeps events for who comes", async () => {
    const slack = await fakeSlack();
    const command = await slack.command({ user: slack.ana, channel: slack.general, text: "/p" });
    expect(command).toMatchObject({ acknowledged: false, failure: "not_connected" });
    const { eventId } = await slack.mention({ user: slack.ana, channel: slack.general, text: "hi" });
    await overSocket(slack, (app) => {
      app.event("app_mention", async ({ say }) => {
        await say("late, but here");
      });
    });
    await slack.until(() => slack.retries[0], "a retry");
    expect(slack.retries[0]).toMatchObject({ eventId, acknowledged: true });
    expect(slack.violations).toEqual([]);
  });

  test.for([
    ["is asked to", (slack: FakeSlack) => slack.socket.disconnect("refresh_requested")],
    ["is warned and then closed", (slack: FakeSlack) => slack.socket.disconnect("warning", 10)],
    ["is cut off", (slack: FakeSlack) => slack.socket.drop()],
  ] as const)("is joined again by the real Bolt when it %s", async ([, interrupt]) => {
    const slack = await fakeSlack({ patienceMs: 15_000 });
    await overSocket(slack, (app) => app.command("/p", ({ ack }) => ack("here")));
    interrupt(slack);
    await slack.until(() => (slack.socket.opened() === 2 ? true : undefined), "a second connection");
    await slack.socket.connected();
    const again = await slack.command({ user: slack.ana, channel: slack.general, text: "/p" });
    expect(again.answers).toMatchObject([{ text: "here" }]);
  });

  test("can be refused for a while", async () => {
    const slack = await fakeSlack();
    slack.socket.refuse(true);
    const refused = new WebSocket(await socketUrl(slack));
    const error = await new Promise<Error>((resolve) => refused.once("error", resolve));
    expect(error.message).toContain("503");
    slack.socket.refuse(false);
    await bareSocket(slack);
    await slack.socket.connected();
    expect(slack.violations).toEqual([]);
  });

  test("takes ten connections", async () => {
    const slack = await fakeSlack();
    for (let count = 0; count < 10; count++) await bareSocket(slack);
    const refused = new WebSocket(await socketUrl(slack));
    await new Promise((resolve) => refused.once("error", resolve));
    expect(slack.socket.connections()).toBe(10);
    expect(slack.violations).toHaveLength(1);
  });
});
