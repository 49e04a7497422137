import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { NEEDS_POSTGRES, newDatabase, openOn, POSTGRES } from "../support/postgres.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const AT = new Date("2026-03-06T12:00:00Z");

/** Fills a database with something in most tables; `more` rows in the long ones. */
async function fill(store: Store, more: number): Promise<void> {
  for (let i = 0; i < more; i++) {
    const deed = {
      platform: "slack",
      server: "T1",
      by: "U1",
      action: "digest start",
      subject: `s${i}`,
      detail: "",
    };
    await store.subscriptions.put({ id: `s${i}`, place: `p${i % 7}`, body: `{"i":${i}}` }, deed);
  }
  await store.arrivals.note(
    Array.from({ length: more }, (_none, i) => ({ paper: `p${i}`, again: i % 2 === 0 })),
  );
  await store.installations.save("slack:T1", "xoxb-token");
  await store.buttons.keep("k", "an é, an 😀 and a \ud800 half");
  await store.lists.create({ id: "a", owner: "ana", name: "A", key: "a", createdBy: "ana", createdAt: AT });
  await store.saved.put([{ list: "a", paper: "title:one", person: "ana", title: "One", savedAt: AT }]);
  for (const id of ["b", "a"])
    await store.removals.remove(
      { id: `r${id}`, person: "ana", what: id, removedAt: AT },
      { kind: "list", id },
    );
  await store.slots.claim(
    {
      subscription: "s1",
      date: "2026-03-06",
      place: "p1",
      dueAt: AT,
      writtenAt: AT,
      open: true,
      body: "{}",
      version: 0,
    },
    0,
  );
}

const PAPERS = ["One", "Two"].map((title) =>
  JSON.stringify({
    title: `Wombats ${title}`,
    abstract: "About.",
    listedOn: "2026-03-06",
    sourceKind: "file",
  }),
);

/** A state folder with papers and a database of some size. */
async function madeState(more = 60): Promise<string> {
  const state = path.join(await temporaryFolder(), "state");
  await mkdir(state, { mode: 0o700 });
  await writeFile(path.join(state, "papers.jsonl"), `${PAPERS.join("\n")}\n`, { mode: 0o600 });
  const store = await openSqliteStore(path.join(state, "paperboy.sqlite"), () => AT);
  await fill(store, more);
  await store.close();
  return state;
}

const migrate = (state: string, url: string, ...words: string[]) =>
  runProgram(["migrate", ...words], { PAPERBOY_STATE: state, PAPERBOY_DATABASE_URL: url });

/** What a store says of all that `fill` kept. */
async function seen(store: Store) {
  const { records, total } = await store.audit.page(undefined, { offset: 0, limit: 1000 });
  return {
    subscriptions: await store.subscriptions.all(),
    deeds: [total, records.filter(({ action }) => action !== "migrate")],
    arrivals: await store.arrivals.after(0, 1000),
    token: await store.installations.find("slack:T1"),
    button: await store.buttons.recall("k"),
    saved: await store.saved.inList("a"),
    removal: await store.removals.latest("ana"),
    slots: await store.slots.open(),
    claims: await store.slots.claims("p1"),
  };
}

describe.runIf(POSTGRES !== undefined)(`paperboy migrate${NEEDS_POSTGRES}`, () => {
  it("moves all there and back with the same rows in the same order, the papers and a deed, and refuses what is not empty", async () => {
    const [state, url] = [await madeState(), await newDatabase({ empty: true })];
    const there = await migrate(state, url, "--to-postgres");
    expect([there.stderr, there.code]).toEqual(["", 0]);
    expect(there.stdout).toMatch(
      /subscription: 60 rows\n[^]*Moved \d+ rows of \d+ tables and the papers, \d+ bytes from .*paperboy\.sqlite to postgres:\/\/.*; counts and sums are the same\./,
    );
    const again = await migrate(state, url, "--to-postgres");
    expect(again).toMatchObject({ code: 2, stdout: "" });
    expect(again.stderr).toMatch(
      /is not empty: it has rows in .*subscription.*Nothing was changed.*--replace/,
    );
    const moved = await openOn(url, () => AT, { state });
    const before = await seen(moved);
    expect(before).toMatchObject({
      token: "xoxb-token",
      button: "an é, an 😀 and a \u{fffd} half",
      claims: 1,
    });
    expect((await moved.audit.page(undefined, { offset: 0, limit: 1 })).records).toMatchObject([
      { action: "migrate", platform: "terminal" },
    ]);
    await moved.arrivals.note([{ paper: "after", again: false }]);
    expect((await moved.arrivals.after(60, 9)).map(({ number }) => number)).toEqual([61]);
    const used = await migrate(state, url, "--to-embedded", "--replace");
    expect(used.stderr).toMatch(/Paperboy uses the database postgres:.*nothing was changed/);
    await moved.close();
    const home = path.join(await temporaryFolder(), "home");
    await mkdir(home, { mode: 0o700 });
    await cp(path.join(state, "paperboy.key"), path.join(home, "paperboy.key"));
    const back = await migrate(home, url, "--to-embedded");
    expect([back.stderr, back.code]).toEqual(["", 0]);
    const embedded = await openSqliteStore(path.join(home, "paperboy.sqlite"), () => AT);
    const after = await seen(embedded);
    expect(after.arrivals.at(-1)?.paper).toBe("after");
    expect({ ...after, arrivals: before.arrivals, deeds: before.deeds }).toEqual(before);
    expect(after.deeds[1]).toEqual(before.deeds[1]);
    await embedded.close();
    const papers = await readFile(path.join(home, "papers.jsonl"), "utf8");
    for (const paper of PAPERS) expect(papers).toContain(paper);
    const search = await runProgram(["search", "wombats"], { PAPERBOY_STATE: home });
    expect(search.stdout).toContain("Wombats Two");
  }, 90_000);

  it("goes on where it was killed at any moment, and ends with the same", async () => {
    const [state, url] = [await madeState(400), await newDatabase({ empty: true })];
    const program = fileURLToPath(new URL("../../dist/adapters/cli/main.js", import.meta.url));
    for (const after of [500, 900, 1400]) {
      const child = spawn(process.execPath, [program, "migrate", "--to-postgres"], {
        env: { ...process.env, PAPERBOY_STATE: state, PAPERBOY_DATABASE_URL: url },
        stdio: "ignore",
      });
      const gone = once(child, "close");
      await Promise.race([gone, sleep(after)]);
      child.kill("SIGKILL");
      await gone;
    }
    // The server notices in a moment that they are gone.
    let last = await migrate(state, url, "--to-postgres");
    for (let i = 0; i < 20 && /uses the database/.test(last.stderr); i++) {
      await sleep(200);
      last = await migrate(state, url, "--to-postgres");
    }
    // Where the third was not killed in time it was done.
    expect(last.code === 0 ? "" : last.stderr).toMatch(/^$|is not empty/);
    const moved = await openOn(url, () => AT, { state });
    expect(await moved.subscriptions.all()).toHaveLength(400);
    expect(await moved.arrivals.last()).toBe(400);
    expect(await moved.installations.find("slack:T1")).toBe("xoxb-token");
  }, 90_000);

  it("says what it takes, and what is lacking", async () => {
    const state = await temporaryFolder();
    const wrong = await runProgram(["migrate", "--to-postgres", "--to-embedded"], { PAPERBOY_STATE: state });
    expect(wrong.stderr).toMatch(/Say paperboy migrate --to-postgres, paperboy migrate --to-embedded/);
    const unset = await runProgram(["migrate", "--to-embedded"], { PAPERBOY_STATE: state });
    expect(unset.stderr).toMatch(/PAPERBOY_DATABASE_URL is not set/);
    const none = await migrate(state, await newDatabase({ empty: true }), "--to-postgres");
    expect(none.stderr).toMatch(/There is no database at .*, and so nothing to move/);
    // Papers alone are something.
    await writeFile(path.join(state, "papers.jsonl"), `${PAPERS.join("\n")}\n`, { mode: 0o600 });
    const alone = await migrate(state, await newDatabase({ empty: true }), "--to-postgres");
    expect(alone.stdout).toMatch(/^sealing: 1 row\nMoved 1 rows of \d+ tables and the papers, \d+ bytes/);
  });
});
