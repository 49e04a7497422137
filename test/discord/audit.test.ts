import { expect, it } from "vitest";
import { shownText } from "../fakes/discord/index.ts";
import { startApp } from "./app.ts";
import { idOf, need } from "./shown.ts";

it("in Discord who may manage the server sees who changed what, as mentions that reach nobody, and others do not", async () => {
  const { discord } = await startApp();
  const ana = discord.user("ana", {
    permissions: ["ManageChannels", "ManageGuild", "UseApplicationCommands"],
  });
  const offered = need((await ana.command("paper digest start", { zone: "UTC" }).outcome()).message);
  await ana.click(offered, idOf(offered, "Start this digest")).outcome();
  const { message, ephemeral } = await ana.command("paper audit").outcome();
  const shown = need(message);
  expect(ephemeral).toBe(true);
  expect(shownText(shown)).toContain(`<@${ana.id}>: \`digest start\``);
  expect(shownText(shown)).toContain(`in <#${discord.general.id}>: time 09:00; zone UTC`);
  expect(shownText(shown)).not.toContain("Share to channel");
  expect(shown.pings).toEqual({ users: [], roles: [], everyone: false });
  const ben = discord.user("ben", { permissions: ["ManageChannels", "UseApplicationCommands"] });
  const refused = need((await ben.command("paper audit").outcome()).message);
  expect(shownText(refused)).toContain("Only members who may manage the server");
  expect(discord.violations).toEqual([]);
});
