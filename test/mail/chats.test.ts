import { expect, it } from "vitest";
import { shownText } from "../fakes/discord/index.ts";
import { startApp as startDiscord } from "../discord/app.ts";
import { need } from "../discord/shown.ts";
import { first, shownText as shownInSlack, startApp as startSlack } from "../slack/app.ts";
import { openMail } from "./kit.ts";

/** What people see, without the sign that keeps an @ from calling somebody. */
const shownInDiscord = (message: Parameters<typeof shownText>[0]): string =>
  shownText(message).replaceAll("\u200B", "");

it("in Discord a digest by e-mail is asked for and listed in answers that its owner alone sees", async () => {
  const world = await openMail();
  const { discord } = await startDiscord({ changeBot: () => world.bot });
  const person = (name: string) => discord.user(name, { permissions: ["UseApplicationCommands"] });
  const [ana, ben] = [person("ana"), person("ben")] as const;
  const asked = await ana
    .command("paper digest mail", { address: "ana@example.org", zone: "UTC", topics: "diffusion" })
    .outcome();
  expect([asked.ephemeral, shownInDiscord(need(asked.message))]).toEqual([
    true,
    expect.stringContaining("A letter with a link was sent to ana@example.org"),
  ]);
  await world.visit(await world.lastLink(), "POST");
  const listed = await ana.command("paper digest list", {}).outcome();
  expect([listed.ephemeral, shownInDiscord(need(listed.message))]).toEqual([
    true,
    expect.stringMatching(/m1\. Paper of the day to ana@example\.org[\s\S]*diffusion/),
  ]);
  const others = await ben.command("paper digest list", {}).outcome();
  expect(shownInDiscord(need(others.message))).not.toContain("@");
  expect(others.ephemeral).toBe(true);
  expect(discord.violations).toEqual([]);
});

it("in Slack the same, where an address that is typed becomes a link, and people are those of a workspace", async () => {
  const world = await openMail();
  const { slack } = await startSlack({ changeBot: () => world.bot });
  const { ana, ben, general, team } = slack;
  const text = "/paper digest mail <mailto:ana@example.org|ana@example.org> zone:UTC";
  const asked = first(await (await slack.command({ user: ana, channel: general, text })).replied());
  expect(shownInSlack(asked)).toContain("A letter with a link was sent to ana@example.org");
  await world.visit(await world.lastLink(), "POST");
  expect(await world.store.mail.ofOwner(JSON.stringify(["slack", team.id, ana.id]))).toMatchObject([
    { address: "ana@example.org" },
  ]);
  const list = async (user: typeof ana) =>
    shownInSlack(
      first(await (await slack.command({ user, channel: general, text: "/paper digest list" })).replied()),
    );
  expect(await list(ana)).toContain("m1. Paper of the day to ana@example.org");
  expect(await list(ben)).not.toContain("@");
  expect(JSON.stringify(slack.messages(general))).not.toContain("@example.org");
  const mention = await slack.mention({ user: ana, channel: general, text: "digest list" });
  expect(shownInSlack(first(await mention.replied()))).not.toContain("@example.org");
  expect(slack.violations).toEqual([]);
});
