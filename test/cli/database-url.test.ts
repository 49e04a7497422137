import { describe, expect, it } from "vitest";
import { createProgramLog } from "../../adapters/cli/log/log.ts";
import { readSettings } from "../../adapters/cli/settings/settings.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const SECRET = "Tr0ub4dor&3/x";
const written = encodeURIComponent(SECRET);

describe("the address of a database on a server", () => {
  it("is refused with what it can be, and never with its password", () => {
    for (const [address, words] of [
      [
        `mysql://bot:${written}@db/paperboy`,
        /is no address of a PostgreSQL database.*postgres:\/\/paperboy:PASSWORD@/,
      ],
      [`postgres://bot:${written}@db`, /is no address/],
      [`postgres://bot:${SECRET}@db/paperboy`, /is no address|names a server that is none/],
      [`postgres://bot:${written}@db:99999/paperboy`, /a port that is not from 1 to 65535/],
      [
        `postgres://bot:${written}@db/paperboy?sslmode=prefer`,
        /sslmode=prefer; it can be disable, require, verify-full/,
      ],
      [`postgres://bot:${written}@db/paperboy?pool=4`, /the parameter “pool”; there are sslmode/],
      [`postgres://bot:${written}@db/paperboy?target_session_attrs=any`, /it can be read-write alone/],
      [`postgres://bot:%zz${written}@db/paperboy`, /a % in its password/],
    ] as const) {
      const read = (): unknown => readSettings({ PAPERBOY_DATABASE_URL: address });
      expect(read).toThrow(words);
      expect(read).not.toThrow(/Tr0ub4dor/);
    }
  });

  it("is read with several servers, and shown without the password", () => {
    const { database } = readSettings({
      PAPERBOY_DATABASE_URL: `postgres://bot:${written}@db1,[::1]:5433/paper%20boy?sslmode=require&target_session_attrs=read-write`,
    });
    expect(database).toMatchObject({
      hosts: [
        { host: "db1", port: 5432 },
        { host: "::1", port: 5433 },
      ],
      password: SECRET,
      database: "paper boy",
      sslMode: "require",
      shown: "postgres://bot@db1:5432,::1:5433/paper boy",
    });
  });

  it("leaves its password in no line of the log", () => {
    const lines: string[] = [];
    const { log, configure } = createProgramLog({ write: (text) => lines.push(text) }, () => new Date());
    configure(readSettings({ PAPERBOY_DATABASE_URL: `postgres://bot:${written}@db/paperboy` }).log);
    log.error(`The driver said postgres://bot:${written}@db/paperboy, and ${SECRET}`);
    expect(lines.join("")).toContain("The driver said");
    expect(lines.join("")).not.toMatch(/Tr0ub4dor/);
  });

  it("that nobody answers at is told in words, without the password, and ends the program", async () => {
    const { code, stderr } = await runProgram(["key", "list"], {
      PAPERBOY_STATE: await temporaryFolder(),
      PAPERBOY_DATABASE_URL: `postgres://bot:${written}@127.0.0.1:1/paperboy`,
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /The database postgres:\/\/bot@127\.0\.0\.1:1\/paperboy cannot be reached: .*ECONNREFUSED/,
    );
    expect(stderr).not.toMatch(/Tr0ub4dor/);
  });
});
