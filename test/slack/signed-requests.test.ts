import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { SHORTCUTS } from "../../adapters/slack/declare.ts";
import { createSignatures, MAX_DIFFERENCE } from "../../adapters/slack/transport/signatures.ts";
import type { TransportKind } from "./app.ts";
import { first, openSlack, startApp } from "./app.ts";

/** A server that is not Slack's, and how often it was asked. */
async function openStranger() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.end("ok");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { host: `127.0.0.1:${port}`, asked };
}

interface Sent {
  readonly body: string;
  /** Seconds from now. */
  readonly ahead?: number;
  /** Put behind the signature. */
  readonly behind?: string;
}

/** Sends requests signed with the app's secret, as they come from Slack. */
function signer(origin: string, secret: string) {
  const date = Math.floor(Date.now() / 1000);
  return async ({ body, ahead = 0, behind = "" }: Sent): Promise<number> => {
    const timestamp = String(date + ahead);
    const hash = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
    const { status } = await fetch(`${origin}/slack/events`, {
      method: "POST",
      headers: {
        "content-type": body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": `v0=${hash}${behind}`,
      },
      body,
    });
    return status;
  };
}

const PERSON = { team_id: "T1", channel_id: "C1", user_id: "U1", trigger_id: "1.2.3" };

const command = (more: Readonly<Record<string, string>>): string =>
  new URLSearchParams({ command: "/paper", text: "about", ...PERSON, ...more }).toString();

const interaction = (payload: object): string =>
  new URLSearchParams({ payload: JSON.stringify(payload) }).toString();

const press = {
  type: "block_actions",
  team: { id: "T1" },
  user: { id: "U1" },
  channel: { id: "C1" },
  container: { type: "message" },
  actions: [{ type: "button", action_id: "run:0", value: "about" }],
};

const form = (response_urls: unknown): string =>
  interaction({
    type: "view_submission",
    team: { id: "T1" },
    user: { id: "U1" },
    view: { id: "V1", callback_id: "search_form", state: { values: {} } },
    response_urls,
  });

async function startSigned() {
  const started = await startApp({ transport: "http" });
  const answersTo = (): number => started.slack.calls.filter(({ method }) => method !== "auth.test").length;
  return { ...started, answersTo, send: signer(started.origin, started.slack.signingSecret) };
}

describe.each<TransportKind>(["socket", "http"])("response addresses over %s", (transport) => {
  it("that are not Slack's get no answer, for commands, presses and shortcuts", async () => {
    const stranger = await openStranger();
    const slack = await openSlack({ responseOrigin: `http://${stranger.host}` });
    const { lines } = await startApp({ transport, slack });
    const { ana, general } = slack;
    const asked = await slack.command({ user: ana, channel: general, text: "/paper about" });
    const mention = await slack.mention({ user: ana, channel: general, text: "papers like FastDINOv2?" });
    const message = first(await mention.replied());
    const pressed = await slack.press(message, { user: ana, button: "run:0" });
    const called = await slack.messageShortcut({ user: ana, message, callbackId: SHORTCUTS.similar });
    expect([asked, pressed, called].map(({ acknowledged }) => acknowledged)).toEqual([true, true, true]);
    await slack.idle();
    expect(stranger.asked).toEqual([]);
    for (const what of ["A command", "A press", "A message shortcut"])
      expect(lines.join("\n")).toContain(
        `warn Slack: ${what} was not answered, for its response_url is at http://${stranger.host}; answers go to https://hooks.slack.com, `,
      );
  });

  it("that are missing are told in the log", async () => {
    const slack = await openSlack({ responseOrigin: "" });
    const { lines, errors } = await startApp({ transport, slack });
    const { ana, general } = slack;
    const asked = await slack.command({ user: ana, channel: general, text: "/paper about" });
    const mention = await slack.mention({ user: ana, channel: general, text: "papers like FastDINOv2?" });
    const message = first(await mention.replied());
    const pressed = await slack.press(message, { user: ana, button: "run:0" });
    const called = await slack.messageShortcut({ user: ana, message, callbackId: SHORTCUTS.similar });
    expect([asked, pressed, called].map(({ acknowledged }) => acknowledged)).toEqual([true, true, true]);
    await slack.idle();
    for (const what of ["A command", "A press", "A message shortcut"])
      expect(lines.join("\n")).toContain(
        `warn Slack: ${what} was not answered, for it came without response_url`,
      );
    expect(errors).toEqual([]);
    expect(slack.violations).toEqual([]);
  });
});

describe("signed requests", () => {
  it("are answered and not followed whatever stands in their response addresses", async () => {
    const { host, asked } = await openStranger();
    const { send, lines, errors } = await startSigned();
    const flawed = [
      `http://${host}/x`,
      `https://${host}/x`,
      "http://hooks.slack.com/commands/1",
      "https://hooks.slack.com.example.org/x",
      "https://hooks.slack.com@example.org/x",
      "https://me:secret@hooks.slack.com/x",
      "https://hooks.slack.com:8443/x",
      "file:///etc/passwd",
      "not an address",
    ];
    for (const response_url of flawed) expect(await send({ body: command({ response_url }) })).toBe(200);
    expect(await send({ body: `${command({})}&response_url=a&response_url=b` })).toBe(200);
    const listed = [[{ response_url: `http://${host}/x` }], [`http://${host}/x`], [{}], [7]];
    for (const urls of listed) expect(await send({ body: form(urls) })).toBe(200);
    expect(await send({ body: interaction({ ...press, response_url: { a: 1 } }) })).toBe(200);
    expect(asked).toEqual([]);
    expect(errors).toEqual([]);
    const told = lines.filter((line) => line.includes("was not answered"));
    expect(told).toHaveLength(flawed.length + 1 + listed.length + 1);
    expect(told.join("\n")).toContain("A form was not answered, for its response_url is at http://127.0.0.1");
    expect(told.join("\n")).not.toContain("secret");
  });

  it("are refused when their date is further off than five minutes, before or after", async () => {
    const { send, lines } = await startSigned();
    const status = (ahead: number) => send({ body: command({}), ahead });
    expect(await Promise.all([-86_400, -400, 400, 86_400].map(status))).toEqual([401, 401, 401, 401]);
    expect(await Promise.all([-200, 200].map(status))).toEqual([200, 200]);
    expect(lines.join("\n")).toContain("its date is more than five minutes ahead of this machine's clock");
  });

  it("are answered once when they come again, and get 200 each time", async () => {
    const { slack, send, lines } = await startSigned();
    const missing = (): number => lines.filter((line) => line.includes("without response_url")).length;
    const body = command({});
    expect(await Promise.all([1, 2, 3].map(() => send({ body })))).toEqual([200, 200, 200]);
    expect(await send({ body, behind: "=again" })).toBe(200);
    expect(missing()).toBe(1);
    expect(await send({ body, ahead: 1 })).toBe(200);
    expect(missing()).toBe(2);
    const { ana, general } = slack;
    const mention = await slack.mention({ user: ana, channel: general, text: "help" });
    await mention.replied();
    expect((await slack.retry(mention.eventId ?? "")).acknowledged).toBe(true);
    await slack.idle();
    expect(slack.calls.filter(({ method }) => method === "chat.postMessage")).toHaveLength(1);
    expect(slack.violations).toEqual([]);
  });

  it("are each let in once while their date is accepted, and no more are remembered than there is room for", () => {
    const request = fc.record({
      signature: fc.integer({ min: 0, max: 5 }),
      wait: fc.integer({ min: 0, max: 120_000 }),
    });
    fc.assert(
      fc.property(fc.array(request, { maxLength: 80 }), (requests) => {
        const isFirst = createSignatures();
        const seen = new Map<string, number>();
        let now = 0;
        for (const { signature, wait } of requests) {
          now += wait;
          const key = String(signature);
          // A signature belongs to one date, which is the time it was first sent at here.
          const date = seen.get(key) ?? Math.floor(now / 1000);
          if (date * 1000 < now - MAX_DIFFERENCE) continue;
          expect(isFirst(key, date, now)).toBe(!seen.has(key));
          seen.set(key, date);
        }
      }),
    );
    const isFirst = createSignatures(2);
    expect(["a", "b", "c", "c", "b", "a"].map((one) => isFirst(one, 0, 0))).toEqual([
      true,
      true,
      true,
      false,
      false,
      true,
    ]);
  });
});
