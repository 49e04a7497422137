import fc from "fast-check";
import { expect, it } from "vitest";
import type { MailRequestRecord } from "../../src/store/kept/mail.ts";
import type { Store } from "../../src/store/store.ts";
import type { OpenStore } from "./open-store.ts";
import { DAY, place } from "./open-store.ts";

const HOUR = DAY / 24;
const LIMITS = { within: HOUR, perInbox: 3, perOwner: 5 };
const DEED = { platform: "mail", by: "ana", action: "digest mail", subject: "s", detail: "" };

let tokens = 0;
const requestOf = (facts: Partial<MailRequestRecord> = {}): MailRequestRecord => ({
  token: `t${++tokens}`,
  owner: "ana",
  address: "Ana@example.org",
  inbox: "ana@example.org",
  body: "{}",
  until: new Date("2030-03-13T12:00:00Z"),
  ...facts,
});

const boxOf = (id: string, facts: Partial<{ owner: string; address: string }> = {}) => ({
  id,
  owner: "ana",
  address: "Ana@example.org",
  place: `place ${id}`,
  leave: `leave ${id}`,
  body: "{}",
  ...facts,
});

const madeFor = (id: string, box: string) => ({
  subscription: { id, place: `place ${box}`, body: "{}" },
  deed: { ...DEED, subject: id },
});

/** Asks and confirms; gives what confirming said. */
async function confirmed({ mail }: Store, box: string, subscription: string) {
  const request = requestOf({ inbox: subscription });
  await mail.ask(request, LIMITS);
  return mail.confirm(request.token, boxOf(box), madeFor(subscription, box));
}

/** What every store holds of mail. */
export function keepsMail(open: OpenStore, numRuns = 8): void {
  it("keeps no more unconfirmed requests of an hour than the limits, of an inbox and of an owner, over all processes", async () => {
    const step = fc.record({
      wait: fc.nat(30 * 60_000),
      owner: fc.constantFrom("ana", "ben"),
      inbox: fc.constantFrom("a", "b", "c"),
      second: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        let now = Date.parse("2026-03-06T12:00:00Z");
        const at = await place();
        const clock = (): Date => new Date(now);
        const stores = [await open(at, clock), await open(at, clock)] as const;
        const kept: { at: number; owner: string; inbox: string }[] = [];
        for (const { wait, owner, inbox, second } of steps) {
          now += wait;
          const fresh = kept.filter((one) => one.at > now - HOUR);
          const expected =
            fresh.filter((one) => one.inbox === inbox).length >= 3
              ? "inbox-full"
              : fresh.filter((one) => one.owner === owner).length >= 5
                ? "owner-full"
                : "kept";
          expect(await stores[second ? 1 : 0].mail.ask(requestOf({ owner, inbox }), LIMITS)).toBe(expected);
          if (expected === "kept") kept.push({ at: now, owner, inbox });
        }
        await Promise.all(stores.map((store) => store.close()));
      }),
      { numRuns },
    );
    const store = await open(await place());
    const all = await Promise.all(Array.from({ length: 9 }, () => store.mail.ask(requestOf(), LIMITS)));
    expect(all.filter((one) => one === "kept")).toHaveLength(3);
  });

  it("ends a request once, with a mailbox and a subscription of it, and never after its time", async () => {
    let now = new Date("2026-03-06T12:00:00Z");
    const at = await place();
    const [one, other] = [await open(at, () => now), await open(at, () => now)];
    const request = requestOf();
    await one.mail.ask(request, LIMITS);
    expect(await other.mail.asked(request.token)).toEqual({ ...request, madeAt: now });
    const press = ({ mail }: Store) => mail.confirm(request.token, boxOf("m"), madeFor("s", "m"));
    const pressed = await Promise.all([press(one), press(one)]);
    pressed.push(await press(other));
    expect(pressed.toSorted()).toEqual(["confirmed", "unknown", "unknown"]);
    expect(await one.mail.asked(request.token)).toBeUndefined();
    expect(await other.mail.find("m")).toEqual(boxOf("m"));
    expect(await other.mail.get("leave m")).toEqual(boxOf("m"));
    expect(await other.subscriptions.find("s")).toEqual(madeFor("s", "m").subscription);
    expect((await other.audit.page(undefined, { offset: 0, limit: 9 })).records).toMatchObject([
      { subject: "s" },
    ]);
    const late = requestOf({ inbox: "late" });
    await one.mail.ask(late, LIMITS);
    now = late.until;
    expect(await one.mail.asked(late.token)).toBeUndefined();
    expect(await one.mail.confirm(late.token, boxOf("m"), madeFor("s2", "m"))).toBe("unknown");
    expect(await one.subscriptions.find("s2")).toBeUndefined();
    await one.mail.forgetOld();
    now = new Date("2026-03-06T12:00:00Z");
    expect(await one.mail.asked(late.token)).toBeUndefined();
  });

  it("keeps one mailbox for an owner's address, and forgets it with the last subscription of its place", async () => {
    const store = await open(await place());
    expect(await confirmed(store, "m", "s1")).toBe("confirmed");
    expect(await confirmed(store, "m", "s2")).toBe("confirmed");
    const request = requestOf({ inbox: "third" });
    await store.mail.ask(request, LIMITS);
    expect(await store.mail.confirm(request.token, boxOf("n"), madeFor("s3", "n"))).toBe("other");
    expect(await store.mail.asked(request.token)).toBeDefined();
    expect(await store.subscriptions.find("s3")).toBeUndefined();
    expect(await store.mail.ofOwner("ana")).toEqual([boxOf("m")]);
    expect(await store.mail.ofOwner("ben")).toEqual([]);
    await store.subscriptions.remove("s1");
    expect(await store.mail.find("m")).toBeDefined();
    await store.subscriptions.remove("s2", { ...DEED, action: "digest stop" });
    expect(await store.mail.find("m")).toBeUndefined();
  });

  it("counts refusals in a row", async () => {
    const store = await open(await place());
    await confirmed(store, "m", "s1");
    expect([await store.mail.refused("m"), await store.mail.refused("m")]).toEqual([1, 2]);
    await store.mail.taken("m");
    expect([await store.mail.refused("m"), await store.mail.refused("none")]).toEqual([1, 0]);
  });

  it("lets one process send the letter of a request again, under another token", async () => {
    let now = new Date("2026-03-06T12:00:00Z");
    const at = await place();
    const [one, other] = [await open(at, () => now), await open(at, () => now)];
    const request = requestOf();
    await one.mail.ask(request, LIMITS);
    expect(await one.mail.unsent()).toEqual([]);
    const sendAt = new Date(now.getTime() + HOUR);
    expect(await one.mail.renew(request.token, { token: "again", sendAt })).toBe(true);
    expect(await one.mail.unsent()).toEqual([]);
    now = sendAt;
    expect(await other.mail.unsent()).toMatchObject([{ token: "again", sendAt }]);
    const both = await Promise.all(
      [one, other].map(({ mail }, i) => mail.renew("again", { token: `third ${i}` })),
    );
    expect(both.filter(Boolean)).toHaveLength(1);
    expect(await one.mail.unsent()).toEqual([]);
  });
}
