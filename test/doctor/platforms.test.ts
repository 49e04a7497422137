import { rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { GatewayIntentBits } from "discord.js";
import { describe, expect, it } from "vitest";
import { intentFinding } from "../../adapters/discord/intents.ts";
import { openDiscord } from "../discord/app.ts";
import { installingSettings, startInstalling } from "../slack/installing-program.ts";
import { openSlack } from "../slack/app.ts";
import { startServed } from "../admin/serve.ts";
import { doctor, folder, ofDiscord, ofSlack, stateWith } from "./kit.ts";

const PAGE = "https://discord.com/developers/applications/1";
const MESSAGE_CONTENT = 1 << 18;
const MESSAGE_CONTENT_LIMITED = 1 << 19;
const MEMBERS_LIMITED = 1 << 15;

describe("paperboy doctor, of Discord's developer portal", () => {
  it("finds what keeps commands away, what no link can add, and intents that are not needed", async () => {
    const discord = await openDiscord({
      granted: ["messageContent", "guildMembers"],
      interactionsEndpointUrl: "https://elsewhere.example/interactions",
      requiresCodeGrant: true,
    });
    const found = await doctor({ PAPERBOY_STATE: await folder(), ...ofDiscord(discord) });
    expect(found.code).toBe(1);
    expect(found.failures).toEqual([
      "Platforms: Discord: Discord sends commands and presses to https://elsewhere.example/interactions, and none to Paperboy, which gets them by the gateway.",
    ]);
    expect(found.warnings).toEqual([
      "Platforms: Discord: The app asks for a code grant, so that the link that adds it to a server does not work.",
    ]);
    expect(found.ok).toContain(
      "Platforms: Discord: Paperboy asks for no privileged intent; the app is allowed the Message Content Intent and Server Members Intent, which it does not need: you may switch that off.",
    );
    expect(found.text).toContain(`/applications/${discord.applicationId}, General Information`);
  });

  it("finds an intent that is asked for and not allowed, for apps in few servers and in many", () => {
    const asked = [GatewayIntentBits.Guilds, GatewayIntentBits.MessageContent];
    for (const flags of [MESSAGE_CONTENT, MESSAGE_CONTENT_LIMITED])
      expect(intentFinding(asked, flags, PAGE).what).toBe("The app is allowed the Message Content Intent.");
    expect(intentFinding(asked, MEMBERS_LIMITED, PAGE)).toEqual({
      level: "failure",
      what: "The app is not allowed the Message Content Intent, which Paperboy asks for; the gateway refuses it.",
      todo: `Open ${PAGE}, Bot, Privileged Gateway Intents, and switch it on.`,
    });
  });
});

describe("paperboy doctor, of Slack's tokens", () => {
  it(
    "asks with the sealed token of each workspace, and tells of a lost key and a removed app",
    { timeout: 60_000 },
    async () => {
      const slack = await openSlack({ installed: false });
      slack.team.general.members.add(slack.botUser.id);
      const place = { platform: "slack", server: slack.team.id, channel: slack.general.id };
      const state = await stateWith(place);
      const env = installingSettings(slack, state);
      const empty = await doctor(env);
      expect(empty.ok).toContain(
        "Platforms: Slack: No workspace has installed Paperboy yet, at /slack/install.",
      );
      expect(empty.failures).toEqual([
        `Channels: Slack: The workspace ${slack.team.id} no longer has the app; no digest can be posted.`,
      ]);
      const bot = await startInstalling(slack, env);
      await slack.install({ app: bot.origin });
      await bot.stop();
      const well = await doctor(env);
      expect([well.code, well.failures, well.warnings]).toEqual([0, [], []]);
      expect(well.ok.join("\n")).toMatch(
        /Slack: The token of the workspace \S.* is accepted, with all scopes that are needed\.\n(?:.*\n)*.*#general: digests can be posted/,
      );
      expect(well.text).not.toContain(slack.botToken);
      const [key, lost] = [path.join(state, "paperboy.key"), path.join(path.dirname(state), "lost")];
      await rename(key, lost);
      const without = await doctor(env);
      expect(without.failures).toEqual([
        expect.stringContaining(
          `Slack: The tokens of one workspace (${slack.team.id}) were sealed with a key that is not here`,
        ),
        expect.stringMatching(/the token of its workspace \S+ cannot be read; no digest can be posted\.$/),
      ]);
      await rename(lost, key);
      // The bot is not there to hear of it.
      await slack.uninstall();
      const removed = await doctor(env);
      expect(removed.failures).toEqual([
        `Platforms: Slack: The token of the workspace ${slack.team.id} is not accepted.`,
        `Channels: Slack: The channel ${slack.general.id}: Slack refuses to tell of it (account_inactive).`,
      ]);
      expect(slack.violations).toEqual([]);
    },
  );

  it(
    "asks with the token that was renewed last, never renews one, and knows one that expired while no bot ran",
    { timeout: 60_000 },
    async () => {
      const slack = await openSlack({ tokenLife: 43_200, installed: true });
      slack.team.general.members.add(slack.botUser.id);
      const state = await stateWith({
        platform: "slack",
        server: slack.team.id,
        channel: slack.general.id,
      });
      const env = {
        PAPERBOY_STATE: state,
        ...ofSlack(slack),
        SLACK_REFRESH_TOKEN: slack.refreshToken,
        SLACK_CLIENT_ID: slack.clientId,
        SLACK_CLIENT_SECRET: slack.clientSecret,
      };
      const renewals = () => slack.calls.filter(({ method }) => method === "oauth.v2.access").length;
      const bot = await startServed(env, state);
      await bot.says("Slack: ready for");
      expect(renewals()).toBe(1);
      const beside = await doctor(env);
      expect([beside.failures, beside.warnings]).toEqual([[], []]);
      expect(beside.ok).toContain("Channels: Slack: #general: digests can be posted.");
      expect(await bot.stop()).toBe(0);
      slack.advance(13 * 60 * 60_000);
      const expired = await doctor(env);
      expect([expired.code, expired.failures]).toEqual([0, []]);
      expect(expired.warnings).toEqual([
        "Platforms: Slack: SLACK_BOT_TOKEN, or what came of it, is not accepted.",
        "Channels: Slack: its channels were not looked at.",
      ]);
      expect(renewals()).toBe(1);
      await rm(path.join(state, "paperboy.sqlite-wal"), { force: true });
      await writeFile(path.join(state, "paperboy.sqlite"), Buffer.alloc(20_000, "no database "));
      const damaged = await doctor(env);
      expect(damaged.warnings).toContain(
        "Platforms: Slack: Its tokens are in the database, which cannot be read.",
      );
      expect(damaged.text).not.toContain("See to the network");
      expect(slack.violations).toEqual([]);
    },
  );
});
