import { expect, it } from "vitest";
import { openTestStore } from "../support/test-store.ts";
import { openDiscord, startApp } from "./app.ts";
import { idOf, need } from "./shown.ts";

it("of several programs of one app with one database, one takes each command, press and mention", async () => {
  const [discord, store] = [await openDiscord(), await openTestStore()];
  const takes = (id: string): Promise<boolean> => store.once.claim(`discord:event:${id}`, 60_000);
  const apps = [await startApp({ discord, store, takes }), await startApp({ discord, store, takes })];
  const ana = discord.user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] });
  const asked = { zone: "UTC", time: "9:00", days: "daily" };
  const offered = need((await ana.command("paper digest start", asked).outcome()).message);
  await ana.click(offered, idOf(offered, "Start this digest")).outcome();
  const before = discord.messages(discord.general).length;
  ana.say(discord.general, `<@${discord.bot.id}> search curriculum learning`);
  await expect.poll(() => discord.messages(discord.general).length).toBe(before + 2);
  await Promise.all(apps.map(({ app }) => app.stop()));
  expect(discord.messages(discord.general)).toHaveLength(before + 2);
  expect(await store.subscriptions.all()).toHaveLength(1);
  expect(discord.violations).toEqual([]);
  expect(apps.flatMap(({ lines }) => lines).filter((line) => /too late or twice|failed/.test(line))).toEqual(
    [],
  );
});
