/**
 * Loaded into the program before anything else (`node --import`): its time stands still until the process that started
 * it says how late it is. Each message `{ at }` lets time pass until then, fires what is due, and is answered with a `Report`
 * once all work that came of it is done; With `how: "set"` the clock
 * of the machine is set, and no time passes; with `how: "rest"` it passes while the process is at rest. Input and output go on in real time, so the time at which a request is made is
 * always the one that was said last.
 */
import { Socket } from "node:net";
import { syncBuiltinESMExports } from "node:module";
import timersPromises from "node:timers/promises";
import { install } from "@sinonjs/fake-timers";
import { callersPlace } from "./callers-place.ts";

/** What the program is told. */
export interface Step {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly how?: "set" | "rest";
}

/** What the program says after each step. */
export interface Report {
  /** When its next simulated timer is due, in milliseconds since 1970; absent where it has none. */
  readonly next?: number;
  /** Every address that was connected to since the last report, `127.0.0.1:4000`. */
  readonly connected: readonly string[];
}

/**
 * Whose waiting is simulated: the schedule, and the pace and back-off of the sources. All other timers stay real, since
 * they watch over input and output, which is real too: a time-out of undici's or a heartbeat of discord.js's would
 * strike at once where a jump makes an hour of a moment. They decide nothing that the clock of the test is about.
 */
const SIMULATED = [
  "/node_modules/node-cron/",
  "/dist/adapters/cli/serving/schedule.js",
  "/dist/src/sources/fetch/clock.js",
];

/** Turns of the event loop without work after which there is none: an answer may take one to reach whoever waits. */
const QUIET_TURNS = 3;

const { setTimeout, clearTimeout, setImmediate } = globalThis;
const sleep = timersPromises.setTimeout;
const clock = install({
  now: Date.parse(process.env["SIMULATED_TIME"] ?? ""),
  toFake: ["Date", "setTimeout", "clearTimeout", "hrtime"],
});

/** A function that is the simulated one for whom `SIMULATED` names and the real one for all others. */
function byCaller<T extends (...args: never[]) => unknown>(real: T, simulated: T): T {
  const chosen = (...args: Parameters<T>): unknown => {
    const caller = callersPlace();
    return (SIMULATED.some((place) => caller.includes(place)) ? simulated : real)(...args);
  };
  return Object.defineProperties(chosen, Object.getOwnPropertyDescriptors(real)) as unknown as T;
}

globalThis.setTimeout = byCaller(setTimeout, globalThis.setTimeout);
globalThis.clearTimeout = byCaller(clearTimeout, globalThis.clearTimeout);
timersPromises.setTimeout = byCaller(sleep, timersPromises.setTimeout);
syncBuiltinESMExports();

const connected: string[] = [];
const connect = Reflect.get(Socket.prototype, "connect") as (...args: unknown[]) => Socket;
/** Notes where the program connects to, and lets it reach no other machine. */
Socket.prototype.connect = function (this: Socket, ...args: unknown[]): Socket {
  // `net.connect` hands over its arguments as it has read them: options first. Others say the port and the host.
  const [first, second] = args.flat() as [{ host?: string; port?: number } | number, unknown];
  const { host = "localhost", port = "?" } =
    typeof first === "number" ? { host: String(second), port: first } : first;
  const address = `${host}:${port}`;
  connected.push(address);
  if (address === process.env["SIMULATED_DATABASE"]) noteQuestions(this);
  if (host === "127.0.0.1") return Reflect.apply(connect, this, args);
  return this.destroy(new Error(`no test connects to ${address}`));
};

/** Connections to the database that wait for an answer; those that wait for a question are always there. */
const asking = new Set<Socket>();

/** The end of an answer of PostgreSQL: that it is ready, before the letter of its transaction (protocol-message-formats.html). */
const READY = Buffer.from([0x5a, 0, 0, 0, 5]);

function noteQuestions(socket: Socket): void {
  const [write, push] = (["write", "push"] as const).map((name) => Reflect.get(socket, name)) as [
    (...args: unknown[]) => boolean,
    (...args: unknown[]) => boolean,
  ];
  socket.write = (...args: unknown[]): boolean => {
    asking.add(socket);
    return Reflect.apply(write, socket, args);
  };
  socket.push = (chunk: Buffer | null, ...more: unknown[]): boolean => {
    if (chunk === null || chunk.subarray(-6, -1).equals(READY)) asking.delete(socket);
    return Reflect.apply(push, socket, [chunk, ...more]);
  };
  socket.once("close", () => asking.delete(socket));
  // The pool would have it counted again.
  socket.ref = () => socket;
  socket.unref();
}

/**
 * Requests and files under way. What is always there is none: timers, the streams of the process, and the connection to
 * the chat, on which the test itself awaits answers. (An idle connection kept alive is not listed.)
 */
function isBusy(): boolean {
  if (asking.size > 0) return true;
  const active = process.getActiveResourcesInfo().filter((kind) => kind !== "Timeout" && kind !== "PipeWrap");
  return active.length > 1 || (active.length === 1 && active[0] !== "TCPSocketWrap");
}

function afterQuiet(turns: number, then: () => void): void {
  setImmediate(() => {
    const left = isBusy() ? QUIET_TURNS : turns - 1;
    if (left === 0) then();
    else afterQuiet(left, then);
  });
}

process.on("message", ({ at, how }: Step) => {
  // A clock that is set: its timers go on as if nothing had been.
  if (how === "set") clock.setSystemTime(at);
  // A process at rest, such as a stopped or busy one: its timers are late.
  else if (how === "rest") clock.jump(at - clock.now);
  else clock.tick(at - clock.now);
  afterQuiet(QUIET_TURNS, () => {
    const due = [...(clock.timers?.values() ?? [])].map(({ callAt }) => callAt ?? Infinity);
    const report: Report = {
      ...(due.length === 0 ? {} : { next: Math.min(...due) }),
      connected: connected.splice(0),
    };
    process.send?.(report);
  });
});
// The program ends when its own work does.
process.channel?.unref();
