import { describe, expect, it } from "vitest";
import type { MailWorld } from "./kit.ts";
import { withConfirmed } from "./kit.ts";

/** What became of the last digests of ana, the newest first. */
async function statusOf({ digests }: MailWorld, id: string) {
  const all = await digests();
  const [found] = (await all.all()).filter((one) => one.id === id);
  return found === undefined
    ? []
    : (await all.status(found)).map(({ date, state }) => [
        date,
        state.kind === "skipped" ? state.reason.kind : state.kind,
      ]);
}

const idOf = async ({ digests }: MailWorld) => (await (await digests()).all())[0]?.id ?? "";

describe("a digest on its way by e-mail", () => {
  it("is sent once at its time, with the key of the ledger as its id", async () => {
    const world = await withConfirmed("runners:2");
    const { tick, smtp, log, say } = world;
    const before = smtp.raw.length;
    await tick("2026-11-22T08:59:00Z");
    expect(smtp.raw).toHaveLength(before);
    for (const minute of ["00", "01", "30"]) await tick(`2026-11-22T09:${minute}:00Z`);
    expect(smtp.raw).toHaveLength(before + 1);
    const mail = (await smtp.mails()).at(-1);
    expect(mail?.messageId).toBe(`<${await idOf(world)}.2026-11-22@example.org>`);
    await tick("2026-11-23T09:00:00Z");
    const next = (await smtp.mails()).at(-1);
    expect(next?.messageId).toContain(".2026-11-23@");
    // What the mailbox has had never comes again.
    expect(next?.subject).not.toBe(mail?.subject);
    expect((await say("digest status m1")).summary).toMatch(/^Digest m1: the last 2\./);
    expect(log.join()).not.toContain("ana@example.org");
  });

  it.each(["to", "text", "from", "connect"] as const)(
    "is tried again, further and further apart, where the server asks for patience after “%s”",
    async (step) => {
      const world = await withConfirmed();
      const { tick, smtp } = world;
      const before = smtp.raw.length;
      await tick("2026-11-22T08:59:00Z");
      smtp.set(step, "451 4.7.1 greylisted, try later");
      const begun = smtp.begun();
      for (let minute = 0; minute < 15; minute++)
        await tick(`2026-11-22T09:${String(minute).padStart(2, "0")}:00Z`);
      expect(smtp.begun() - begun).toBe(step === "text" ? 5 : 0);
      expect(await statusOf(world, await idOf(world))).toEqual([["2026-11-22", "planned"]]);
      smtp.set(step, undefined);
      await tick("2026-11-22T09:15:00Z");
      expect(smtp.raw).toHaveLength(before);
      await tick("2026-11-22T09:16:00Z");
      expect(smtp.raw).toHaveLength(before + 1);
      expect(await statusOf(world, await idOf(world))).toEqual([["2026-11-22", "confirmed"]]);
    },
  );

  it("is not sent again where the connection breaks after its text, since nobody knows, and the next one comes", async () => {
    const world = await withConfirmed();
    const { tick, smtp, log } = world;
    const before = smtp.raw.length;
    smtp.set("text", "drop");
    await tick("2026-11-22T09:00:00Z");
    expect(await statusOf(world, await idOf(world))).toEqual([["2026-11-22", "unconfirmed"]]);
    expect(log.at(-1)).toMatch(
      /Whether the mail server took the digest s\d+:2026-11-22 is not known \(\w+\); it is not sent again/,
    );
    smtp.set("text", undefined);
    for (const minute of ["06", "30"]) await tick(`2026-11-22T09:${minute}:00Z`);
    expect(smtp.raw).toHaveLength(before);
    await tick("2026-11-23T09:00:00Z");
    expect(smtp.raw).toHaveLength(before + 1);
  });

  it("is sent after all where the connection breaks before its text", async () => {
    const { tick, smtp } = await withConfirmed();
    const before = smtp.raw.length;
    await tick("2026-11-22T08:59:00Z");
    smtp.set("to", "drop");
    await tick("2026-11-22T09:00:00Z");
    smtp.set("to", undefined);
    await tick("2026-11-22T09:01:00Z");
    expect(smtp.raw).toHaveLength(before + 1);
  });

  it("is neither sent again nor lost where the program ends on the way: it depends on whether its text was handed over", async () => {
    const world = await withConfirmed();
    const { tick, smtp, store, digests } = world;
    const before = smtp.raw.length;
    await tick("2026-11-22T08:59:00Z");
    const id = await idOf(world);
    const die = async (key: string, handed: boolean) => {
      const book = await digests();
      const [subscription] = await book.all();
      if (subscription === undefined) throw new Error("no digest");
      // As a process leaves it that is killed between the claim and the ledger.
      await store.slots.write({
        subscription: id,
        date: key,
        place: JSON.stringify([subscription.place.platform, "", subscription.place.channel]),
        dueAt: new Date(`${key}T09:00:00Z`),
        writtenAt: new Date(`${key}T09:00:00Z`),
        open: true,
        body: JSON.stringify({ state: { kind: "claimed", until: `${key}T09:05:00.000Z` } }),
        version: 0,
      });
      if (handed) await world.mailing.begin(`${id}:${key}`);
    };
    await die("2026-11-22", false);
    await tick("2026-11-22T09:05:00Z");
    expect(smtp.raw).toHaveLength(before + 1);
    world.clock.now = new Date("2026-11-23T09:00:00Z");
    await die("2026-11-23", true);
    await tick("2026-11-23T09:05:00Z");
    expect(smtp.raw).toHaveLength(before + 1);
    expect(await statusOf(world, id)).toEqual([
      ["2026-11-23", "unconfirmed"],
      ["2026-11-22", "confirmed"],
    ]);
  });

  it("ends for an address that three in a row are refused for, which its owner is told in the chat", async () => {
    const world = await withConfirmed();
    const { tick, smtp, told, digests, log, store } = world;
    await tick("2026-11-22T08:59:00Z");
    const refused = "550 5.1.1 <ana@example.org>: no such user" as const;
    const days = ["22", "23", "24", "25", "26"];
    const left: number[] = [];
    for (const day of days) {
      // The third was taken: only refusals in a row count.
      smtp.set("to", day === "24" ? undefined : refused);
      await tick(`2026-11-${day}T09:00:00Z`);
      await tick(`2026-11-${day}T09:20:00Z`);
      left.push((await (await digests()).all()).length);
    }
    expect([left, told]).toEqual([[1, 1, 1, 1, 1], []]);
    expect(await statusOf(world, await idOf(world))).toEqual([
      ["2026-11-26", "refused"],
      ["2026-11-25", "refused"],
      ["2026-11-24", "confirmed"],
      ["2026-11-23", "refused"],
      ["2026-11-22", "refused"],
    ]);
    await tick("2026-11-27T09:00:00Z");
    expect(await (await digests()).all()).toEqual([]);
    expect(await store.mail.ofOwner('["discord","","ana"]')).toEqual([]);
    expect(told).toEqual([expect.stringMatching(/^ana in of ana: Your paper of the day by e-mail is ended/)]);
    expect(log.filter((line) => line.includes("for good"))).toHaveLength(5);
    expect(log.join()).not.toContain("ana@");
  });

  it.each([
    ["text", "554 5.7.1 looks like spam"],
    ["to", "550 5.7.1 relaying denied"],
    ["to", "552 5.3.4 too big"],
  ] as const)(
    "is skipped where the server refuses “%s” with %s, which says nothing of the address",
    async (step, answer) => {
      const world = await withConfirmed();
      const { tick, smtp, digests, told } = world;
      await tick("2026-11-22T08:59:00Z");
      smtp.set(step, answer);
      for (const day of ["22", "23", "24", "25"]) await tick(`2026-11-${day}T09:00:00Z`);
      expect((await statusOf(world, await idOf(world))).map(([, kind]) => kind)).toEqual([
        "refused",
        "refused",
        "refused",
        "refused",
      ]);
      expect([(await (await digests()).all()).length, told]).toEqual([1, []]);
    },
  );

  it("says once that the mail server cannot be worked with, and once that it can again", async () => {
    const { tick, smtp, log, app } = await withConfirmed();
    await tick("2026-11-22T08:59:00Z");
    expect(app.connected()).toBe(true);
    smtp.set("from", "550 5.7.1 not your address");
    for (const minute of ["00", "01", "03"]) await tick(`2026-11-22T09:${minute}:00Z`);
    expect(app.connected()).toBe(false);
    smtp.set("from", undefined);
    await tick("2026-11-22T09:07:00Z");
    const said = log.filter((line) => line.includes("takes mail") || line.includes("not take mail"));
    expect(said).toEqual([
      expect.stringMatching(
        /^warn The mail server 127\.0\.0\.1:\d+ does not take mail: 550 5\.7\.1 to MAIL FROM\. .*PAPERBOY_MAIL_FROM/,
      ),
      expect.stringMatching(/^info The mail server 127\.0\.0\.1:\d+ takes mail again$/),
    ]);
    expect(app.connected()).toBe(true);
  });

  it("is not sent again after a restore, since no inbox can be looked through", async () => {
    const world = await withConfirmed();
    const { tick, smtp, store } = world;
    const before = smtp.raw.length;
    world.clock.now = new Date("2026-11-22T09:30:00Z");
    await store.preferences.set("restored", "unseen");
    await tick("2026-11-22T09:30:00Z");
    expect(smtp.raw).toHaveLength(before);
    expect(await statusOf(world, await idOf(world))).toEqual([["2026-11-22", "unconfirmed"]]);
    await tick("2026-11-23T09:00:00Z");
    expect(smtp.raw).toHaveLength(before + 1);
  });
});
