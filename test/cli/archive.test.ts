import path from "node:path";
import { expect, it } from "vitest";
import { createArchiveRegister } from "../../src/digest/archive/register.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const channel = (name: string) => ({ platform: "slack", server: "T0HOME", channel: name });

it("an operator sees which archives are public, and ends one by its channel, its id or any address of it", async () => {
  const state = await temporaryFolder();
  const env = {
    PAPERBOY_STATE: state,
    PAPERBOY_WEB_PORT: "8080",
    PAPERBOY_WEB_URL: "https://papers.example",
  };
  const run = (...words: string[]) => runProgram(["archive", ...words], env);
  expect(await run("list")).toEqual({
    code: 0,
    stdout: "No channel has made public what its digests brought.\n",
    stderr: "",
  });
  const store = await openSqliteStore(path.join(state, "paperboy.sqlite"), () => new Date());
  const register = createArchiveRegister(store.archives);
  const ids: string[] = [];
  for (const name of ["C0CHAN1", "C0CHAN2", "C0CHAN3", "C0CHAN4"])
    ids.push((await register.publish(channel(name), `Wombats\u001b[31m of\n${name}`, "U1")).id);
  const listed = async (): Promise<string[]> => (await run("list")).stdout.trimEnd().split("\n");
  expect(await listed()).toEqual(
    ids.map((id, i) =>
      expect.stringMatching(
        new RegExp(
          `^https://papers\\.example/archive/${id}  slack:T0HOME/C0CHAN${i + 1}  Wombats[^\\u001b]* of.*C0CHAN${i + 1}$`,
        ),
      ),
    ),
  );
  const ways = [
    "slack:T0HOME/C0CHAN1",
    ids[1] ?? "",
    `https://papers.example/archive/${ids[2] ?? ""}/feed.atom`,
  ];
  for (const [i, way] of ways.entries()) {
    const { code, stdout, stderr } = await run("unpublish", way);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(
      `slack:T0HOME/C0CHAN${i + 1} is public no more: https://papers.example/archive/${ids[i] ?? ""}`,
    );
    expect((await register.find(ids[i] ?? ""))?.published).toBe(false);
  }
  expect(await listed()).toHaveLength(1);
  const { records } = await store.audit.page(
    { platform: "slack", server: "T0HOME" },
    { offset: 0, limit: 3 },
  );
  expect(records).toMatchObject(
    ["C0CHAN3", "C0CHAN2", "C0CHAN1"].map((name) => ({
      by: "local operator",
      action: "digest unpublish",
      channel: name,
    })),
  );
  const again = await run("unpublish", "slack:T0HOME/C0CHAN1");
  expect([again.code, again.stderr]).toEqual([
    2,
    expect.stringContaining("is not public, and nothing was changed"),
  ]);
  for (const [word, said] of [
    ["0000", "“0000” is no archive, and nothing was changed. Those that are public: paperboy archive list"],
    ["slack:T0HOME/C0CHAN9", "“slack:T0HOME/C0CHAN9” is no archive"],
  ] as const)
    expect(await run("unpublish", word)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(said) as string,
    });
  for (const words of [[], ["unpublish"], ["list", "more"], ["publish", "x"]])
    expect(await run(...words)).toMatchObject({
      code: 2,
      stderr:
        "Say paperboy archive list, or paperboy archive unpublish with an address, an id or a channel.\n",
    });
  expect((await register.find(ids[3] ?? ""))?.published).toBe(true);
  await store.close();
});
