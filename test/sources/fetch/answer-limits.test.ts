import { describe, expect, it } from "vitest";
import { createTestClock } from "../../fakes/sources/clock.ts";
import { startHuggingFace } from "../../fakes/sources/hugging-face.ts";
import type { KitOptions } from "../kit.ts";
import { askJson, createKit, outcome } from "../kit.ts";

async function setUp(more: Partial<KitOptions> = {}) {
  const clock = createTestClock("2026-03-06T12:00:00Z");
  const fake = await startHuggingFace({ clock });
  const fetcher = createKit({ clock, huggingFace: fake.url, ...more });
  const url = `${fake.url}/api/daily_papers?date=2026-03-04`;
  return { fake, fetcher, url };
}

describe("the limits of an answer", () => {
  it("are its size: a body without an end is broken off, and not asked for again", async () => {
    const { fake, fetcher, url } = await setUp({ settings: { maxBytes: 1_000_000 } });
    fake.failNext({ kind: "endless" });
    expect(outcome(await fetcher(askJson(url)))).toBe(
      "expected JSON of at most 1000000 bytes, rightly encoded, found more than 1000000 bytes",
    );
    expect(fake.requests).toHaveLength(1);
  });

  it("are its size as it is announced, before a byte is read", async () => {
    const { fetcher, url } = await setUp({ settings: { maxBytes: 100 } });
    expect(outcome(await fetcher(askJson(url)))).toContain("found more than 100 bytes");
  });

  it("are its size unpacked", async () => {
    const { fake, fetcher, url } = await setUp();
    fake.failNext({ kind: "packed" });
    expect(outcome(await fetcher(askJson(url)))).toContain("found more than 33554432 bytes");
  });

  it("are its time", async () => {
    const deadline = new AbortController();
    const { fake, fetcher, url } = await setUp({
      deadline: () => deadline.signal,
      settings: { attempts: 1 },
    });
    fake.failNext({ kind: "hang" });
    const arrived = fake.nextRequest();
    const got = fetcher(askJson(url));
    await arrived;
    deadline.abort(new Error("time"));
    expect(outcome(await got)).toBe("expected an answer (asked 1 times), found no whole answer within 30 s");
  });

  it("are its time also when it begins at once and then drips", async () => {
    const deadline = new AbortController();
    const { fake, fetcher, url } = await setUp({
      deadline: () => deadline.signal,
      settings: { attempts: 1 },
    });
    fake.failNext({ kind: "drip", drop: () => deadline.abort(new Error("time")) });
    expect(outcome(await fetcher(askJson(url)))).toBe(
      "expected an answer (asked 1 times), found no whole answer within 30 s",
    );
  });

  it("are its encoding: letters of another one are no names", async () => {
    const { fake, fetcher, url } = await setUp();
    fake.failNext({ kind: "latin1" });
    expect(outcome(await fetcher(askJson(url)))).toContain("found bytes that are not UTF-8");
    expect(fake.requests).toHaveLength(1);
  });
});
