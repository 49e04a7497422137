import { commands } from "../../src/bot/bot.ts";
import type { Serving } from "../../src/files/process-marks.ts";
import type { Deed } from "../../src/store/kept/audit.ts";
import { operatorsDeed } from "../../src/store/kept/audit.ts";
import type { Log } from "../../src/log.ts";
import { UserError } from "../../src/user-error.ts";
import { escapeTerminal } from "../terminal/escape.ts";
import { parseOrder } from "./arguments.ts";
import { finishRestore } from "./backup/finish.ts";
import { whilePresent } from "./backup/presence.ts";
import type { AtHand, PartsWork, Work } from "./orders/order.ts";
import type { ProgramLog } from "./log/log.ts";
import { createProgramLog } from "./log/log.ts";
import { listenForStops } from "./serving/stops.ts";
import type { Settings } from "./settings/settings.ts";
import { withEnvFile } from "./settings/env-file.ts";
import { readSettings } from "./settings/settings.ts";
import { adoptState, makeStatePrivate } from "./state/state-folder.ts";
import type { ExitCode, Surroundings } from "./surroundings.ts";
import { now } from "./surroundings.ts";

/** Takes over the state folder that an earlier version kept inside its own folder. */
async function adoptOldState({ oldState, library: { state } }: Settings, log: Log): Promise<void> {
  if (oldState === undefined) return;
  const { kind } = await adoptState(oldState, state);
  if (kind === "copied")
    log.warn(
      `Copied the papers and the database from ${oldState} to ${state}, which is used from now on; the first cannot be removed and is left`,
    );
  if (kind === "moved") log.info(`Moved the papers and the database from ${oldState} to ${state}`);
  if (kind === "passed-over")
    log.warn(`${oldState} is left as it is: ${state} is used. Remove the first, or set PAPERBOY_STATE to it`);
}

/** Builds the parts, does the work with them, and closes them. What only some orders need is loaded for them alone. */
async function withParts(work: PartsWork, hand: AtHand): Promise<ExitCode> {
  const { settings, log, around, stops } = hand;
  const { openParts } = await import("./parts.ts");
  const parts = await openParts(settings, {
    version: around.version,
    log,
    reads: work.reads(settings),
    serves: work.serves?.(settings) === true,
    counts: work.counts?.(settings) === true,
  });
  try {
    if (work.deed !== undefined) await (await parts.store()).audit.note(operatorsDeed(work.deed));
    return await work.run(parts, hand);
  } finally {
    stops?.over();
    await parts.close();
  }
}

/** Notes what an order does before it does it, without the papers. */
async function withDeed(
  deed: Pick<Deed, "action" | "detail">,
  hand: AtHand,
  run: (hand: AtHand) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { openStore } = await import("./state/open-store.ts");
  const store = await openStore(hand.settings, false, hand.log);
  try {
    await store.audit.note(operatorsDeed(deed));
  } finally {
    await store.close();
  }
  return run(hand);
}

/** What a program says of itself that serves; undefined for one that serves nobody. */
function servingOf(work: PartsWork, { settings, around }: Omit<AtHand, "stops">): Serving | undefined {
  const serves = work.offers?.(settings) ?? [];
  return serves.length === 0 ? undefined : { since: now().toISOString(), version: around.version, serves };
}

async function carryOut(
  work: Work,
  outside: Surroundings,
  { log, configure }: ProgramLog,
): Promise<ExitCode> {
  if (work.needs === "nothing") return work.run(outside);
  const around = { ...outside, env: withEnvFile(outside.env) };
  const settings = readSettings(around.env);
  configure(settings.log);
  await finishRestore(settings.library.state);
  await adoptOldState(settings, log);
  if (await makeStatePrivate(settings.library.state))
    log.info(`Others could read ${settings.library.state}; from now on only its owner can`);
  const hand = { settings, around, log };
  const { state } = settings.library;
  /** Does work that changes the state. */
  const changing = (serving: Serving | undefined, change: () => Promise<ExitCode>): Promise<ExitCode> =>
    whilePresent(state, serving, async () => {
      // A restore that was decided meanwhile.
      await finishRestore(state);
      return change();
    });
  if (work.needs === "settings") {
    const { deed, run } = work;
    const quick = { ...hand, stops: undefined };
    if (work.state !== "changes") return run(quick);
    return changing(undefined, () => (deed === undefined ? run(quick) : withDeed(deed, quick, run)));
  }
  // Other orders are over in a moment, or end as their own people say.
  const stops = work.stoppable?.(settings) === true ? listenForStops(log) : undefined;
  if (work.reads(settings)) return withParts(work, { ...hand, stops });
  return changing(servingOf(work, hand), () => withParts(work, { ...hand, stops }));
}

/** Builds the parts and starts them, or runs one command. Resolves with the exit code; never rejects. */
export async function runProgram(around: Surroundings): Promise<ExitCode> {
  const programLog = createProgramLog(around.stderr, now);
  try {
    return await carryOut(parseOrder(around.argv, commands), around, programLog);
  } catch (error) {
    if (error instanceof UserError) {
      around.stderr.write(`${escapeTerminal(error.message)}\n`);
      return 2;
    }
    programLog.log.error("Paperboy cannot go on", { error });
    return 1;
  }
}
