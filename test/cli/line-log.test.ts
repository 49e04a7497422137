import { expect, it } from "vitest";
import { createLineLog } from "../../adapters/cli/stderr-log.ts";

it("a line of the log has time, level, message and facts, and no control sequence of anybody", () => {
  const lines: string[] = [];
  const log = createLineLog(
    (text) => lines.push(text),
    () => new Date("2026-11-21T12:00:00Z"),
  );
  log.warn("page\u001b[2J.txt:1: found \u0007", { file: "a\u001bb" });
  log.info("ready");
  expect(lines).toEqual([
    "2026-11-21T12:00:00.000Z warn page[2J.txt:1: found  { file: 'a\\x1Bb' }\n",
    "2026-11-21T12:00:00.000Z info ready\n",
  ]);
});
