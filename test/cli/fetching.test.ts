import { spawn } from "node:child_process";
import { once } from "node:events";
import { devNull, tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../src/sources/fetch/clock.ts";
import { components, idOf, need } from "../discord/shown.ts";
import { openDiscord } from "../discord/app.ts";
import { shownText } from "../fakes/discord/index.ts";
import { startArxiv } from "../fakes/sources/arxiv.ts";
import { startCrossref } from "../fakes/sources/crossref.ts";
import { first, openSlack, shownText as shownInSlack } from "../slack/app.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const program = fileURLToPath(new URL("../../dist/adapters/cli/main.js", import.meta.url));
const PARROTS = "10.1145/3442188.3445922";

/** The services, and what the program is told of them. */
async function services() {
  const clock = { ...systemClock, slept: [], set: () => undefined };
  const [crossref, arxiv] = [await startCrossref({ clock }), await startArxiv({ clock })];
  const env = {
    PAPERBOY_ENV_FILE: devNull,
    PAPERBOY_LOG_FORMAT: "text",
    PAPERBOY_PAGES: await temporaryFolder(),
    PAPERBOY_STATE: await temporaryFolder(),
    PAPERBOY_CROSSREF_URL: crossref.url,
    PAPERBOY_ARXIV_API_URL: arxiv.url,
    PAPERBOY_CONTACT: "mailto:me@example.org",
  };
  return { crossref, arxiv, env };
}

/** The program as a process of its own; it ends with the test. */
async function serve(env: Readonly<Record<string, string>>, ready: string) {
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env["PATH"], ...env },
    cwd: tmpdir(),
  });
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "close");
  });
  let log = "";
  child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
  await expect.poll(() => log, { timeout: 30_000 }).toContain(ready);
}

async function onDiscord(more: Readonly<Record<string, string>>) {
  const made = await services();
  const discord = await openDiscord();
  const tokens = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
  await serve({ ...made.env, ...tokens, ...more }, "to add it to a server open");
  const ana = discord.user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] });
  const show = async (person: typeof ana, paper: string) =>
    need((await person.command("paper show", { paper }).outcome()).message);
  return { ...made, discord, ana, show };
}

const labels = (message: Parameters<typeof components>[0]): unknown[] =>
  components(message).flatMap(({ label }) => label ?? []);

describe("an id of a paper that is not here", () => {
  it("is fetched in one press on Discord by who may, from the services that the operator named", async () => {
    const { discord, ana, show, arxiv, crossref } = await onDiscord({ PAPERBOY_FETCH: "arxiv,crossref" });
    const absent = await show(ana, "https://arxiv.org/abs/2603.00001v2");
    expect(shownText(absent)).toContain("is not in this corpus. It can be fetched from arXiv.");
    expect([arxiv.requests.length, crossref.requests.length]).toEqual([0, 0]);
    const fetched = need((await ana.click(absent, idOf(absent, "Fetch from arXiv")).outcome()).message);
    expect(shownText(fetched)).toMatch(/Fetched from arXiv\.[^]*Curriculum Learning at Scale/);
    const parrots = await show(ana, PARROTS);
    const found = need((await ana.click(parrots, idOf(parrots, "Fetch from Crossref")).outcome()).message);
    expect(shownText(found)).toContain("On the Dangers of Stochastic Parrots");
    expect(shownText(await show(ana, PARROTS))).toContain("Emily M. Bender");
    expect([arxiv.requests.length, crossref.requests.length]).toEqual([1, 1]);
    const unknown = await show(ana, "2603.99999");
    const none = await ana.click(unknown, idOf(unknown, "Fetch from arXiv")).outcome();
    expect(shownText(need(none.message))).toContain("arXiv has no paper “arxiv:2603.99999”");
    const again = await ana.command("paper fetch", { paper: "2603.99999" }).outcome();
    expect(shownText(need(again.message))).toContain("not asked for it again for a day");
    expect(arxiv.requests).toHaveLength(2);
    expect([...discord.violations, ...arxiv.violations, ...crossref.violations]).toEqual([]);
  });

  it("is fetched by nobody who may not, and by no words or services that were not named", async () => {
    const { discord, ana, show, arxiv, crossref } = await onDiscord({ PAPERBOY_SOURCES: "arxiv:cs.CL" });
    const bob = discord.user("bob");
    const told = await show(bob, "2603.00001");
    expect(shownText(told)).toMatch(
      /From arXiv members who may manage the channel .* can fetch it: fetch arxiv:2603/,
    );
    expect(labels(told)).not.toContain("Fetch from arXiv");
    const said = async (person: typeof ana, paper: string) =>
      shownText(need((await person.command("paper fetch", { paper }).outcome()).message));
    expect(await said(bob, "2603.00001")).toContain("Only members who may manage the channel");
    expect(await said(ana, "curriculum learning")).toContain("is no id or link of a paper");
    expect(await said(ana, PARROTS)).toContain(`paperboy ingest doi:${PARROTS}`);
    expect(arxiv.requests.filter(({ query }) => query.has("id_list"))).toEqual([]);
    expect(crossref.requests).toEqual([]);
  });

  it("is fetched in one press in Slack", async () => {
    const { arxiv, env } = await services();
    const slack = await openSlack();
    const tokens = {
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: slack.apiUrl,
    };
    await serve({ ...env, ...tokens, PAPERBOY_FETCH: "arxiv" }, "Slack: ready for");
    const { ana, general } = slack;
    const asked = await slack.command({ user: ana, channel: general, text: "/paper show 2603.00001" });
    const absent = first(await asked.replied());
    await slack.press(absent, { user: ana, button: "Fetch from arXiv" });
    await slack.until(
      () => (shownInSlack(absent).includes("Curriculum Learning at Scale") ? true : undefined),
      "the paper",
    );
    const said = await slack.command({
      user: ana,
      channel: general,
      text: "/paper similar https://arxiv.org/abs/2603.00003",
    });
    expect(shownInSlack(first(await said.replied()))).toContain("It can be fetched from arXiv.");
    const other = await slack.command({ user: slack.ben, channel: general, text: "/paper fetch 2603.00002" });
    expect(shownInSlack(first(await other.replied()))).toContain("can fetch papers here");
    expect(arxiv.requests).toHaveLength(1);
    expect([...slack.violations, ...arxiv.violations]).toEqual([]);
  });

  it("is told with the command to run where nothing may be fetched, and at a command line", async () => {
    const { env, arxiv } = await services();
    const run = (more: Readonly<Record<string, string>>) =>
      runProgram(["show", "arxiv.org/abs/2401.99999"], { ...env, ...more });
    const expected = expect.stringContaining("paperboy ingest arxiv:2401.99999") as string;
    expect(await run({})).toMatchObject({ code: 1, stderr: expected });
    expect(await run({ PAPERBOY_FETCH: "arxiv" })).toMatchObject({ code: 1, stderr: expected });
    expect(await run({ PAPERBOY_SOURCES: "arxiv:cs.CL", PAPERBOY_FETCH: "off" })).toMatchObject({ code: 1 });
    expect(await run({ PAPERBOY_FETCH: "arxive" })).toMatchObject({
      code: 2,
      stderr:
        "PAPERBOY_FETCH names “arxive”; it can name arxiv, crossref, datacite, openalex and semantic-scholar, such as PAPERBOY_FETCH=arxiv,crossref.\n",
    });
    expect(arxiv.requests).toEqual([]);
  });
});
