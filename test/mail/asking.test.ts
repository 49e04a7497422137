import { describe, expect, it } from "vitest";
import { VISITOR } from "../../adapters/web/visitor.ts";
import { replyText } from "../support/seed-bot.ts";
import { ANA, BEN, openMail, personIn, withConfirmed } from "./kit.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe("a digest by e-mail", () => {
  it("is asked for in a chat, confirmed on the page that a letter leads to, and then there with its plan", async () => {
    const { say, smtp, visit, lastLink, digests } = await openMail();
    const asked = await say(
      'digest mail ana@example.org zone:Europe/Berlin topics:"diffusion, -survey" time:8:30 days:mon,thu runners:1',
    );
    expect(asked.audience).toBe("caller");
    expect(asked.summary).toContain("A letter with a link was sent to ana@example.org");
    expect(replyText(asked)).toContain("on Mondays and Thursdays at 08:30 Europe/Berlin; diffusion, -survey");
    expect(replyText(asked)).toMatch(/These filters would have brought/);
    expect(await (await digests()).all()).toEqual([]);
    const [letter] = await smtp.mails();
    expect([letter?.subject, smtp.recipients]).toEqual([
      "Confirm your paper of the day",
      ["ana@example.org"],
    ]);
    expect(`${letter?.text} ${String(letter?.html)}`).not.toContain("diffusion");
    const page = await visit(await lastLink());
    expect(page.text).toMatch(/diffusion, -survey[\s\S]*<form method="post">/);
    const done = await visit(await lastLink(), "POST");
    expect([done.status, done.text]).toEqual([200, expect.stringContaining("The first one is due on")]);
    expect(await (await digests()).all()).toMatchObject([
      { createdBy: "ana", plan: { zone: "Europe/Berlin", runnersUp: 1, delivery: "channel", days: [1, 4] } },
    ]);
  });

  it("is confirmed by nobody who only opens the link, and by one press alone, within a week", async () => {
    const { say, visit, lastLink, digests, clock } = await openMail();
    await say("digest mail ana@example.org zone:UTC");
    const link = await lastLink();
    for (const method of ["GET", "HEAD", "GET"] as const)
      expect((await visit(link, method)).status).toBe(200);
    expect(await (await digests()).all()).toEqual([]);
    const pressed = [await visit(link, "POST"), await visit(link, "POST"), await visit(link)];
    expect(pressed.map(({ status }) => status)).toEqual([200, 404, 404]);
    expect(pressed[1]?.text).toContain("used already, is older than a week");
    expect(await (await digests()).all()).toHaveLength(1);
    await say("digest mail ana@example.org zone:UTC topics:diffusion");
    const second = await lastLink();
    clock.now = new Date(clock.now.getTime() + 7 * DAY - 1);
    expect((await visit(second)).status).toBe(200);
    clock.now = new Date(clock.now.getTime() + 1);
    expect([(await visit(second)).status, (await visit(second, "POST")).status]).toEqual([404, 404]);
    expect(await (await digests()).all()).toHaveLength(1);
    expect((await visit(`${second.slice(0, -1)}x`, "POST")).status).toBe(404);
  });

  it("has at most three letters an hour sent to one inbox, however it is written and whoever asks", async () => {
    const { say, smtp, clock, visit, lastLink } = await openMail();
    const ask = async (address: string, user: string) =>
      (await say(`digest mail ${address} zone:UTC`, personIn("discord", user))).summary;
    await ask("ana@example.org", "a");
    await ask("Ana@EXAMPLE.org", "b");
    await ask("ana+news@example.org", "c");
    expect(await ask("ana@example.org", "d")).toMatch(
      /^3 letters were sent to this address within the last hour/,
    );
    expect(smtp.raw).toHaveLength(3);
    clock.now = new Date(clock.now.getTime() + 61 * MINUTE);
    expect(await ask("ana@example.org", "d")).toContain("A letter with a link was sent");
    // What is confirmed was wanted, and does not count.
    await visit(await lastLink(), "POST");
    for (const user of ["e", "f", "g"]) expect(await ask("ana@example.org", user)).toContain("A letter");
    expect(await ask("ana@example.org", "h")).toContain("ask again in an hour");
  });

  it("has at most twenty letters an hour sent for one person", async () => {
    const { say, smtp } = await openMail();
    for (let i = 0; i < 20; i++) await say(`digest mail reader${i}@example.org zone:UTC`);
    expect((await say("digest mail another@example.org zone:UTC")).summary).toMatch(
      /^You had 20 letters sent/,
    );
    expect(smtp.raw).toHaveLength(20);
    expect((await say("digest mail another@example.org zone:UTC", BEN)).summary).toContain("A letter");
  });

  it("is shown to its owner alone, who may change and end it, and whose address is forgotten with it", async () => {
    const { say, store, digests } = await withConfirmed();
    expect(replyText(await say("digest list"))).toContain("m1. Paper of the day to ana@example.org");
    for (const other of [
      BEN,
      personIn("slack", "ana"),
      { ...personIn("slack", "ana"), workspace: "T1" },
      { ...ANA, overheard: true as const },
      { ...VISITOR, place: ANA.place },
    ])
      for (const line of [
        "digest list",
        "digest status",
        "digest status m1",
        "digest stop m1",
        "audit",
        "status",
      ])
        expect(JSON.stringify(await say(line, other))).not.toContain("ana@example.org");
    expect((await say("digest edit m1 time:7:00")).summary).toMatch(/A paper of the day .*07:00/);
    expect((await say("digest edit m1 delivery:thread")).summary).toContain("A mail has no thread");
    expect((await say("digest pause m1")).summary).toMatch(/^Digest m1 .* is paused/);
    expect((await say("digest resume")).summary).toMatch(/^Digest m1 .* goes on/);
    expect((await say("digest stop m2")).summary).toContain("You have no digest “m2” by e-mail");
    const [{ place } = { place: { channel: "" } }] = await (await digests()).all();
    expect(await store.mail.find(place.channel)).toMatchObject({ address: "ana@example.org" });
    expect((await say("digest stop m1")).summary).toContain("is ended");
    expect(await store.mail.find(place.channel)).toBeUndefined();
    expect(await store.mail.ofOwner('["discord","","ana"]')).toEqual([]);
  });

  it("leaves the digests of a channel as they are: numbers and rights stay those of the channel", async () => {
    const { say } = await withConfirmed();
    const inLab = {
      ...ANA,
      place: { platform: "discord", server: "lab", channel: "papers" },
      authority: () => Promise.resolve({ kind: "may-not", who: "managers" } as const),
    };
    const manager = { ...inLab, user: "boss", authority: () => Promise.resolve({ kind: "may" } as const) };
    const offered = await say("digest start zone:UTC", manager);
    expect(offered.summary).toContain("A paper of the day");
    await say("1", manager);
    await say("y", manager);
    expect(replyText(await say("digest list", inLab))).toMatch(
      /one digest[\s\S]*1\. Paper[\s\S]*m1\. Paper of the day to ana@/,
    );
    expect(replyText(await say("digest list", manager))).not.toContain("@");
    expect((await say("digest stop 1", inLab)).summary).toContain("Only managers can change");
    expect((await say("digest stop", inLab)).summary).toContain("Only managers can change");
    expect((await say("digest pause m1", inLab)).summary).toContain("is paused");
  });

  it("is refused where the same goes there already, and an address is not one", async () => {
    const { say, smtp } = await withConfirmed();
    expect((await say("digest mail ana@example.org zone:UTC days:daily")).summary).toContain(
      "goes to ana@example.org already: it is number m1",
    );
    const before = smtp.raw.length;
    for (const address of [
      "ana",
      "ana@",
      "@example.org",
      "a b@example.org",
      "ana@localhost",
      "ana@192.0.2.1",
      '"a b"@x.org',
    ])
      expect((await say(`digest mail ${address} zone:UTC`)).tone).toBe("mistake");
    expect((await say("digest mail ana@example.org")).summary).toContain("In which time zone are you?");
    expect((await say("digest mail")).summary).toContain("To which address?");
    expect((await say("digest mail ana@example.org diffusion zone:UTC")).summary).toContain(
      "“ana@example.org diffusion” is more than an address. Topics are named",
    );
    expect(smtp.raw).toHaveLength(before);
  });

  it("is asked for by nobody who is not known, and not where others read along", async () => {
    const { say, smtp } = await openMail();
    const line = "digest mail ana@example.org zone:UTC";
    expect((await say(line, { ...ANA, overheard: true })).summary).toContain(
      "Everybody would read your address",
    );
    expect((await say(line, VISITOR)).summary).toContain("Who asks is not known here");
    expect(smtp.raw).toHaveLength(0);
  });

  it("has its letter sent again where the server asks for patience, further and further apart, with a link that works", async () => {
    const { say, smtp, mailing, clock, visit, lastLink, digests } = await openMail();
    smtp.set("to", "451 4.7.1 greylisted");
    expect((await say("digest mail ana@example.org zone:UTC")).summary).toContain(
      "The mail server does not take mail just now",
    );
    const start = clock.now.getTime();
    const tries: number[] = [];
    for (let minute = 0; minute <= 20; minute++) {
      clock.now = new Date(start + minute * MINUTE);
      if (minute === 10) smtp.set("to", undefined);
      const before = smtp.raw.length;
      await mailing.sendLetters();
      if (smtp.raw.length > before) tries.push(minute);
    }
    expect(tries).toEqual([16]);
    await visit(await lastLink(), "POST");
    expect(await (await digests()).all()).toHaveLength(1);
  });

  it("says so where the server refuses the address, without the server's words", async () => {
    const { say, smtp } = await openMail();
    smtp.set("to", "550 5.1.1 no such user ana@example.org here");
    const { summary, tone } = await say("digest mail ana@example.org zone:UTC");
    expect([summary, tone]).toEqual([
      "The mail server does not take a letter to this address: 550 5.1.1. Check how it is written, or give another one.",
      "mistake",
    ]);
  });

  it("is ended by the mail program's own button and by the page, without a login, and only by a press", async () => {
    const { visit, tick, smtp, digests } = await withConfirmed();
    await tick("2026-11-22T09:00:00Z");
    const mail = (await smtp.mails()).at(-1);
    const link = /<(.*)>/.exec(mailHeader(mail, "list-unsubscribe"))?.[1] ?? "";
    expect((await visit(link)).text).toMatch(/Stop this digest\?[\s\S]*<form method="post">/);
    expect(await (await digests()).all()).toHaveLength(1);
    const left = await visit(link, "POST", "List-Unsubscribe=One-Click");
    expect(left.status).toBe(200);
    expect(await (await digests()).all()).toEqual([]);
    for (const method of ["POST", "GET"] as const)
      expect(await visit(link, method)).toMatchObject({
        status: 200,
        text: expect.stringContaining("Nothing comes by this link"),
      });
    const before = smtp.raw.length;
    await tick("2026-11-23T09:00:00Z");
    expect(smtp.raw).toHaveLength(before);
  });
});

const mailHeader = (
  mail: { headerLines: readonly { key: string; line: string }[] } | undefined,
  key: string,
): string => mail?.headerLines.find((one) => one.key === key)?.line ?? "";
