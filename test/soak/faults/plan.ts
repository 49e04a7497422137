import { createHash } from "node:crypto";
import type { Fault } from "./faults.ts";
import { DISCORD_FAULTS, KILL, SLACK_FAULTS, SLOW_DISK, SOURCE_FAULTS } from "./faults.ts";

/** A fault, and when within its part of the episode it strikes: 0 at its beginning, 1 at its end. */
export interface Planned {
  readonly fault: Fault;
  readonly share: number;
}

/** A number of 0 to 1 that is drawn for a purpose: always the same for the same seed, episode and purpose. */
function drawn(seed: number, episode: number, purpose: string): number {
  return createHash("sha256").update(`${seed} ${episode} ${purpose}`).digest().readUInt32BE() / 2 ** 32;
}

/** Every so many episodes there is no fault at all, so that what one leaves behind shows; and the program is killed. */
const CALM = 4;
const KILLED = 3;

/** What goes wrong in an episode; `mayKill` is false where the program is to live on, so that it can be seen growing. */
export function planEpisode(seed: number, episode: number, mayKill: boolean): readonly Planned[] {
  const draw = (purpose: string): number => drawn(seed, episode, purpose);
  const isTurn = (every: number, purpose: string): boolean =>
    episode % every === Math.floor(drawn(seed, 0, purpose) * every);
  if (isTurn(CALM, "calm")) return [];
  const pick = (faults: readonly Fault[], purpose: string): Planned[] => {
    const fault = faults[Math.floor(draw(purpose) * faults.length)];
    return fault === undefined ? [] : [{ fault, share: draw(`${purpose} when`) }];
  };
  return [
    ...pick(DISCORD_FAULTS, "discord"),
    ...pick(SLACK_FAULTS, "slack"),
    ...pick(SOURCE_FAULTS, "source"),
    ...(draw("disk") < 0.3 ? [{ fault: SLOW_DISK, share: draw("disk when") }] : []),
    ...(mayKill && isTurn(KILLED, "kill") ? [{ fault: KILL, share: draw("kill when") }] : []),
  ];
}
