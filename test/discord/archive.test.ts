import { expect, it } from "vitest";
import { shownText } from "../fakes/discord/index.ts";
import { startApp } from "./app.ts";
import { need } from "./shown.ts";

it("in Discord who may manage a channel publishes what its digests brought, and ends that, and others do not", async () => {
  const { discord } = await startApp();
  const ana = discord.user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] });
  const ben = discord.user("ben", { permissions: ["UseApplicationCommands"] });
  const say = async (who: typeof ana, command: string, options = {}): Promise<string> =>
    shownText(need((await who.command(`paper digest ${command}`, options).outcome()).message));
  expect(await say(ben, "publish")).toContain("can change the digests of this channel");
  expect(await say(ana, "unpublish")).toContain("is not public");
  expect(await say(ana, "publish", { name: "Papers <@1> & more" })).toMatch(
    /is public as “Papers .* & more”: <?https:\/\/papers\.example\/archive\/[0-9a-f]{24}/,
  );
  expect(await say(ben, "archive")).toContain("nothing yet");
  expect(await say(ben, "unpublish")).toContain("can change the digests of this channel");
  expect(await say(ana, "unpublish")).toContain("is public no more");
  expect(discord.violations).toEqual([]);
});
