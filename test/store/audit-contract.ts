import { expect, it } from "vitest";
import type { AuditScope, Deed } from "../../src/store/kept/audit.ts";
import type { OpenStore } from "./open-store.ts";
import { DAY, place } from "./open-store.ts";

const deed = (facts: Partial<Deed> = {}): Deed => ({
  platform: "slack",
  server: "T1",
  channel: "C1",
  by: "U1",
  action: "digest edit",
  subject: "d1",
  detail: "time 09:00 → 08:30",
  ...facts,
});

const FIRST = { offset: 0, limit: 100 };

/** What every store holds of deeds. */
export function notesDeeds(open: OpenStore): void {
  it("notes deeds with what they change, for whoever may see them, the newest first, for a year", async () => {
    let now = new Date("2026-01-01T00:00:00Z");
    const at = await place();
    const [store, other] = [await open(at, () => now), await open(at, () => now)];
    await store.subscriptions.put({ id: "d1", place: "here", body: "1" }, deed({ subject: "first" }));
    await other.preferences.set("zone", "UTC", deed({ subject: "second", channel: "C2" }));
    await store.installations.save("T2", "text", deed({ subject: "third", server: "T2" }));
    await store.subscriptions.put(
      { id: "d2", place: "here", body: "1" },
      deed({ subject: "mine", channel: "D1", direct: true }),
    );
    await store.subscriptions.remove("d9", deed({ subject: "nothing there" }));
    await store.installations.remove("T9", deed({ subject: "nothing there" }));
    await store.subscriptions.put({ id: "d3", place: "here", body: "1" });
    const { server: _none, channel: _nowhere, ...anywhere } = deed();
    await store.audit.note({ ...anywhere, platform: "terminal", subject: "order" });
    const seen = async (scope?: AuditScope, window = FIRST): Promise<unknown[]> => {
      const { records, total } = await other.audit.page(scope, window);
      return [total, ...records.map(({ subject }) => subject)];
    };
    expect(await seen()).toEqual([5, "order", "mine", "third", "second", "first"]);
    expect(await seen({ platform: "slack", server: "T1" })).toEqual([2, "second", "first"]);
    expect(await seen({ platform: "slack", channel: "D1" })).toEqual([1, "mine"]);
    expect(await seen({ platform: "discord", server: "T1" })).toEqual([0]);
    expect(await seen(undefined, { offset: 1, limit: 2 })).toEqual([5, "mine", "third"]);
    expect((await store.audit.page({ platform: "slack", channel: "D1" }, FIRST)).records).toEqual([
      { ...deed({ subject: "mine", channel: "D1", direct: true }), at: now },
    ]);
    now = new Date(now.getTime() + 364 * DAY);
    await store.subscriptions.remove("d1", deed({ subject: "late" }));
    expect(await seen()).toEqual([6, "late", "order", "mine", "third", "second", "first"]);
    now = new Date(now.getTime() + 2 * DAY);
    expect(await seen()).toEqual([1, "late"]);
    await store.audit.forgetOld();
    now = new Date("2026-01-02T00:00:00Z");
    expect(await seen()).toEqual([1, "late"]);
  });
}
