import { expect, it } from "vitest";
import type { OpenStore } from "./open-store.ts";
import { place } from "./open-store.ts";

/** What every store holds of who may ask and read from outside. */
export function keepsKeys(open: OpenStore): void {
  it("keeps keys of programs by their hashes, each name once, until they are revoked, over all processes", async () => {
    const at = await place();
    const made = new Date("2026-03-06T12:00:00Z");
    const [one, other] = [await open(at, () => made), await open(at)];
    expect(await one.keys.create("b", "hash b")).toBe(true);
    expect(await other.keys.create("a", "hash a")).toBe(true);
    expect(await other.keys.create("b", "another")).toBe(false);
    expect((await other.keys.list()).map(({ name }) => name)).toEqual(["a", "b"]);
    expect((await other.keys.list())[1]?.createdAt).toEqual(made);
    expect([await other.keys.named("hash b"), await other.keys.named("another")]).toEqual(["b", undefined]);
    expect([await other.keys.revoke("b"), await other.keys.revoke("b")]).toEqual([true, false]);
    expect(await one.keys.named("hash b")).toBeUndefined();
  });
}

/** What every store holds of what places let others read. */
export function keepsArchives(open: OpenStore): void {
  it("keeps of each place whether it is published, under one id for good", async () => {
    const at = await place();
    const [one, other] = [await open(at), await open(at)];
    await one.archives.put({ id: "a", place: "here", body: "1", published: true });
    await other.archives.put({ id: "b", place: "here", body: "2", published: false });
    await other.archives.put({ id: "c", place: "there", body: "3", published: true });
    const kept = { id: "a", place: "here", body: "2", published: false };
    expect([await one.archives.find("a"), await one.archives.inPlace("here")]).toEqual([kept, kept]);
    expect(await one.archives.find("b")).toBeUndefined();
    expect((await one.archives.inPlace("there"))?.id).toBe("c");
    expect(await one.archives.all()).toEqual([kept, { id: "c", place: "there", body: "3", published: true }]);
  });
}

/** What channels say about their taste. */
export function keepsTastes(open: OpenStore): void {
  it("loses no change of a channel's taste of those made at once, and notes each, for all processes", async () => {
    const at = await place();
    const [one, other] = [await open(at), await open(at)];
    const deed = { platform: "discord", by: "ana", action: "taste off", subject: "", detail: "" };
    await Promise.all(
      Array.from({ length: 20 }, () => one.tastes.update("here", (before = "") => `${before}x`, deed)),
    );
    expect(await other.tastes.find("here")).toBe("x".repeat(20));
    expect(await other.tastes.find("there")).toBeUndefined();
    expect((await other.audit.page(undefined, { offset: 0, limit: 50 })).total).toBe(20);
  });
}

/** What every store does wholly or not at all. */
export function doesTogether(open: OpenStore): void {
  it("does what is done together wholly or, where that fails, not at all, with the deeds of it", async () => {
    const at = await place();
    const [one, other] = [await open(at), await open(at)];
    const list = { id: "l", owner: "o", name: "L", key: "l", createdBy: "", createdAt: new Date(0) };
    const deed = { platform: "slack", channel: "C1", by: "U1", action: "try", subject: "", detail: "" };
    const work = (fails: boolean) =>
      one.together(async (store) => {
        await store.subscriptions.put({ id: "s", place: "p", body: "{}" }, deed);
        await store.lists.create(list, deed);
        await store.saved.put([{ list: "l", paper: "a", person: "p", title: "A", savedAt: new Date(0) }]);
        if (fails) throw new Error("no further");
        return (await store.lists.all()).length;
      });
    await expect(work(true)).rejects.toThrow("no further");
    expect([await other.subscriptions.all(), await other.lists.all()]).toEqual([[], []]);
    expect((await other.audit.page(undefined, { offset: 0, limit: 9 })).total).toBe(0);
    expect(await work(false)).toBe(1);
    expect((await other.subscriptions.all()).map(({ id }) => id)).toEqual(["s"]);
    expect(await other.lists.all()).toEqual([list]);
    expect(await other.saved.inList("l")).toHaveLength(1);
    expect((await other.audit.page(undefined, { offset: 0, limit: 9 })).total).toBe(2);
  });
}
