import { spawn } from "node:child_process";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { operatorsDeed } from "../../src/store/kept/audit.ts";
import { programSpawn, runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openTestStore } from "../support/test-store.ts";
import { first, openSlack, shownText, startApp } from "./app.ts";

it("in Slack admins see who changed what, as mentions, and others do not; nobody in a channel for all to read", async () => {
  const { slack } = await startApp();
  const boss = slack.person("boss", { isAdmin: true });
  const { general } = slack;
  const asked = await slack.command({ user: boss, channel: general, text: "/paper digest start zone:UTC" });
  const offered = first(await asked.replied());
  await slack.press(offered, { user: boss, button: "Start this digest" });
  await slack.until(() => (shownText(offered).includes("is set up") ? true : undefined), "the digest");
  const audit = async (user: typeof boss): Promise<string> => {
    const answer = first(
      await (await slack.command({ user, channel: general, text: "/paper audit" })).replied(),
    );
    expect(answer.ephemeralFor).toBe(user.id);
    return shownText(answer);
  };
  expect(await audit(boss)).toContain(`<@${boss.id}>: \`digest start\``);
  expect(await audit(boss)).toContain(`in <#${general.id}>: time 09:00; zone UTC`);
  expect(await audit(boss)).not.toContain("Share to channel");
  expect(await audit(slack.ana)).toContain("Only admins and owners of the workspace");
  const said = await slack.mention({ user: boss, channel: general, text: "audit" });
  expect(shownText(first(await said.replied()))).toContain("Type /paper audit, whose answer you alone see");
  expect(slack.violations).toEqual([]);
});

it("workspaces that install and remove the app, and orders of the operator, are noted and told as JSON", async () => {
  const slack = await openSlack({ installed: false });
  const state = await temporaryFolder();
  const store = await openTestStore(path.join(state, "paperboy.sqlite"));
  const { clientId, clientSecret, signingSecret } = slack;
  const { origin } = await startApp({
    slack,
    store,
    transport: "http",
    change: (settings) => ({
      ...settings,
      connection: {
        kind: "http",
        signingSecret,
        host: "127.0.0.1",
        port: 0,
        identity: { kind: "oauth", clientId, clientSecret },
      },
    }),
  });
  await slack.install({ app: origin });
  await slack.uninstall();
  await slack.idle();
  const env = { PAPERBOY_STATE: state };
  expect((await runProgram(["ingest", "-"], env, "@misc{a, title={On wombats}}")).code).toBe(0);
  expect((await runProgram(["ingest", "-", "--dry-run"], env, "@misc{a, title={On wombats}}")).code).toBe(0);
  await runProgram(["remove", "On wombats", "--yes"], env);
  const told = await runProgram(["audit", "--json"], env);
  expect(told.code).toBe(0);
  expect(JSON.parse(told.stdout)).toMatchObject([
    { platform: "terminal", by: "local operator", action: "remove", detail: "On wombats --yes" },
    { platform: "terminal", by: "local operator", action: "ingest", detail: "-" },
    { platform: "slack", server: slack.team.id, by: "Slack", action: "uninstall" },
    { platform: "slack", server: slack.team.id, by: slack.ana.id, action: "install" },
  ]);
  expect(told.stdout).not.toMatch(/xox|secret/);
}, 30_000);

it("what is older than a year is removed when the program serves", async () => {
  const slack = await openSlack();
  const state = await temporaryFolder();
  const now = new Date("2020-01-01T00:00:00Z");
  const store = await openTestStore(path.join(state, "paperboy.sqlite"), () => now);
  await store.audit.note(operatorsDeed({ action: "ingest", detail: "long ago" }));
  const child = spawn(
    ...programSpawn([], {
      PAPERBOY_STATE: state,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: slack.apiUrl,
    }),
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  const left = async (): Promise<number> =>
    (await store.audit.page(undefined, { offset: 0, limit: 1 })).total;
  expect(await left()).toBe(1);
  await expect.poll(left, { timeout: 30_000 }).toBe(0);
}, 40_000);
