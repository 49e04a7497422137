import path from "node:path";
import { describe, expect, it } from "vitest";
import { doctor } from "../doctor/kit.ts";
import {
  askPostgres,
  controlPostgres,
  NEEDS_POSTGRES,
  newDatabase,
  POSTGRES,
  startServer,
} from "../support/postgres.ts";
import { NO_NODE, nodeUrl, testEngine } from "../search/opensearch/node.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

describe.runIf(POSTGRES !== undefined)(`programs on one PostgreSQL database${NEEDS_POSTGRES}`, () => {
  it("see what the others keep, from any state folder, and look for no file of it there", async () => {
    const PAPERBOY_DATABASE_URL = await newDatabase({ empty: true });
    const on = async (...args: string[]) =>
      runProgram(args, { PAPERBOY_STATE: await temporaryFolder(), PAPERBOY_DATABASE_URL });
    expect((await on("key", "create", "reader")).code).toBe(0);
    expect((await on("key", "list")).stdout).toMatch(/^reader {2}made/);
    expect((await on("forget", "slack:T1", "--yes")).stderr).toBe("Nothing is kept of slack:T1.\n");
    expect((await on("rekey")).stdout).toMatch(/nothing to seal/);
    const backup = await on("backup", "/nonexistent/copy");
    expect(backup).toMatchObject({ code: 2, stdout: "" });
    expect(backup.stderr).toMatch(/is backed up by PostgreSQL's own program: pg_dump --format=custom/);
    expect((await on("restore", "/nonexistent/copy")).stderr).toMatch(
      /pg_restore puts back what pg_dump made/,
    );
    const both = await runProgram(["about"], { PAPERBOY_DATABASE_URL, PAPERBOY_BACKUP_EVERY: "day" });
    expect(both.stderr).toMatch(/PAPERBOY_BACKUP_EVERY and PAPERBOY_DATABASE_URL are both set/);
    await askPostgres(
      PAPERBOY_DATABASE_URL,
      "insert into kysely_migration values ('0999-of-the-future', '')",
    );
    expect((await on("key", "list")).stderr).toMatch(
      /was written by a newer Paperboy \(0999-of-the-future\)/,
    );
  }, 60_000);

  it("are told by the doctor how the database is, what machines have to have alike, and that it cannot be reached", async () => {
    const server = await startServer();
    const env = { PAPERBOY_STATE: await temporaryFolder(), PAPERBOY_DATABASE_URL: server.url };
    expect((await doctor(env)).ok).toContainEqual(
      expect.stringMatching(
        /^State: postgres:\/\/paperboy@127\.0\.0\.1:\d+\/postgres is not there yet; it is made/,
      ),
    );
    await runProgram(["key", "list"], env);
    const sound = await doctor(env);
    expect(sound.ok).toContainEqual(
      expect.stringMatching(/^State: postgres:.* is sound, and of version \d+/),
    );
    expect(sound.ok).toContain("State: The clock of this machine is that of the database, within seconds.");
    expect(sound.warnings).toContainEqual(expect.stringMatching(/^State: PAPERBOY_SECRET is not set/));
    const elsewhere = {
      ...env,
      PAPERBOY_DATABASE_URL: server.url.replace(/(?=\/[^/]*$)/, ",replica.example.org"),
    };
    expect((await doctor(elsewhere)).warnings).toContainEqual(
      expect.stringMatching(/^State: What is kept goes to replica\.example\.org without encryption/),
    );
    expect(sound.warnings).not.toContainEqual(expect.stringMatching(/without encryption/));
    await controlPostgres("stop", server.folder, "immediate");
    const gone = await doctor({ ...env, PAPERBOY_SECRET: "a passphrase of some length" });
    expect(gone.failures).toContainEqual(
      expect.stringMatching(/^State: postgres:.* cannot be reached: .*ECONNREFUSED/),
    );
    expect(gone.code).toBe(1);
  }, 60_000);
});

describe.runIf(POSTGRES !== undefined && nodeUrl !== undefined)(
  `programs whose papers are in one database and one OpenSearch${NEEDS_POSTGRES} (${NO_NODE})`,
  () => {
    it("find what the others took in by the index that is there, which none of them makes anew", async () => {
      const shared = {
        PAPERBOY_DATABASE_URL: await newDatabase({ empty: true }),
        PAPERBOY_SEARCH_URL: nodeUrl ?? "",
        PAPERBOY_SEARCH_PREFIX: testEngine().settings.prefix,
        PAPERBOY_SEARCH_PATIENCE: "4000",
      };
      const folder = await temporaryFolder();
      const on = (state: string, args: readonly string[], input = "") =>
        runProgram(args, { ...shared, PAPERBOY_STATE: path.join(folder, state) }, input);
      const first = await on(
        "a",
        ["ingest", "-"],
        '{"title":"On the homes of wombats","abstract":"They dig."}\n',
      );
      expect(first.stderr).toMatch(/Built the index of 544 papers/);
      const found = await on("b", ["search", "wombats"]);
      expect([found.stdout, found.stderr]).toEqual([expect.stringMatching(/On the homes of wombats/), ""]);
      expect((await on("b", ["remove", "On the homes of wombats", "--yes"])).code).toBe(0);
      const gone = await on("a", ["search", "wombats"]);
      expect([gone.stdout, gone.stderr]).toEqual([expect.stringMatching(/Nothing in this corpus/), ""]);
    }, 120_000);
  },
);
