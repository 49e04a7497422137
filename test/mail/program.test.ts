import { spawn } from "node:child_process";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createBook } from "../../src/digest/book.ts";
import { mailPlace } from "../../src/mailing/mailbox.ts";
import type { Asker } from "../../src/mailing/mailbox.ts";
import { deedIn, placeKey } from "../../src/schedule/place.ts";
import { planOf } from "../digest/papers.ts";
import type { FakeSmtp } from "../fakes/smtp/index.ts";
import { openSmtp } from "../fakes/smtp/index.ts";
import { openSlack } from "../slack/app.ts";
import { programSpawn, runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openTestStore } from "../support/test-store.ts";

const HOUR = 3_600_000;

const settingsFor = ({ port }: FakeSmtp, login = "") => ({
  PAPERBOY_SMTP_URL: `smtp://${login}127.0.0.1:${port}`,
  PAPERBOY_MAIL_FROM: "Paperboy <paperboy@example.org>",
  PAPERBOY_WEB_PORT: "0",
  PAPERBOY_WEB_URL: "https://papers.example.org",
});

/** A state with a confirmed digest by e-mail that is due since an hour; so many in a row before it were refused. */
async function withDue(asker: Asker, refusals = 0) {
  const state = await temporaryFolder();
  const store = await openTestStore(path.join(state, "paperboy.sqlite"));
  const [owner, body] = ["somebody", JSON.stringify(asker)];
  const place = mailPlace("box1");
  const at = new Date(Date.now() - 3 * HOUR);
  const due = new Date(Date.now() - HOUR);
  const subscription = {
    id: "s1",
    place,
    createdBy: asker.person.user,
    createdAt: at,
    scheduledSince: at,
    plan: planOf({
      zone: "UTC",
      time: { hour: due.getUTCHours(), minute: due.getUTCMinutes() },
      delivery: "channel",
    }),
    state: { kind: "active" as const },
  };
  const facts = { owner, address: "reader@example.org", body };
  const until = new Date(Date.now() + HOUR);
  await store.mail.ask(
    { token: "t", inbox: "i", until, ...facts },
    { within: HOUR, perInbox: 9, perOwner: 9 },
  );
  await store.mail.confirm(
    "t",
    { id: "box1", place: placeKey(place), leave: "leave1", ...facts },
    {
      subscription: { id: "s1", place: placeKey(place), body: JSON.stringify(subscription) },
      deed: deedIn(place, { by: asker.person.user, action: "digest mail", subject: "s1", detail: "" }),
    },
  );
  for (let i = 0; i < refusals; i++) await store.mail.refused("box1");
  return {
    state,
    store,
    left: async () => (await createBook(store, () => new Date()).subscriptions()).length,
  };
}

describe("paperboy with mail", () => {
  it("takes a digest by an order, has it confirmed at its own pages, and tells its address to nobody else", async () => {
    const smtp = await openSmtp({ user: "paperboy", password: "hidden/word" });
    const PAPERBOY_STATE = await temporaryFolder();
    const env = { PAPERBOY_STATE, ...settingsFor(smtp, "paperboy:hidden%2Fword@") };
    const child = spawn(...programSpawn([], env));
    onTestFinished(() => void child.kill("SIGKILL"));
    let log = "";
    child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
    await expect.poll(() => log, { timeout: 25_000 }).toMatch(/Mail: digests go out by 127\.0\.0\.1:\d+/);
    await expect.poll(() => log, { timeout: 25_000 }).toMatch(/Web: pages at http:\S+/);
    const asked = await runProgram(
      ["digest", "mail", "reader@example.org", "--zone", "UTC", "--topics", "diffusion"],
      env,
    );
    expect([asked.code, asked.stdout.replace(/\s+/g, " ")]).toEqual([
      0,
      expect.stringContaining("A letter with a link was sent to reader@example.org"),
    ]);
    const [, token = ""] =
      /https:\/\/papers\.example\.org(\/mail\/confirm\/\S+)/.exec((await smtp.mails())[0]?.text ?? "") ?? [];
    const [, address = ""] = /Web: pages at (http:\S+)\//.exec(log) ?? [];
    expect(await (await fetch(address + token)).text()).toContain("diffusion");
    const confirmed = await fetch(address + token, { method: "POST" });
    expect([confirmed.status, await confirmed.text()]).toEqual([200, expect.stringContaining("Confirmed")]);
    const listed = await runProgram(["digest", "list"], env);
    expect(listed.stdout).toContain("m1. Paper of the day to reader@example.org");
    const others = await Promise.all(
      [
        ["settings", "export"],
        ["audit", "--json"],
        ["doctor", "--json"],
        ["digest", "--now", "--dry-run"],
      ].map((args) => runProgram(args, env)),
    );
    const said = others.map(({ stdout, stderr }) => stdout + stderr).join("\n") + log;
    expect(said).not.toContain("reader@");
    expect(said).not.toContain("hidden");
    expect(others[0]?.stderr).toContain("Left out: 1 digest by e-mail");
    expect(others[1]?.stdout).toContain('"digest mail"');
    expect(others[2]?.stdout).toMatch(
      /Mail: the server 127\.0\.0\.1:\d+ answers and takes the password; mails are from paperboy@example\.org/,
    );
    expect(others[2]?.stdout).toMatch(/Mail: The address of the mailbox [\w-]+ is confirmed/);
    expect((await runProgram(["digest", "stop", "m1"], env)).stdout.replace(/\s+/g, " ")).toContain(
      "is ended. An address that gets no digest any more is forgotten",
    );
    expect((await runProgram(["digest", "list"], env)).code).toBe(2);
  }, 90_000);

  it("sends a digest that is due by “digest --now”, and leaves one for the next run while the server asks for patience", async () => {
    const smtp = await openSmtp();
    const { state } = await withDue({ person: { platform: "terminal", user: "local" } });
    const env = { PAPERBOY_STATE: state, ...settingsFor(smtp) };
    smtp.set("to", "451 4.7.1 reader@example.org is greylisted");
    const first = await runProgram(["digest", "--now"], env);
    expect([first.code, first.stderr]).toEqual([
      1,
      expect.stringMatching(/tries again\. mail: the digest s1 of \d{4}-\d\d-\d\d\n/),
    ]);
    expect(first.stderr).not.toContain("reader@");
    expect(smtp.raw).toHaveLength(0);
    smtp.set("to", undefined);
    const other = await withDue({ person: { platform: "terminal", user: "local" } });
    const sent = await runProgram(["digest", "--now"], { ...env, PAPERBOY_STATE: other.state });
    expect([sent.code, sent.stderr]).toEqual([0, expect.not.stringContaining("reader@")]);
    const [mail] = await smtp.mails();
    expect([mail?.subject, mail?.text, smtp.recipients]).toEqual([
      expect.stringMatching(/^Paper of the day: /),
      expect.stringContaining("Stop this digest: https://papers.example.org/mail/leave/leave1/s1"),
      ["reader@example.org"],
    ]);
  }, 60_000);

  it("ends a dead address's digests, and tells in Slack who asked for them there", async () => {
    const [smtp, slack] = await Promise.all([openSmtp(), openSlack()]);
    const { ana, team } = slack;
    const { state, left } = await withDue(
      {
        person: { platform: "slack", user: ana.id, workspace: team.id },
        origin: { platform: "slack", server: team.id, channel: slack.general.id },
      },
      2,
    );
    smtp.set("to", "550 5.1.1 <reader@example.org> is nobody here");
    const { code, stderr } = await runProgram(["digest", "--now"], {
      PAPERBOY_STATE: state,
      ...settingsFor(smtp),
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: slack.apiUrl,
    });
    expect([code, await left()]).toEqual([0, 0]);
    expect(stderr).toMatch(/The mail server refused the digest s1:\d{4}-\d\d-\d\d for good: 550 5\.1\.1/);
    expect(stderr).toContain("The digests of the mailbox box1 are ended: three in a row were refused");
    expect(stderr).not.toContain("reader@");
    expect(slack.messages(slack.dm(ana)).map(({ text }) => text)).toEqual([
      expect.stringContaining("Your paper of the day by e-mail is ended"),
    ]);
    expect(slack.messages(slack.general)).toEqual([]);
  }, 60_000);

  it("says which settings are missing, and that the password is wrong, before it begins", async () => {
    const smtp = await openSmtp({ user: "paperboy", password: "right" });
    const PAPERBOY_STATE = await temporaryFolder();
    const without = await runProgram(["digest", "mail", "reader@example.org", "--zone", "UTC"], {
      PAPERBOY_STATE,
    });
    expect([without.code, without.stderr.replace(/\s+/g, " ")]).toEqual([
      2,
      expect.stringContaining(
        "Whoever runs Paperboy sets PAPERBOY_SMTP_URL, PAPERBOY_MAIL_FROM, PAPERBOY_WEB_PORT and PAPERBOY_WEB_URL",
      ),
    ]);
    const half = await runProgram([], { PAPERBOY_STATE, PAPERBOY_SMTP_URL: "smtp://127.0.0.1" });
    expect([half.code, half.stderr]).toEqual([
      2,
      expect.stringContaining("PAPERBOY_MAIL_FROM and PAPERBOY_WEB_PORT and PAPERBOY_WEB_URL are not"),
    ]);
    const wrong = await runProgram([], { PAPERBOY_STATE, ...settingsFor(smtp, "paperboy:wrong-one@") });
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringMatching(
        /The mail server 127\.0\.0\.1:\d+ does not accept the user and password in PAPERBOY_SMTP_URL \(535 5\.7\.8 to AUTH PLAIN\)/,
      ),
    ]);
    expect(wrong.stderr).not.toContain("wrong-one");
  }, 60_000);
});
