import { chmod, mkdir } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { nobody, runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

it("at a command line and in the terminal's chat, what is saved is kept over the process, also in a new state folder", async () => {
  const state = path.join(await temporaryFolder(), "new", "state");
  const run = (args: readonly string[], input?: string) => runProgram(args, { PAPERBOY_STATE: state }, input);
  const chat = await run(
    [],
    "show FastDINOv2\n+\nlist create thesis\nsave tiny language models list:thesis\nexit\n",
  );
  expect(chat.stdout).toContain("Saved to your reading list: “FastDINOv2");
  const shown = await run(["list", "show", "--json"]);
  expect(JSON.parse(shown.stdout)).toMatchObject([
    { id: expect.stringContaining("title:fastdinov2"), savers: 1 },
  ]);
  const thesis = await run(["list", "show", "thesis"]);
  expect([thesis.code, thesis.stdout]).toEqual([0, expect.stringContaining("Tiny language models")]);
  const exported = await run(["export", "thesis", "--format", "ris"]);
  expect([exported.code, exported.stdout]).toEqual([0, expect.stringMatching(/^TY {2}- [^]*ER {2}-/)]);
  const wrong = await run(["list", "show", "nowhere"]);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("There are: “thesis”.")]);
}, 60_000);

it("in a state folder that may only be read, nothing is said to be saved", async () => {
  const state = path.join(await temporaryFolder(), "state");
  await mkdir(state);
  await chmod(path.dirname(state), 0o755);
  await chmod(state, 0o555);
  const ran = await runProgram(["save", "FastDINOv2"], { PAPERBOY_STATE: state }, "", nobody);
  expect([ran.code, ran.stdout]).toEqual([2, ""]);
  expect(ran.stderr).toContain("Nothing can be kept here: the state folder may only be read.");
}, 60_000);

it("at a command line, forgets me after a word and a workspace after a yes, and says that backups have it still", async () => {
  const state = path.join(await temporaryFolder(), "state");
  const run = (args: readonly string[]) => runProgram(args, { PAPERBOY_STATE: state });
  await run(["save", "FastDINOv2"]);
  const data = await run(["my", "data"]);
  expect(JSON.parse(data.stdout)).toMatchObject({
    person: { user: "local" },
    saved: [{ list: "your reading list" }],
  });
  expect((await run(["forget", "me"])).stdout).toContain("Backups made before have it all still");
  const done = await run(["forget", "me", "--confirm", "yes"]);
  expect([done.code, done.stdout]).toEqual([0, expect.stringContaining("Removed: 1 saved paper.")]);
  const store = await openSqliteStore(path.join(state, "paperboy.sqlite"), () => new Date());
  await store.subscriptions.put({ id: "d1", place: JSON.stringify(["slack", "T1", "C1"]), body: "{}" });
  await store.close();
  expect(await run(["forget", "T1"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("names no server"),
  });
  expect(await run(["forget", "slack:T1"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Add --yes"),
  });
  const forgotten = await run(["forget", "slack:T1", "--yes"]);
  expect([forgotten.code, forgotten.stdout]).toEqual([
    0,
    "Removed all that was kept of slack:T1, 1 row. A backup that was made before has it still.\n",
  ]);
  expect(await run(["forget", "slack:T1", "--yes"])).toMatchObject({
    code: 1,
    stderr: "Nothing is kept of slack:T1.\n",
  });
}, 90_000);
