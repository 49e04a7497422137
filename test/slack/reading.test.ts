import { describe, expect, it, vi } from "vitest";
import { first, openSlack, shownText, startApp } from "./app.ts";

describe("reading lists in Slack", () => {
  it("are filled by a button whose answer leaves the list of hits as it is", async () => {
    const { slack } = await startApp();
    const { ana, general } = slack;
    const say = async (text: string) =>
      first(await (await slack.command({ user: ana, channel: general, text })).replied());
    const found = await say("/paper search FastDINOv2");
    const card = await say("/paper show FastDINOv2");
    const pressed = await slack.press(card, { user: ana, button: "Save" });
    expect(shownText(first(await pressed.replied()))).toContain("Saved to your reading list");
    expect(shownText(card)).toContain("Id:");
    expect(shownText(found)).toContain("for “FastDINOv2”");
    expect(shownText(await say("/paper my list"))).toContain("FastDINOv2");
    await say("/paper list create reading group");
    await say("/paper save FastDINOv2 list:“reading group”");
    expect(shownText(await say("/paper list reading group"))).toContain("saved by 1 here");
    expect(slack.violations).toEqual([]);
  });

  it("of one person and channel are not reached by another, whatever a command says", async () => {
    const { slack, store } = await startApp();
    const { ana, ben, general } = slack;
    const say = async (text: string, user = ana, channel = general) =>
      shownText(first(await (await slack.command({ user, channel, text })).replied()));
    await say("/paper save FastDINOv2");
    await say("/paper list create secret");
    await say("/paper save FastDINOv2 list:secret");
    const place = JSON.stringify(["slack", general.teamId ?? ana.teamId, general.id]);
    const person = JSON.stringify(["slack", ana.teamId, "person", ana.id]);
    const lists = await store.lists.ownedBy([place, person]);
    expect(lists).toHaveLength(2);
    for (const { id } of lists)
      for (const channel of [slack.dm(ben), slack.quiet])
        expect(await say(`/paper list show ${id}`, ben, channel)).toContain("There is no list");
  });

  it("are noted to be of a workspace that removed the app, and not of one that has it again", async () => {
    const { app, slack, store } = await startApp();
    app.failed.catch(() => undefined);
    const gone = async (): Promise<readonly unknown[]> => store.workspaces.departed();
    await slack.uninstall();
    await vi.waitFor(
      async () => expect(await gone()).toMatchObject([{ platform: "slack", server: slack.team.id }]),
      { timeout: 20_000 },
    );
    const other = await openSlack();
    await store.workspaces.left({ platform: "slack", server: other.team.id });
    await startApp({ slack: other, store });
    expect(await gone()).toMatchObject([{ server: slack.team.id }]);
    expect(await gone()).toHaveLength(1);
  });
});
