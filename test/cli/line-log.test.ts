import fc from "fast-check";
import { expect, it } from "vitest";
import type { LogSettings } from "../../adapters/cli/log/log.ts";
import { createProgramLog } from "../../adapters/cli/log/log.ts";
import { underReference } from "../../src/reference.ts";

function open(settings: Partial<LogSettings> = {}, isTTY = false) {
  const lines: string[] = [];
  const stream = { isTTY, write: (text: string) => lines.push(text) };
  const { log, configure } = createProgramLog(stream, () => new Date("2026-11-21T12:00:00Z"));
  configure({ level: "info", format: "auto", secrets: [], ...settings });
  return { log, lines };
}

it("a line of the log on a terminal has time, level, message and facts, and no control sequence of anybody", () => {
  const { log, lines } = open({}, true);
  log.warn("page\u001b[2J.txt:1: found \u0007", { file: "a\u001bb" });
  log.info("ready");
  log.debug("left out");
  expect(lines).toEqual([
    "2026-11-21T12:00:00.000Z warn page[2J.txt:1: found  { file: 'a\\x1Bb' }\n",
    "2026-11-21T12:00:00.000Z info ready\n",
  ]);
});

/** Control characters of both sets, and letters. */
const letter = fc.integer({ min: 0, max: 0x2ff }).map((code) => String.fromCharCode(code));

it("a line of the log elsewhere is one JSON object, whatever is logged, and has no control character", () => {
  const { log, lines } = open({ level: "debug" });
  log.error("It failed", { error: new Error("outer", { cause: new Error("inner") }) });
  expect(JSON.parse(lines[0] ?? "")).toEqual({
    level: "error",
    time: "2026-11-21T12:00:00.000Z",
    error: {
      type: "Error",
      message: "outer: inner",
      stack: expect.stringContaining("caused by: Error: inner"),
    },
    message: "It failed",
  });
  fc.assert(
    fc.property(fc.string({ unit: letter }), fc.jsonValue(), (message, fact) => {
      lines.length = 0;
      log.debug(message, { fact });
      const [line = ""] = lines;
      expect(lines.length).toBe(1);
      expect(line).toMatch(/^[^\p{Cc}]+\n$/u);
      expect((JSON.parse(line) as { message: string }).message).toBe(message);
    }),
  );
});

it("every line of work has the reference of that work, however deep it is logged, and others have none", async () => {
  const { log, lines } = open();
  let drawn = 0;
  const draw = (): string => `ref-${++drawn}`;
  log.info("before");
  await Promise.all(
    [1, 2].map((work) =>
      underReference(draw, async () => {
        await Promise.resolve();
        log.info(`begins ${work}`);
        await underReference(draw, async () => log.info(`ends ${work}`));
      }),
    ),
  );
  const said = lines.map((line) => JSON.parse(line) as { message: string; reference?: string });
  const of = (message: string) => said.find((one) => one.message === message)?.reference;
  expect(of("before")).toBeUndefined();
  expect(new Set([of("begins 1"), of("begins 2")])).toEqual(new Set(["ref-1", "ref-2"]));
  expect([of("ends 1"), of("ends 2")]).toEqual([of("begins 1"), of("begins 2")]);
});

it("a secret of the settings is taken out of a line, in the message, a fact or a stack, in both forms", () => {
  for (const format of ["json", "text"] as const) {
    const { log, lines } = open({ format, secrets: ["xoxb-1-abc.def", ""] });
    log.info("token xoxb-1-abc.def", {
      said: "Bearer xoxb-1-abc.def",
      error: new Error("no xoxb-1-abc.def"),
    });
    expect(lines.join("")).not.toContain("xoxb-1");
    expect(lines.join("")).toContain("token …");
  }
});
