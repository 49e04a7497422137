import { describe, expect, it } from "vitest";
import type { Turns, TurnWanted } from "../../../src/sources/fetch/pace.ts";
import type { Validators } from "../../../src/sources/fetch/validators.ts";

const at = (seconds: number): Date => new Date(Date.parse("2026-03-06T12:00:00Z") + seconds * 1000);
const wanted = (holder: string, now: number, until: number, key = "arxiv"): TurnWanted => ({
  key,
  holder,
  now: at(now),
  until: at(until),
  ahead: at(now + 60),
});

/** What every keeper of turns must do; `open` gives an empty one. */
export function testTurns(name: string, open: () => Promise<Turns>): void {
  describe(`the turns of ${name}`, () => {
    it("are taken by one holder, and the others learn when to ask again", async () => {
      const turns = await open();
      expect(await turns.take(wanted("a", 0, 60))).toBeUndefined();
      expect(await turns.take(wanted("b", 1, 61))).toEqual(at(60));
      expect(await turns.take(wanted("a", 1, 61))).toEqual(at(60));
    });

    it("end when their holder says so, with the pause that follows", async () => {
      const turns = await open();
      await turns.take(wanted("a", 0, 60));
      await turns.free({ key: "arxiv", holder: "a", now: at(0), freeAt: at(5) });
      expect(await turns.take(wanted("b", 4, 64))).toEqual(at(5));
      expect(await turns.take(wanted("b", 5, 65))).toBeUndefined();
    });

    it("become free after their time when the holder is gone, who then ends them no more", async () => {
      const turns = await open();
      await turns.take(wanted("gone", 0, 60));
      expect(await turns.take(wanted("b", 60, 120))).toBeUndefined();
      await turns.free({ key: "arxiv", holder: "gone", now: at(60), freeAt: at(61) });
      expect(await turns.take(wanted("c", 62, 122))).toEqual(at(120));
    });

    it("that were taken or ended by a clock that was ahead are free", async () => {
      const turns = await open();
      await turns.take(wanted("ahead", 5000, 5060));
      expect(await turns.take(wanted("b", 4940, 5000))).toEqual(at(5060));
      expect(await turns.take(wanted("b", 4939, 4999))).toBeUndefined();
      expect(await turns.take(wanted("c", 4940, 5000))).toEqual(at(4999));
      await turns.free({ key: "arxiv", holder: "b", now: at(9000), freeAt: at(9003) });
      expect(await turns.take(wanted("c", 8940, 9000))).toEqual(at(9003));
      expect(await turns.take(wanted("c", 4941, 5001))).toBeUndefined();
    });

    it("are of one key each", async () => {
      const turns = await open();
      await turns.take(wanted("a", 0, 60));
      expect(await turns.take(wanted("b", 0, 60, "huggingface"))).toBeUndefined();
      await turns.free({ key: "unknown", holder: "a", now: at(0), freeAt: at(1) });
    });

    it("go to one only, of many who ask at once", async () => {
      const turns = await open();
      const answers = await Promise.all(
        "abcdefgh".split("").map((holder) => turns.take(wanted(holder, 0, 60))),
      );
      expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
    });
  });
}

/** What every keeper of validators must do; `open` gives an empty one. */
export function testValidators(name: string, open: () => Promise<Validators>): void {
  describe(`the validators of ${name}`, () => {
    it("are given back as they were put, the last one of each address", async () => {
      const validators = await open();
      expect(await validators.get("https://a.example/")).toBeUndefined();
      await validators.put("https://a.example/", {
        etag: 'W/"1"',
        lastModified: "Fri, 06 Mar 2026 00:00:00 GMT",
      });
      await validators.put("https://a.example/", { etag: 'W/"2"' });
      await validators.put("https://b.example/", { lastModified: "Fri, 06 Mar 2026 00:00:00 GMT" });
      expect(await validators.get("https://a.example/")).toEqual({ etag: 'W/"2"' });
      expect(await validators.get("https://b.example/")).toEqual({
        lastModified: "Fri, 06 Mar 2026 00:00:00 GMT",
      });
    });
  });
}
