import { describe, expect, it } from "vitest";
import { SCOPES } from "../../adapters/slack/declare.ts";
import { openTestStore } from "../support/test-store.ts";
import { first, installable, need, openSlack, startApp } from "./app.ts";

describe("an app that workspaces install", () => {
  it("answers in each with its own token, over a restart too, until it is removed", async () => {
    const slack = await openSlack({ installed: false });
    const store = await openTestStore();
    const { app, origin } = await startApp({ ...installable(slack), store });
    const other = slack.workspace("Other");
    const installed = await slack.install({ app: origin });
    expect(installed.status).toBe(200);
    expect(installed.scopes.toSorted()).toEqual(SCOPES.map(({ name }) => name).toSorted());
    await slack.install({ app: origin, workspace: other });
    for (const { ana, general } of [slack.team, other]) {
      const mention = await slack.mention({ user: ana, channel: general, text: "help" });
      expect(first(await mention.replied()).channel).toBe(general);
    }
    await app.stop();
    await startApp({ ...installable(slack), store });
    await slack.uninstall(other);
    await slack.idle();
    expect(await store.installations.find(`slack:${other.id}`)).toBeUndefined();
    expect(await store.installations.find(`slack:${slack.team.id}`)).toContain("xoxb");
    const again = await slack.mention({ user: slack.ana, channel: slack.general, text: "help" });
    await again.replied();
    expect(slack.violations).toEqual([]);
  });

  it("refuses an installation without its cookie, and one that was refused", async () => {
    const slack = await openSlack({ installed: false });
    const { origin, store } = await startApp(installable(slack));
    expect((await slack.install({ app: origin, withoutCookies: true })).status).toBeGreaterThanOrEqual(400);
    expect((await slack.install({ app: origin, deny: true })).status).toBeGreaterThanOrEqual(400);
    expect(await store.installations.find(`slack:${slack.team.id}`)).toBeUndefined();
  });

  it("forgets a workspace whose token no longer works", async () => {
    const slack = await openSlack({ installed: false });
    const { origin, store } = await startApp(installable(slack));
    await slack.install({ app: origin });
    slack.failNext("chat.postMessage", { error: "account_inactive" });
    await slack.mention({ user: slack.ana, channel: slack.general, text: "help" });
    await slack.idle();
    expect(await store.installations.find(`slack:${slack.team.id}`)).toBeUndefined();
    need(slack.calls.find(({ method }) => method === "oauth.v2.access"));
  });
});
