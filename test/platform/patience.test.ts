import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { persist } from "../../adapters/platform/patience.ts";
import { UserError } from "../../src/user-error.ts";
import { collectingLog } from "../support/collecting-log.ts";

const platform = { name: "Somebody", address: "https://example.org/api/", setting: undefined };

describe("going on trying", () => {
  it("tells each of the first three reasons of an outage once, in their order, and once that it is over", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 20 }), async (reasons) => {
        const { log, lines } = collectingLog();
        const left = [...reasons];
        const attempt = (): Promise<string> => {
          const reason = left.shift();
          return reason === undefined
            ? Promise.resolve("reached")
            : Promise.reject(new Error(`reason ${reason}`, { cause: new Error("ENOBODY") }));
        };
        const { signal } = new AbortController();
        expect(await persist(attempt, { platform, log, wait: 0, ended: signal })).toBe("reached");
        const told = [...new Set(reasons)].slice(0, 3);
        expect(lines).toEqual([
          ...told.map(
            (reason) =>
              `warn Somebody cannot be reached; trying again in 0 s: Error: reason ${reason} (ENOBODY) (https://example.org/api; later tries are further apart)`,
          ),
          ...(told.length === 0 ? [] : ["info Somebody is reached again after 0 s"]),
        ]);
      }),
    );
  });

  it("ends at once when it is ended, and with what only a person can mend", async () => {
    const { log, lines } = collectingLog();
    const ending = new AbortController();
    const tried = persist(() => Promise.reject(new Error("no")), {
      platform,
      log,
      wait: 60_000,
      ended: ending.signal,
    });
    await expect.poll(() => lines.length).toBe(1);
    ending.abort();
    expect(await tried).toBeUndefined();
    const attempt = () => Promise.reject(new UserError("set it"));
    const { signal } = new AbortController();
    await expect(persist(attempt, { platform, log, wait: 0, ended: signal })).rejects.toThrow("set it");
    expect(lines).toHaveLength(1);
  });
});
