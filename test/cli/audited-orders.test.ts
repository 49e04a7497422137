import { createHash } from "node:crypto";
import { once } from "node:events";
import { watch } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { programOrders } from "../../adapters/cli/orders/orders.ts";
import { placeKey } from "../../src/schedule/place.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** What a run did: whether the database is another one, and whether the program showed meanwhile that it changes the folder. */
interface Seen {
  readonly changed: boolean;
  readonly shown: boolean;
}

/** Watches a state folder while something is done. */
async function seeing(state: string, work: () => Promise<unknown>): Promise<Seen> {
  const database = async (): Promise<string> => {
    const files = ["paperboy.sqlite", "paperboy.sqlite-wal"].map((name) => path.join(state, name));
    const bytes = await Promise.all(files.map((file) => readFile(file).catch(() => Buffer.alloc(0))));
    return createHash("sha256").update(Buffer.concat(bytes)).digest("hex");
  };
  const before = await database();
  const names = new Set<string>();
  const watcher = watch(state, (_event, name) => {
    names.add(name ?? "");
    if (name === "seen") watcher.emit("seen");
  });
  try {
    await work();
    const seen = once(watcher, "seen");
    await writeFile(path.join(state, "seen"), "");
    await seen;
  } finally {
    watcher.close();
    await rm(path.join(state, "seen"), { force: true });
  }
  const shown = Array.from(names).some((name) => /^running\.\d+\.lock$/.test(name));
  return { changed: (await database()) !== before, shown };
}

/** A state with the installation of a workspace, a file of papers, an encoder and settings to import. */
async function machine() {
  const folder = await temporaryFolder();
  const at = (name: string) => path.join(folder, name);
  await mkdir(at("pages"));
  await mkdir(at("encoder/onnx"), { recursive: true });
  await mkdir(at("encoder/1_Pooling"));
  await writeFile(at("encoder/1_Pooling/config.json"), '{"pooling_mode_cls_token": true}');
  await writeFile(at("encoder/onnx/model.onnx"), "a model");
  await writeFile(at("encoder/tokenizer.json"), "{}");
  await writeFile(at("mine.jsonl"), '{"title":"On wombats"}\n{"title":"Capybaras"}\n');
  const store = await openSqliteStore(at("state/paperboy.sqlite"), () => new Date());
  await store.installations.save("slack:T1", JSON.stringify({ bot: { token: "xoxb-1" } }));
  const place = { platform: "slack", server: "T0HOME", channel: "C0CHAN" };
  const body = JSON.stringify({ place, name: "Wombats" });
  await store.archives.put({ id: "a1", place: placeKey(place), body, published: true });
  await store.close();
  const env = { PAPERBOY_STATE: at("state"), PAPERBOY_PAGES: at("pages") };
  const run = (...words: string[]) => runProgram(words, env);
  const audit = async (): Promise<string[]> => {
    const { stdout } = await run("audit", "--json", "--limit", "100");
    const rows = JSON.parse(stdout) as { at: string; by: string; action: string; detail: string }[];
    return rows.map(({ by, action, detail }) => `${by}: ${action} ${detail}`.trim()).toReversed();
  };
  const seen = async (words: readonly string[]) => {
    let code: number | null = null;
    const found = await seeing(at("state"), async () => ({ code } = await run(...words)));
    return { code, ...found };
  };
  return { at, run, seen, audit };
}

describe("orders of the operator", () => {
  it(
    "that change something leave a row in the audit and show themselves to a restore meanwhile, and those that only read do neither",
    { timeout: 60_000 },
    async () => {
      const { at, run, seen, audit } = await machine();
      await writeFile(
        at("settings.yaml"),
        "paperboy-settings: 1\nplaces: [{ place: slack:T0HOME123/C0CHAN123, digests: [{ time: 09:00, zone: UTC }] }]\n",
      );
      /** What is given to each order that changes something, and what the audit has of it. */
      const changing: readonly (readonly [words: readonly string[], row: string])[] = [
        [["ingest", at("mine.jsonl")], `ingest ${at("mine.jsonl")}`],
        [["remove", "On wombats", "--yes"], "remove On wombats --yes"],
        [["compact"], "compact"],
        [["digest", "--now"], "digest --now"],
        [["rekey"], "rekey"],
        [["encoder", "install", at("encoder")], `encoder install ${at("encoder")}`],
        [["encoder", "remove"], "encoder remove"],
        [["key", "create", "notes"], "key create"],
        [["key", "revoke", "notes"], "key revoke"],
        [["archive", "unpublish", "slack:T0HOME/C0CHAN"], "digest unpublish"],
        [["settings", "import", at("settings.yaml")], "settings import "],
        [["forget", "slack:T1", "--yes"], "forget slack:T1"],
      ];
      const reading: readonly (readonly string[])[] = [
        ["ingest", at("mine.jsonl"), "--dry-run"],
        ["remove", "Capybaras", "--dry-run"],
        ["digest", "--now", "--dry-run"],
        ["settings", "export"],
        ["settings", "import", at("settings.yaml"), "--dry-run"],
        ["encoder", "status"],
        ["key", "list"],
        ["archive", "list"],
        ["doctor"],
        ["mcp"],
        ["backup", at("copy")],
      ];
      // One that brings a database of its own, and one that needs a server: test/cli/migrate.test.ts has the row of that.
      const others = ["restore", "migrate"];
      const names = [...changing.map(([[name]]) => name), ...reading.map(([name]) => name), ...others];
      expect(new Set(names)).toEqual(new Set(programOrders.map(({ name }) => name)));
      const did: {
        readonly order: string;
        readonly code: number | null;
        readonly changed: boolean;
        readonly shown: boolean;
      }[] = [];
      for (const [words] of changing) did.push({ order: words.join(" "), ...(await seen(words)) });
      // There is nowhere to send digests to.
      expect(did).toEqual(
        changing.map(([words]) => ({
          order: words.join(" "),
          code: words[0] === "digest" ? 2 : 0,
          changed: true,
          shown: true,
        })),
      );
      for (const words of reading)
        expect([words, await seen(words)]).toMatchObject([words, { changed: false, shown: false }]);
      const rows = await audit();
      expect(rows).toEqual(
        changing.map(([, row]) => expect.stringContaining(`local operator: ${row}`) as string),
      );
      expect(await run("restore", at("copy"), "--yes")).toMatchObject({ code: 0 });
      expect(await audit()).toEqual([...rows, `local operator: restore ${at("copy")}`]);
    },
  );

  it("that were answered with no, or whose backup cannot be restored, change nothing", async () => {
    const { at, run, audit } = await machine();
    await run("ingest", at("mine.jsonl"));
    await writeFile(at("no.tar.gz"), "no archive");
    expect(await run("restore", at("no.tar.gz"), "--yes")).toMatchObject({ code: 2 });
    expect(await audit()).toHaveLength(1);
  });
});
