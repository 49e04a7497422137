import { describe, expect, it } from "vitest";
import { readSettings } from "../../adapters/cli/settings/settings.ts";
import { startJournal } from "../fakes/sources/feeds.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const paper = (n: number) => ({
  title: `On the burrows of wombats, part ${n}`,
  link: `https://journal.example/articles/${n}`,
  authors: ["Ann Alpha"],
  doi: `10.5555/wombat.${n}`,
});
const editorial = { title: "From the editors", link: "https://journal.example/editorial", authors: [] };

describe("the program with feeds", () => {
  it("takes a feed in, twice in another form doubles nothing, and doctor looks at it", async () => {
    const entries = [paper(1), paper(2), editorial];
    const feeds = { "/feed": { form: "rss-1", entries } } as const;
    const journal = await startJournal({ clock: { now: () => new Date() }, feeds });
    const feed = `feed:${journal.url}/feed`;
    const env = {
      PAPERBOY_STATE: await temporaryFolder(),
      PAPERBOY_CONTACT: "mailto:me@example.org",
      PAPERBOY_FEED_HOSTS: new URL(journal.url).host,
    };
    const ingest = async () => (await runProgram(["ingest", feed], env)).stdout.trim();
    expect(await ingest()).toBe(
      "2 new papers, 0 known better now, 0 already known; 1 entry of a feed is no paper: 1 without authors.",
    );
    journal.publish("/feed", { form: "atom", entries: [...entries, paper(3)] });
    expect(await ingest()).toMatch(/^1 new paper, 0 known better now, 2 already known; 1 entry/);
    const doctor = await runProgram(["doctor"], { ...env, PAPERBOY_SOURCES: feed });
    expect(doctor.stdout).toContain(journal.url);
    expect(doctor.stdout).toMatch(/feed:http:\/\/127\.0\.0\.1:\d+\/feed.*last read/i);
    expect(journal.violations).toEqual([]);
  }, 120_000);

  it("asks no host that PAPERBOY_FEED_HOSTS does not name", async () => {
    const journal = await startJournal({ clock: { now: () => new Date() }, feeds: {} });
    const env = { PAPERBOY_STATE: await temporaryFolder() };
    const refused = await runProgram(["ingest", `feed:${journal.url}/feed`], env);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toContain(`set PAPERBOY_FEED_HOSTS=${new URL(journal.url).host}`);
    expect(journal.requests).toEqual([]);
  });

  it.each([
    [
      { PAPERBOY_SOURCES: "feed:https://www.nature.com/nature.rss" },
      /lies at www\.nature\.com.*PAPERBOY_FEED_HOSTS is not set/,
    ],
    [{ PAPERBOY_SOURCES: "feed:nature" }, /“feed:nature” is no feed; .*such as feed:https/],
    [{ PAPERBOY_SOURCES: "feed:https://me:secret@a.example/" }, /without a user’s name/],
    [
      { PAPERBOY_FEED_HOSTS: "https://www.nature.com" },
      /names “https:\/\/www\.nature\.com”; it must be names of hosts/,
    ],
    [{ PAPERBOY_FEED_HOSTS: "a.example/x" }, /names “a\.example\/x”/],
  ])("refuses %o and says what is allowed", (env, said) => {
    expect(() => readSettings(env)).toThrow(said);
  });
});
