import { describe, expect, it } from "vitest";
import { commands } from "../../src/bot/bot.ts";
import { parseLine } from "../../src/bot/parse-line.ts";

describe("the options that a line names", () => {
  it.each([
    ["time:4:30 pm zone:UTC", { time: "4:30 pm", zone: "UTC" }],
    ["time:9 a.m. diffusion", { time: "9 a.m.", topics: "diffusion" }],
    ["time:9:00 pm2.5 sensors", { time: "9:00", topics: "pm2.5 sensors" }],
    ['days:"mon, thu" time:9:00', { days: "mon, thu", time: "9:00" }],
    ["constructor: a theory", { topics: "constructor: a theory" }],
    ["confirm:yes", { topics: "confirm:yes" }],
  ])("are read from %s", (line, args) => {
    expect(parseLine(`digest start ${line}`, commands)).toEqual({ command: "digest start", args });
  });
});
