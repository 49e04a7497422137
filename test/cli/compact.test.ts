import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openDiscord } from "../discord/app.ts";
import { createTestClock } from "../fakes/sources/clock.ts";
import { chosen } from "../support/long-tests.ts";
import { programSpawn, runProgram } from "../support/run-program.ts";
import { startSimulated } from "../support/simulated-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const WHEN = new Date("2026-03-01T12:00:00Z");
const day = (i: number): string => new Date(Date.UTC(2026, 0, 1 + i)).toISOString();
const ABSTRACT = "They dig, and rest, and dig again. ".repeat(20);

/** What Hugging Face said of a paper on some days: all of it on the first, and then its votes. */
const votesOf = (title: string, days: number): object[] => [
  { title, abstract: ABSTRACT, listedOn: "huggingface", sourceKind: "huggingface", readAt: day(0) },
  ...Array.from({ length: days }, (_, i) => ({
    title,
    listedOn: "huggingface",
    sourceKind: "huggingface",
    upvotes: { count: i, readAt: day(i) },
    readAt: day(i),
  })),
];

/** A state with papers of which much was said, one of them removed since, and a line that is damaged. */
async function withRecord(lines: readonly object[], damaged = "") {
  const folder = await temporaryFolder();
  const [state, pages] = [path.join(folder, "state"), path.join(folder, "pages")];
  await mkdir(state, { recursive: true });
  await mkdir(pages);
  const stored = path.join(state, "papers.jsonl");
  await writeFile(stored, lines.map((line) => `${JSON.stringify(line)}\n`).join("") + damaged);
  await utimes(stored, WHEN, WHEN);
  const env = { PAPERBOY_STATE: state, PAPERBOY_PAGES: pages };
  const run = (...args: string[]) => runProgram(args, env);
  /** All that is said of all papers. */
  const known = async () => {
    const { stdout } = await run("search", "dig wombats capybaras otters", "--json", "--limit", "20");
    const shown = await run("show", "on wombats", "--json");
    return [JSON.parse(stdout), JSON.parse(shown.stdout)] as unknown[];
  };
  const text = (): Promise<string> => readFile(stored, "utf8");
  return { env, state, stored, run, known, text };
}

const RECORD = [...votesOf("On wombats", 30), ...votesOf("Capybaras dig", 30), ...votesOf("Otters dig", 10)];

describe("paperboy compact", () => {
  it("leaves out what is superseded, keeps every paper, damaged lines, what was removed, and when papers came", async () => {
    const one = await withRecord(RECORD, '{"title":"half\n');
    await one.run("remove", "title:otters-dig", "--yes");
    await utimes(one.stored, WHEN, WHEN);
    const [before, knew] = [await one.text(), await one.known()];
    const { code, stdout } = await one.run("compact");
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^papers\.jsonl was written anew: \S+ MB in place of \S+ MB\.\n$/),
    ]);
    const after = await one.text();
    expect(after.length).toBeLessThan(before.length / 2);
    expect(after).toContain('{"title":"half\n');
    expect(after).not.toContain('"title":"Otters dig","abstract"');
    expect((await stat(one.stored)).mtime).toEqual(WHEN);
    expect(await one.known()).toEqual(knew);
    const barred = await one.run("show", "otters dig");
    expect(barred.code).not.toBe(0);
    expect((await one.run("compact")).stdout).toMatch(
      /^papers\.jsonl is as it was, .*nothing in it is superseded/,
    );
    expect((await one.run("compact", "--if-half")).stdout).toContain("less than half of it is superseded");
    expect(await one.text()).toBe(after);
  });

  it("is followed by a program that runs, which goes on taking in and finding", async () => {
    const one = await withRecord(RECORD);
    const chat = spawn(...programSpawn([], one.env));
    let said = "";
    chat.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    await expect.poll(() => said, { timeout: 25_000 }).toContain("lists all commands");
    await one.run("compact");
    const file = path.join(one.state, "..", "new.bib");
    await writeFile(file, "@article{a, title={Voles in winter}, year={2024}}\n");
    expect((await one.run("ingest", file)).stdout).toContain("1 new paper");
    await expect
      .poll(
        async () => {
          chat.stdin.write("search voles winter\n");
          await sleep(200);
          return said;
        },
        { timeout: 25_000 },
      )
      .toContain("Voles in winter");
    chat.stdin.end();
    await once(chat, "close");
  });

  it("killed at any moment leaves the old record or the new one, and every paper", async () => {
    const one = await withRecord(RECORD);
    const knew = await one.known();
    const before = await one.text();
    for (const wait of chosen([150, 450, 800], [150, 300, 450, 600, 800])) {
      const child = spawn(...programSpawn(["compact"], one.env));
      const closed = once(child, "close");
      await sleep(wait);
      child.kill("SIGKILL");
      await closed;
      const text = await one.text();
      expect(text === before || text.startsWith('{"format":')).toBe(true);
      expect(await one.known()).toEqual(knew);
    }
    expect((await one.run("compact")).code).toBe(0);
    expect(await one.known()).toEqual(knew);
  });

  it("takes no words", async () => {
    const { run } = await withRecord([]);
    expect(await run("compact", "now")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("“compact” takes no words, but got “now”"),
    });
    expect((await run("compact")).stdout).toContain("nothing in it is superseded");
  });
});

describe("a bot that runs", () => {
  it("compacts by itself where more than half is superseded", async () => {
    const lines = Array.from({ length: 1500 }, (_, i) => ({
      ...votesOf(`Paper ${i % 100} on wombats`, 0)[0],
      abstract: `${ABSTRACT.repeat(10)} Version ${i}.`,
      readAt: day(i / 10),
    }));
    const one = await withRecord(lines);
    const { size } = await stat(one.stored);
    expect(size).toBeGreaterThan(10_000_000);
    const clock = createTestClock("2026-03-02T00:20:00.000Z");
    const discord = await openDiscord({ now: () => clock.now().getTime() });
    const program = startSimulated(clock, {
      ...one.env,
      PAPERBOY_LOG_FORMAT: "text",
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
    });
    await program.said("to add it to a server open");
    await program.advanceTo("2026-03-02T00:40:00.000Z");
    await program.said("papers.jsonl was written anew");
    expect((await stat(one.stored)).size).toBeLessThan(size / 2);
    expect(await program.stop()).toBe(0);
  }, 120_000);
});
