import type { App } from "@slack/bolt";
import { describe, expect, test } from "vitest";
import { fakeSlack, overHttp } from "./connect.ts";
import type { Forgery } from "./transport.ts";

const wire = (app: App): void => {
  app.command("/p", ({ ack }) => ack("here"));
  app.event("app_mention", async () => {});
};

const forged: [string, Forgery][] = [
  ["without a signature", { unsigned: true }],
  ["changed on the way", { tampered: true }],
  ["signed with another secret", { secret: "wrong" }],
  ["signed ten minutes ago", { ageSeconds: 600 }],
];

describe("HTTP", () => {
  test.for(forged)("has the real Bolt refuse a request %s", async ([, forge]) => {
    const slack = await fakeSlack();
    await overHttp(slack, wire);
    const { ana, general } = slack;
    const command = await slack.command({ user: ana, channel: general, text: "/p", forge });
    const event = await slack.mention({ user: ana, channel: general, text: "hi", forge });
    expect([command.status, event.status]).toEqual([401, 401]);
    expect(command).toMatchObject({ acknowledged: false, failure: "http_error" });
    expect(slack.violations).toEqual([]);
  });

  test("notes an app that lets forged requests in", async () => {
    const slack = await fakeSlack();
    await overHttp(slack, wire, { signatureVerification: false });
    await slack.command({ user: slack.ana, channel: slack.general, text: "/p", forge: { unsigned: true } });
    expect(slack.violations).toEqual([expect.stringContaining("did not sign")]);
  });

  test("asks the request URL to prove itself", async () => {
    const slack = await fakeSlack();
    await overHttp(slack, wire);
    expect((await slack.verifyUrl("abc")).ack).toEqual({ challenge: "abc" });
    expect(slack.violations).toEqual([]);
  });

  test("notes commands that nobody acknowledges", async () => {
    const slack = await fakeSlack({ deadlineMs: 80 });
    await overHttp(slack, wire);
    const lost = await slack.command({ user: slack.ana, channel: slack.general, text: "/other" });
    expect(lost).toMatchObject({ acknowledged: false, failure: "timeout" });
    expect(slack.violations).toEqual([expect.stringContaining("/other: not acknowledged")]);
  });

  test("tells an event again with the same id and the headers of a retry", async () => {
    const slack = await fakeSlack();
    const seen: unknown[] = [];
    await overHttp(slack, (app) => {
      app.event("app_mention", async ({ body, context }) => {
        seen.push([body.event_id, context.retryNum, context.retryReason]);
      });
    });
    const { eventId = "" } = await slack.mention({ user: slack.ana, channel: slack.general, text: "hi" });
    expect((await slack.retry(eventId)).acknowledged).toBe(true);
    await slack.until(() => (seen.length === 2 ? true : undefined), "both deliveries");
    expect(seen).toEqual([
      [eventId, undefined, undefined],
      [eventId, 1, "http_timeout"],
    ]);
    expect(() => slack.retry("Ev0")).toThrow("no event Ev0");
  });

  test("tells of other events, and of being taken out", async () => {
    const slack = await fakeSlack();
    const seen: string[] = [];
    await overHttp(slack, (app) => {
      for (const type of ["member_joined_channel", "app_uninstalled", "tokens_revoked"] as const) {
        app.event(type, async ({ event }) => void seen.push(event.type));
      }
    });
    const { ana, general } = slack;
    await slack.event("member_joined_channel", { user: ana.id, channel: general.id }, { channel: general });
    expect((await slack.uninstall()).acknowledged).toBe(true);
    await slack.idle();
    expect(seen).toContain("member_joined_channel");
  });

  test("says so where nobody listens", async () => {
    const slack = await fakeSlack({ requestUrl: "http://127.0.0.1:1/slack/events" });
    const lost = await slack.command({ user: slack.ana, channel: slack.general, text: "/p" });
    expect(lost).toMatchObject({ acknowledged: false, failure: "connection_failed" });
  });
});
