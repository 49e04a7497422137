import { webApi } from "@slack/bolt";
import { describe, expect, test } from "vitest";
import { clientOf, fakeSlack, post } from "./connect.ts";
import { WaitedInVain } from "./index.ts";
import { textOf } from "./json.ts";

describe("ordered failures", () => {
  test("are a 429 with Retry-After, and then no more", async () => {
    const slack = await fakeSlack();
    slack.failNext("chat.postMessage", { status: 429, retryAfter: 7 });
    const limited = post(slack, { channel: slack.general.id, text: "t" });
    await expect(limited).rejects.toMatchObject({ retryAfter: 7 });
    await expect(limited).rejects.toBeInstanceOf(webApi.WebAPIRateLimitedError);
    await post(slack, { channel: slack.general.id, text: "t" });
    expect(slack.messages(slack.general)).toHaveLength(1);
    expect(slack.violations).toEqual([]);
  });

  test("are any error, server errors and broken connections, as often as asked", async () => {
    const slack = await fakeSlack();
    const { auth } = clientOf(slack);
    slack.failNext("auth.test", { error: "internal_error" });
    slack.failNext("auth.test", { status: 503, times: 2 });
    slack.failNext("auth.test", { drop: true });
    await expect(auth.test()).rejects.toMatchObject({ data: { error: "internal_error" } });
    await expect(auth.test()).rejects.toMatchObject({ statusCode: 503 });
    await expect(auth.test()).rejects.toMatchObject({ statusCode: 503 });
    await expect(auth.test()).rejects.toBeInstanceOf(webApi.WebAPIRequestError);
    expect((await auth.test()).ok).toBe(true);
  });

  test("may lose only the answer, or only take time", async () => {
    const slack = await fakeSlack();
    slack.failNext("chat.postMessage", { drop: true, applied: true });
    await expect(post(slack, { channel: slack.general.id, text: "t" })).rejects.toBeInstanceOf(
      webApi.WebAPIRequestError,
    );
    expect(slack.messages(slack.general)).toHaveLength(1);
    slack.failNext("auth.test", { delayMs: 60 });
    const began = performance.now();
    await clientOf(slack).auth.test();
    expect(performance.now() - began).toBeGreaterThan(50);
  });

  test("strike response_urls too, without using them up", async () => {
    const slack = await fakeSlack({ patienceMs: 50 });
    const { payload } = await slack.command({ user: slack.ana, channel: slack.general, text: "/p" });
    slack.failNext("response_url", { status: 500, times: 6 });
    const answer = async (): Promise<number> => {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ text: "t" });
      return (await fetch(textOf(payload["response_url"]), { method: "POST", headers, body })).status;
    };
    for (let count = 0; count < 6; count++) expect(await answer()).toBe(500);
    expect(await answer()).toBe(200);
    expect(slack.ephemerals(slack.ana)).toHaveLength(1);
  });

  test("cannot be ordered for a method that does not exist, and can be called off", async () => {
    const slack = await fakeSlack();
    expect(() => slack.failNext("chat.post", {})).toThrow("no method chat.post");
    slack.failNext("auth.test", { status: 500 });
    slack.clearFaults();
    expect((await clientOf(slack).auth.test()).ok).toBe(true);
  });
});

describe("the limit on posts", () => {
  test("lets a few through at once and then one a second, in each channel", async () => {
    const slack = await fakeSlack({ postLimit: { burst: 2, perSecond: 0.001 } });
    const say = (channel: string): Promise<unknown> => post(slack, { channel, text: "t" });
    await say(slack.general.id);
    await say(slack.general.id);
    await expect(say(slack.general.id)).rejects.toMatchObject({ retryAfter: 1 });
    await say(slack.dm(slack.ana).id);
    slack.advance(1_000_000);
    await say(slack.general.id);
    expect([slack.rateLimited(), slack.messages(slack.general).length]).toEqual([1, 3]);
  });
});

describe("waiting", () => {
  test("gives out each call once, and tells what came instead", async () => {
    const slack = await fakeSlack({ patienceMs: 30 });
    const { auth, team } = clientOf(slack);
    await Promise.all([auth.test(), team.info(), auth.test()]);
    const first = await slack.next("auth.test");
    expect(await slack.next(({ method }) => method === "auth.test")).not.toBe(first);
    await slack.idle(1);
    await expect(slack.next("auth.test")).rejects.toBeInstanceOf(WaitedInVain);
    await expect(slack.next("auth.test")).rejects.toThrow(/in vain for a call of auth.test.*team.info/);
  });
});
