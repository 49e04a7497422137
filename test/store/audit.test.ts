import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openTestStore } from "../support/test-store.ts";

const compiled = fileURLToPath(new URL("../../dist/src/store/sqlite.js", import.meta.url));
/** Sets up one thing after the other, until it is killed. */
const PROGRAM = `
import { openSqliteStore } from ${JSON.stringify(compiled)};
const [, , file, round] = process.argv;
const store = await openSqliteStore(file, () => new Date());
for (let i = 0; ; i++) {
  const id = round + "-" + i;
  const deed = { platform: "slack", server: "T1", channel: "C1", by: "U1", action: "digest start", subject: id, detail: "" };
  await store.subscriptions.put({ id, place: "here", body: "{}" }, deed);
  if (i === 0) console.log("begun");
}`;

it("whenever a program is killed, what it changed is noted, and nothing else is", async () => {
  const folder = await temporaryFolder();
  const [program, file] = [path.join(folder, "change.mjs"), path.join(folder, "paperboy.sqlite")];
  await writeFile(program, PROGRAM);
  for (let round = 0; round < 6; round++) {
    const child = spawn(process.execPath, [program, file, String(round)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const gone = once(child, "close");
    await once(child.stdout, "data");
    await sleep(30 + round * 17);
    child.kill("SIGKILL");
    await gone;
    const store = await openTestStore(file);
    const { records } = await store.audit.page(undefined, { offset: 0, limit: 100_000 });
    const changed = (await store.subscriptions.all()).map(({ id }) => id);
    expect(records.map(({ subject }) => subject).toSorted()).toEqual(changed.toSorted());
    expect(changed.filter((id) => id.startsWith(`${round}-`)).length).toBeGreaterThan(0);
  }
}, 60_000);
