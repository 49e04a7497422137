import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, open, rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openDiscord } from "../discord/app.ts";
import { nobody, programSpawn } from "../support/run-program.ts";
import { doctor, folder, stateWith } from "./kit.ts";

/** A process that does something with a database, says so, and keeps it open until it is killed. */
function sql(file: string, statements: string) {
  const script = `
    const Database = require("libsql");
    const database = new Database(${JSON.stringify(file)});
    database.exec(${JSON.stringify(statements)});
    console.log("done");
    setInterval(() => database.open, 1000);`;
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

describe("paperboy doctor, of its machine", () => {
  it("tells of a damaged database, of one that another program locks, and of one of a newer version", async () => {
    // A copy, which no process has open.
    const state = await folder();
    await cp(await stateWith({ platform: "discord", channel: "1", direct: true }), state, {
      recursive: true,
    });
    const file = path.join(state, "paperboy.sqlite");
    const holder = sql(file, "pragma locking_mode = exclusive; begin immediate; create table held (x)");
    await once(holder.stdout, "data");
    const locked = await doctor({ PAPERBOY_STATE: state });
    holder.kill("SIGKILL");
    await once(holder, "close");
    expect([locked.code, locked.failures]).toEqual([0, []]);
    expect(locked.warnings).toContainEqual(
      expect.stringMatching(/^State: .*paperboy\.sqlite is locked by another program\.$/),
    );
    const later = sql(
      file,
      "insert into kysely_migration (name, timestamp) values ('9999-later', ''); pragma wal_checkpoint(truncate)",
    );
    await once(later.stdout, "data");
    later.kill("SIGKILL");
    await once(later, "close");
    const newer = await doctor({ PAPERBOY_STATE: state });
    expect(newer.failures).toContainEqual(
      expect.stringContaining("was written by a newer Paperboy (9999-later)"),
    );
    const handle = await open(file, "r+");
    for (let page = 1; page < 8; page++) await handle.write(Buffer.alloc(2048, 0x5a), 0, 2048, page * 4096);
    await handle.close();
    const damaged = await doctor({ PAPERBOY_STATE: state });
    expect(damaged.code).toBe(1);
    expect(damaged.failures).toContainEqual(expect.stringMatching(/^State: .*paperboy\.sqlite is damaged: /));
    expect(damaged.ok.join("\n")).toContain("544 papers can be searched");
  });

  it.runIf(process.platform !== "win32")(
    "tells of a folder that cannot be written, and of a full disk",
    async () => {
      const state = await folder();
      await mkdir(state, { mode: 0o755 });
      await writeFile(path.join(state, "mine"), "");
      await chmod(path.dirname(state), 0o755);
      await chmod(state, 0o555);
      const readOnly = await doctor({ PAPERBOY_STATE: state }, nobody);
      expect(readOnly.code).toBe(1);
      expect(readOnly.failures).toContain(
        `State: ${state} cannot be written (EACCES): nothing can be kept and no digest sent.`,
      );
      await chmod(state, 0o700);
      const [command, args, { env, cwd }] = programSpawn(["doctor"], { PAPERBOY_STATE: state });
      // No file can become longer than nothing: writing is an error of the disk.
      const limited = ["-c", `ulimit -f 0; exec "$@"`, "bash", command, ...args];
      const child = spawn("bash", limited, { ...(env === undefined ? {} : { env }), cwd: cwd ?? "/" });
      let said = "";
      child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
      await once(child, "close");
      expect(child.exitCode).toBe(1);
      expect(said).toContain(`failure  ${state} cannot be written (EFBIG)`);
      await rm(state, { recursive: true });
    },
  );

  it("tells of a line of the papers that cannot be read, what to do with it, and of an index that was made anew", async () => {
    const state = await folder();
    await mkdir(state, { mode: 0o700 });
    await writeFile(
      path.join(state, "papers.jsonl"),
      '{"title": "brok\n{"title":"A wombat","listedOn":"x"}\n',
    );
    const { code, all, ok } = await doctor({ PAPERBOY_STATE: state });
    expect(code).toBe(0);
    expect(ok.join("\n")).toMatch(
      /Papers: Built the index of 545 papers in .* no saved one was used: there is none yet\./,
    );
    expect(all.filter(({ level }) => level === "warning")).toEqual([
      {
        area: "Papers",
        level: "warning",
        what: expect.stringContaining("papers.jsonl:1: expected a paper this program stored, found"),
        todo: expect.stringContaining("Take in again what it came from, and delete it with an editor"),
      },
    ]);
    expect((await doctor({ PAPERBOY_STATE: state })).text).not.toContain("Built the index");
  });

  it("tells how far the clock of the machine is ahead of the platform's", async () => {
    const discord = await openDiscord();
    const { host, pathname } = new URL(discord.apiUrl);
    // Discord as a machine sees it whose clock is an hour and a half ahead.
    const between = createServer((asked, answer) => {
      const [hostname, port] = host.split(":");
      const passed = request(
        { hostname, port, path: asked.url, method: asked.method, headers: { ...asked.headers, host } },
        (got) => {
          const date = new Date(Date.now() - 90 * 60_000).toUTCString();
          answer.writeHead(got.statusCode ?? 500, { ...got.headers, date });
          got.pipe(answer);
        },
      );
      asked.pipe(passed);
    });
    between.listen(0, "127.0.0.1");
    await once(between, "listening");
    onTestFinished(() => {
      between.closeAllConnections();
      between.close();
    });
    const apiUrl = `http://127.0.0.1:${(between.address() as AddressInfo).port}${pathname}`;
    const found = await doctor({
      PAPERBOY_STATE: await folder(),
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: apiUrl,
    });
    expect(found.code).toBe(1);
    expect(found.failures).toEqual([
      expect.stringMatching(
        /^Clock: This machine's clock says .* UTC, 90 minutes ahead of Discord's: digests come/,
      ),
    ]);
  });
});
