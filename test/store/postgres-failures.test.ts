import { once } from "node:events";
import type { Socket } from "node:net";
import { connect, createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { StorageError } from "../../src/store/storage-error.ts";
import type { Store } from "../../src/store/store.ts";
import type { OwnServer } from "../support/postgres.ts";
import {
  askPostgres,
  controlPostgres,
  NEEDS_POSTGRES,
  newDatabase,
  openOn,
  POSTGRES,
  startServer,
} from "../support/postgres.ts";

/** What happens to a commit on its way. */
type Mishap = "none" | "lose the answer" | "lose the question";

/** The words of a commit in PostgreSQL's protocol: a question, and what its answer says (protocol-message-formats.html). */
const [QUESTION, ANSWER] = [Buffer.from("commit\0"), Buffer.from("COMMIT\0")];

/** A way to a server on which commits can be lost; `next` is what happens to the next one. */
async function lossyWay(url: string) {
  const way = { next: "none" as Mishap, lost: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const there = new URL(url);
    const upstream = connect(Number(there.port), there.hostname);
    let answering = false;
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    const lose = (): void => {
      way.lost++;
      way.next = "none";
      end();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", end).on("close", end);
    }
    client.on("data", (data) => {
      const commits = data.includes(QUESTION);
      if (commits && way.next === "lose the question") return lose();
      answering = commits && way.next === "lose the answer";
      upstream.write(data);
    });
    upstream.on("data", (data) => {
      if (answering && data.includes(ANSWER)) return lose();
      client.write(data);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = new URL(url);
  address.port = String((server.address() as { port: number }).port);
  return { way, url: address.href };
}

const failTimes = async (store: Store, times: number): Promise<readonly number[]> => {
  const counted: number[] = [];
  for (let i = 0; i < times; i++) counted.push(await store.sources.failed("arxiv"));
  return counted;
};

const upTo = (count: number): number[] => Array.from({ length: count }, (_none, i) => i + 1);

describe.runIf(POSTGRES !== undefined)(
  `a database on PostgreSQL that is lost meanwhile${NEEDS_POSTGRES}`,
  () => {
    it.each(["lose the answer", "lose the question"] as const)(
      "keeps each change once where commits %s",
      async (mishap) => {
        const { way, url } = await lossyWay(await newDatabase());
        const store = await openOn(url);
        const counted: number[] = [];
        for (let i = 0; i < 4; i++) {
          way.next = mishap;
          counted.push(await store.sources.failed("arxiv"));
        }
        expect(counted).toEqual(upTo(4));
        way.next = mishap;
        expect(await store.once.claim("event", 60_000)).toBe(true);
        way.next = mishap;
        expect(await store.once.claim("event", 60_000)).toBe(false);
        // Several orders in one transaction.
        way.next = mishap;
        const slot = (subscription: string) => ({
          subscription,
          date: "2026-03-06",
          place: subscription,
          dueAt: new Date(0),
          writtenAt: new Date(0),
          open: true,
          body: "{}",
          version: 0,
        });
        const claims = ["a", "b", "a"].map((name) => store.slots.claim(slot(name), 0));
        expect(await Promise.all(claims)).toEqual([true, true, false]);
        expect(way.lost).toBeGreaterThanOrEqual(7);
      },
    );

    it("goes on where the server ends its connections, each change once", async () => {
      const database = await newDatabase();
      const store = await openOn(database);
      const end = (): Promise<readonly unknown[]> =>
        askPostgres(
          database,
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'paperboy' and datname = current_database()",
        );
      const counting = Promise.all(upTo(8).map(() => failTimes(store, 6)));
      for (let i = 0; i < 5; i++) await end();
      expect((await counting).flat().toSorted((a, b) => a - b)).toEqual(upTo(48));
      await end();
      expect(await store.sources.find("arxiv")).toMatchObject({ failures: 48 });
    });

    it("says in words that it cannot be reached, keeps nothing of that, and goes on when the server is back", async () => {
      const server = await startServer();
      const store = await openOn(server.url, undefined, { patience: { most: 400, pause: 20, longest: 100 } });
      await failTimes(store, 2);
      await controlPostgres("stop", server.folder, "immediate");
      const failed = await store.sources.failed("arxiv").catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(StorageError);
      expect(failed).toMatchObject({
        fault: "unreachable",
        message: expect.stringMatching(
          /^I can't reach my memory right now\. Nothing that was kept is lost/,
        ) as unknown,
      });
      const before = performance.now();
      await expect(store.sources.find("arxiv")).rejects.toThrow(/can't reach my memory/);
      expect(performance.now() - before).toBeLessThan(300);
      await controlPostgres("start", server.folder);
      expect(await failTimes(store, 1)).toEqual([3]);
    });

    it("waits out a server that starts anew", async () => {
      const server = await startServer();
      const store = await openOn(server.url);
      await failTimes(store, 1);
      await controlPostgres("stop", server.folder);
      const counting = failTimes(store, 2);
      await controlPostgres("start", server.folder);
      expect(await counting).toEqual([2, 3]);
    });

    it("goes on at the replica that took the primary's place, with all that was kept", async () => {
      const primary = await startServer();
      const replica = await startServer(primary);
      await askPostgres(
        primary.url,
        "alter system set synchronous_standby_names = '*'",
        "select pg_reload_conf()",
      );
      const hosts = [primary, replica].map(({ url }: OwnServer) => new URL(url).host).toReversed();
      const both = await openOn(`postgres://paperboy@${hosts.join(",")}/postgres`);
      await failTimes(both, 3);
      await controlPostgres("stop", primary.folder, "immediate");
      const counting = failTimes(both, 3);
      await controlPostgres("promote", replica.folder);
      expect(await counting).toEqual([4, 5, 6]);
      expect(await both.sources.find("arxiv")).toMatchObject({ failures: 6 });
    });
  },
);
