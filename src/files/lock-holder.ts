import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { identityOf, isRunning } from "./process-identity.ts";

/** Who holds a lock, as its file says. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** What tells it from another of its number; absent where the system does not tell, and in locks of earlier versions. */
  readonly place?: string;
  readonly start?: string;
  /** What it says of itself, as JSON. */
  readonly facts?: string;
}

/** Stands before what a holder says of itself. Earlier versions take a lock that has it for one that tells no process. */
const FACTS = "facts:";

/** The parts of a lock that tells which process it is, without those facts. */
const IDENTIFIED = 5;

/** What this program writes into a lock: its number, the machine, a mark of this one lock, which process it is, and what it says of itself. */
export async function createMark(facts?: unknown): Promise<string> {
  const who = await identityOf(process.pid);
  return [
    process.pid,
    hostname(),
    randomUUID(),
    ...(who === undefined ? [] : [who.place, who.start]),
    ...(facts === undefined ? [] : [`${FACTS}${encodeURIComponent(JSON.stringify(facts))}`]),
  ].join(" ");
}

/** Reads what a lock says; undefined where it tells no process. */
export function parseMark(text: string): Holder | undefined {
  const all = text.split(" ");
  const said = all.find((part) => part.startsWith(FACTS));
  const rest = all.filter((part) => part !== said);
  const [pid = "", host = ""] = rest;
  // Earlier versions wrote three parts.
  const [place, start] = rest.length === IDENTIFIED ? rest.slice(-2) : [];
  if (!/^\d+$/.test(pid) || host === "") return undefined;
  return {
    pid: Number(pid),
    host,
    ...(place === undefined || start === undefined ? {} : { place, start }),
    ...(said === undefined ? {} : { facts: decodeURIComponent(said.slice(FACTS.length)) }),
  };
}

/** Whether a process runs; `elsewhere` where that cannot be seen from here: another machine or container. */
export type Life = "runs" | "gone" | "elsewhere";

/** Whether the process that holds a lock still runs. One of which only the number is known runs where any of that number does. */
export async function lifeOf({ pid, host, place, start }: Holder): Promise<Life> {
  if (host !== hostname()) return "elsewhere";
  if (place !== undefined && place !== (await identityOf(process.pid))?.place) return "elsewhere";
  if (!isRunning(pid)) return "gone";
  const found = await identityOf(pid);
  return start === undefined || found === undefined || found.start === start ? "runs" : "gone";
}
