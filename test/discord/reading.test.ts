import { describe, expect, it, vi } from "vitest";
import { noteServers } from "../../adapters/cli/serving/forgetting.ts";
import { shownText } from "../fakes/discord/index.ts";
import { openTestStore } from "../support/test-store.ts";
import { startApp } from "./app.ts";
import { components, idOf, need } from "./shown.ts";

describe("reading lists in Discord", () => {
  it("are filled by a button whose answer leaves the list of hits as it is, and by the menu of a list", async () => {
    const { discord } = await startApp();
    const ana = discord.user("ana");
    const found = need(
      (await ana.command("paper search", { query: "curriculum learning" }).outcome()).message,
    );
    const menu = components(found).find((one) => one["placeholder"] === "Save: choose a paper");
    const [option] = (menu?.["options"] ?? []) as { value: string }[];
    const chosen = await ana.select(found, String(menu?.["custom_id"]), [option?.value ?? ""]).outcome();
    expect(chosen.ephemeral).toBe(true);
    expect(need(chosen.message).id).not.toBe(found.id);
    expect(shownText(need(chosen.message))).toContain("Saved to your reading list");
    expect(shownText(found)).toContain("papers for “curriculum learning”");
    const card = need((await ana.command("paper show", { paper: "FastDINOv2" }).outcome()).message);
    await ana.click(card, idOf(card, "Save")).outcome();
    const list = need((await ana.command("paper list show").outcome()).message);
    expect(shownText(list)).toContain("1–2 of 2");
    expect(components(list).some((one) => one["label"] === "Share to channel")).toBe(false);
    expect(discord.violations).toEqual([]);
  });

  it("have notes on a card whose mentions and formats reach nobody, also where it is shared", async () => {
    const { discord } = await startApp();
    const [ana, ben] = [discord.user("ana"), discord.user("ben")];
    const text = `@everyone <@${ben.id}> **bold** [x](https://example.org)`;
    await ana.command("paper note", { paper: "FastDINOv2", text, share: "yes" }).outcome();
    const card = need((await ben.command("paper show", { paper: "FastDINOv2" }).outcome()).message);
    const [shared] = await ben.click(card, idOf(card, "Share to channel")).followedUp(1);
    for (const shown of [card, need(shared)]) {
      expect(shownText(shown)).toContain(`<@${ana.id}>: @\u200Beveryone \\<@\u200B${ben.id}\\>`);
      expect(shown.pings).toEqual({ users: [], roles: [], everyone: false });
    }
    expect(discord.violations).toEqual([]);
  });

  it("go with all else of a person who says so, after a button, and are given before as a file", async () => {
    const { discord } = await startApp();
    const ana = discord.user("ana");
    await ana.command("paper save", { paper: "FastDINOv2" }).outcome();
    const { message, ephemeral } = await ana.command("paper my data").outcome();
    expect([ephemeral, need(message).attachments]).toMatchObject([
      true,
      [{ filename: "paperboy-my-data.json" }],
    ]);
    const asked = need((await ana.command("paper forget me").outcome()).message);
    const done = need((await ana.click(asked, idOf(asked, "Forget me")).outcome()).message);
    expect(shownText(done)).toContain("Removed: 1 saved paper.");
    const list = need((await ana.command("paper list show").outcome()).message);
    expect(shownText(list)).toContain("Nothing stands in your reading list yet.");
    expect(discord.violations).toEqual([]);
  });

  it("are exported as a file, to the person alone", async () => {
    const { discord } = await startApp();
    const ana = discord.user("ana");
    await ana.command("paper save", { paper: "FastDINOv2" }).outcome();
    const { message, ephemeral } = await ana.command("paper export", { format: "ris" }).outcome();
    expect([ephemeral, need(message).attachments]).toMatchObject([true, [{ filename: "reading-list.ris" }]]);
    expect(discord.requests.at(-1)?.files?.[0]?.bytes).toBeGreaterThan(100);
    expect(discord.violations).toEqual([]);
  });

  it("of one server are not reached from another, whatever a button or an option says", async () => {
    const { discord } = await startApp();
    const ana = discord.user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] });
    const made = need((await ana.command("paper list create", { name: "secret" }).outcome()).message);
    const id = new URLSearchParams(idOf(made, "Show the list").split("?")[1]).get("list") ?? "";
    await ana.command("paper save", { paper: "FastDINOv2", list: "secret" }).outcome();
    expect(shownText(need((await ana.command("paper list show", { list: id }).outcome()).message))).toContain(
      "DINOv2",
    );
    const ben = discord.user("ben", { permissions: ["ManageChannels", "UseApplicationCommands"] });
    const where = { channel: ben.dm };
    const typed = need((await ben.command("paper list show", { list: id }, where).outcome()).message);
    expect(shownText(typed)).toContain("There is no list");
    // A button of his own, whose text he changed.
    const own = need((await ben.command("paper save", { paper: "FastDINOv2" }, where).outcome()).message);
    const told: string[] = [];
    let at = own;
    for (const command of ["list drop", "list remove", "list show"]) {
      const forged = components(at).find((one) => typeof one["custom_id"] === "string");
      if (forged === undefined) break;
      forged["custom_id"] = `r0:${command}?list=${id}&paper=FastDINOv2`;
      const { message } = await ben.click(at, String(forged["custom_id"])).outcome();
      told.push(shownText(need(message)));
      at = need((await ben.command("paper save", { paper: "FastDINOv2" }, where).outcome()).message);
    }
    expect(told).toEqual(told.map(() => expect.stringContaining("There is no list")));
    expect(told).toHaveLength(3);
    expect(shownText(need((await ana.command("paper list show", { list: id }).outcome()).message))).toContain(
      "DINOv2",
    );
  });

  it("are noted to be of a server that removed the app, also while it did not run, and not of one that has it again", async () => {
    const store = await openTestStore();
    const gone = async (): Promise<readonly string[]> =>
      (await store.workspaces.departed()).map(({ server }) => server);
    const place = (server: string): string => JSON.stringify(["discord", server, "1"]);
    await store.subscriptions.put({ id: "d1", place: place("999888777666555444"), body: "{}" });
    const { discord } = await startApp({ servers: noteServers(store.workspaces) });
    await store.subscriptions.put({ id: "d2", place: place(discord.home.id), body: "{}" });
    await vi.waitFor(async () => expect(await gone()).toEqual(["999888777666555444"]), { timeout: 20_000 });
    await noteServers(store.workspaces).joined("999888777666555444");
    expect(await gone()).toEqual([]);
    discord.kickBot(discord.home);
    await vi.waitFor(async () => expect(await gone()).toEqual([discord.home.id]), { timeout: 20_000 });
  });
});
