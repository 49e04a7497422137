import { describe, expect, it } from "vitest";
import { startServed } from "../admin/serve.ts";
import { openDiscord } from "../discord/app.ts";
import { shownText } from "../fakes/discord/index.ts";
import { inDiscord, ofDiscord, ofSlack, stateWith } from "../doctor/kit.ts";
import { openSlack } from "../slack/app.ts";
import { runProgram } from "../support/run-program.ts";

describe("“status”", () => {
  it(
    "tells those who may manage digests how Paperboy does in their server or workspace, and nobody else",
    { timeout: 60_000 },
    async () => {
      const [discord, slack] = await Promise.all([openDiscord(), openSlack()]);
      const [mute, other] = [discord.channel("mute"), discord.guild("Elsewhere")];
      discord.setBotPermissions(mute, ["ViewChannel", "ReadMessageHistory"]);
      slack.team.quiet.members.delete(slack.botUser.id);
      const state = await stateWith(
        inDiscord(discord, discord.general),
        inDiscord(discord, mute),
        { platform: "discord", server: other.id, channel: "42" },
        { platform: "discord", channel: "43", direct: true },
        { platform: "slack", server: slack.team.id, channel: slack.quiet.id },
      );
      const settings = {
        PAPERBOY_SOURCES: "huggingface",
        PAPERBOY_HUGGINGFACE_URL: "http://127.0.0.1:9",
        ...ofDiscord(discord),
        ...ofSlack(slack),
      };
      const bot = await startServed(settings, state);
      await bot.says("to add it to a server open");
      await bot.says("Slack: ready for");

      const ana = discord.user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] });
      const { message, ephemeral } = await ana.command("paper status").outcome();
      const said = (message && shownText(message)) ?? "";
      expect(ephemeral).toBe(true);
      expect(said).toContain("The connection stands.");
      expect(said).toContain("#general in Home: digests can be posted.");
      expect(said).toContain("#mute in Home: Send Messages is missing; no digest can be posted.");
      expect(said).toContain("The digest d0: none was due yet; the next is due at 20");
      expect(said).toContain("huggingface");
      expect(said).toContain("544 papers can be searched");
      for (const hidden of ["d2", "d3", "d4", state, discord.token, "127.0.0.1"])
        expect(said).not.toContain(hidden);
      const refused = await discord.user("ben").command("paper status").outcome();
      const words = (refused.message && shownText(refused.message)) ?? "";
      expect(words).toMatch(/^Only members who may manage the channel .* can see how Paperboy does here\.$/);

      const asked = await slack.command({ user: slack.ana, channel: slack.general, text: "/paper status" });
      const [reply] = await asked.replied();
      const told = JSON.stringify(reply);
      expect(told).toContain(`#${slack.quiet.name}: the bot is not in it; no digest can be posted.`);
      expect(told).toContain("The digest d4");
      expect(told).not.toContain("d0");
      const ben = await slack.command({ user: slack.ben, channel: slack.general, text: "/paper status" });
      expect(JSON.stringify(await ben.replied())).toContain("can see how Paperboy does here");
      expect(await bot.stop()).toBe(0);
      expect([...discord.violations, ...slack.violations]).toEqual([]);

      const here = await runProgram(["status"], { PAPERBOY_STATE: state });
      expect(here.code).toBe(0);
      expect(here.stdout).toContain("The digest d3: none was due yet");
      expect(here.stdout).toContain("544 papers can be searched");
    },
  );
});
