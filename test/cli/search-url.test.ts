import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { createProgramLog } from "../../adapters/cli/log/log.ts";
import { readSettings } from "../../adapters/cli/settings/settings.ts";
import { NO_NODE, nodeUrl, testEngine } from "../search/opensearch/node.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const SECRET = "Tr0ub4dor&3/x";
const written = encodeURIComponent(SECRET);

describe("the address of a search engine", () => {
  it("is refused with what it can be, and never with its password", () => {
    for (const [env, words] of [
      [
        { PAPERBOY_SEARCH_URL: `ftp://bot:${written}@host` },
        /no web address.*https:\/\/search\.example\.org/,
      ],
      [{ PAPERBOY_SEARCH_URL: `https//bot:${written}@host` }, /no web address/],
      [{ PAPERBOY_SEARCH_URL: `http://bot:${written}@search.example.org` }, /without encryption/],
      [{ PAPERBOY_SEARCH_URL: `https://bot:${written}@host/path` }, /has a path/],
      [
        { PAPERBOY_SEARCH_URL: `https://bot:%zz${written}@host` },
        /a % in its name or password|no web address/,
      ],
      [
        { PAPERBOY_SEARCH_URL: "https://host", PAPERBOY_SEARCH_PREFIX: "Paper*" },
        /PREFIX is “Paper\*”; it must be/,
      ],
      [
        { PAPERBOY_SEARCH_URL: "https://host", PAPERBOY_SEARCH_SHARDS: "0" },
        /SHARDS is “0”; .* from 1 to 100/,
      ],
      [
        { PAPERBOY_SEARCH_URL: "https://host", PAPERBOY_SEARCH_REPLICAS: "x" },
        /REPLICAS is “x”; .* from 0 to 10/,
      ],
    ] as const) {
      const read = (): unknown => readSettings(env);
      expect(read).toThrow(words);
      expect(read).not.toThrow(/Tr0ub4dor/);
    }
  });

  it("is read with a name and password of its own or in settings beside it, which take its place", () => {
    const { search } = readSettings({ PAPERBOY_SEARCH_URL: `https://bot:${written}@host:9200` }).library;
    expect(search).toEqual({
      url: "https://host:9200",
      user: "bot",
      password: SECRET,
      prefix: "paperboy",
      shards: 1,
      replicas: 0,
      patience: 1500,
    });
    const beside = readSettings({
      PAPERBOY_SEARCH_URL: "http://127.0.0.1:9200",
      PAPERBOY_SEARCH_USER: "reader",
      PAPERBOY_SEARCH_PASSWORD: SECRET,
      PAPERBOY_SEARCH_SHARDS: "3",
    }).library.search;
    expect(beside).toMatchObject({
      url: "http://127.0.0.1:9200",
      user: "reader",
      password: SECRET,
      shards: 3,
    });
    expect(readSettings({}).library.search).toBeUndefined();
  });

  it("leaves its password in no line of the log", () => {
    const lines: string[] = [];
    const { log, configure } = createProgramLog({ write: (text) => lines.push(text) }, () => new Date());
    configure(readSettings({ PAPERBOY_SEARCH_URL: `https://bot:${written}@host` }).log);
    log.error(`The client said https://bot:${written}@host, and ${SECRET}`);
    expect(lines.join("")).toContain("The client said");
    expect(lines.join("")).not.toMatch(/Tr0ub4dor/);
  });

  it("that nobody answers at is told in words, without the password, and ends the program", async () => {
    const { code, stderr } = await runProgram(["search", "world models"], {
      PAPERBOY_STATE: await temporaryFolder(),
      PAPERBOY_SEARCH_URL: `http://bot:${written}@127.0.0.1:1`,
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /OpenSearch at http:\/\/127\.0\.0\.1:1 does not answer: .*ECONNREFUSED.*PAPERBOY_SEARCH_URL/s,
    );
    expect(stderr).not.toMatch(/Tr0ub4dor/);
  });

  it("that is not set is asked for where the index is to be made there", async () => {
    const { code, stderr } = await runProgram(["migrate", "--to-opensearch"], {
      PAPERBOY_STATE: await temporaryFolder(),
    });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/PAPERBOY_SEARCH_URL is not set/) as string]);
  });

  it("at which something else answers is told, too", async () => {
    const server = createServer((socket) =>
      socket.end("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"),
    );
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    afterAll(() => server.close());
    const { code, stderr } = await runProgram(["search", "world models"], {
      PAPERBOY_STATE: await temporaryFolder(),
      PAPERBOY_SEARCH_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/it has to be OpenSearch 2 or later/) as string,
    ]);
  });
});

/** Scores are sums that two engines may add in another order. */
const rounded = (text: string): string => text.replace(/(0\.\d{9})\d+/g, "$1");

describe.skipIf(nodeUrl === undefined)(`a program whose papers are in OpenSearch (${NO_NODE})`, () => {
  const { prefix } = testEngine().settings;
  it("makes the index once, and gives the answers of the one that has them itself", async () => {
    const state = await temporaryFolder();
    const search = {
      PAPERBOY_STATE: state,
      PAPERBOY_SEARCH_URL: nodeUrl ?? "",
      PAPERBOY_SEARCH_PREFIX: prefix,
      PAPERBOY_SEARCH_PATIENCE: "4000",
    };
    const own = { PAPERBOY_STATE: await temporaryFolder() };
    const orders = [
      ["search", "curriculum lerning"],
      ["show", "FastDINOv2"],
    ];
    const made = await runProgram(["search", "curriculum learning"], search);
    expect(made.stderr).toMatch(/Built the index of 544 papers in .* OpenSearch has none/);
    for (const order of orders) {
      const [there, here] = await Promise.all([runProgram(order, search), runProgram(order, own)]);
      expect({ ...there, stdout: rounded(there.stdout) }).toEqual({
        code: 0,
        stdout: rounded(here.stdout),
        stderr: "",
      });
    }
    const before = await runProgram(["doctor"], search);
    expect(before.stdout).toMatch(
      /OpenSearch 2\S* answers at http:\S*; all copies of 544 papers are there \(green\)\./,
    );
    const again = await runProgram(["migrate", "--to-opensearch"], search);
    expect([again.code, again.stdout]).toEqual([0, expect.stringMatching(/has 544 papers now/) as string]);
    expect(again.stderr).toMatch(/it was to be made anew/);
    const [deed] = JSON.parse((await runProgram(["audit", "--json"], search)).stdout) as {
      action: string;
      detail: string;
    }[];
    expect(deed).toMatchObject({ action: "migrate", detail: "--to-opensearch" });
  }, 180_000);
});
