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
