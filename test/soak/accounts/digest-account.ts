/** A digest that one channel was to have on one date. */
export interface DueDigest {
  readonly channel: string;
  /** `2026-03-02`, in the zone of the digest. */
  readonly date: string;
  /** Milliseconds since 1970. */
  readonly dueAt: number;
}

/** A message that brought one. */
export interface Arrival {
  readonly channel: string;
  readonly date: string;
  readonly at: number;
}

/** What became of all digests. */
export interface DigestAccount {
  readonly due: number;
  readonly sent: number;
  /** Sent later than a look at what is due takes to come, and to be done. */
  readonly late: number;
  /** Seconds from when it was due. */
  readonly worstLateSeconds: number;
  /** Due and not there; with the ledger's reason where it has one that no reader would take for one. */
  readonly lost: readonly string[];
  /** There more than once, or on a date that had none. */
  readonly repeated: readonly string[];
  /** Not there since there was nothing to send, by reason. */
  readonly explained: Readonly<Record<string, number>>;
}

/** Seconds after which a digest counts as late: looks begin every minute, and a channel has its turn within the next. */
const LATE = 120;

/** Reasons of the ledger for which a digest was not to come. One that was missed, held or never confirmed is lost. */
const EXPLAINING: readonly string[] = ["nothing", "paused", "before-plan"];

const keyOf = ({ channel, date }: Pick<DueDigest, "channel" | "date">): string => `${channel} ${date}`;

/** Compares what was due with what came; `whyNot` is what the ledger says of one that did not. */
export function accountDigests(
  due: readonly DueDigest[],
  arrivals: readonly Arrival[],
  whyNot: ReadonlyMap<string, string>,
): DigestAccount {
  const left = new Map<string, Arrival[]>();
  for (const arrival of arrivals) left.set(keyOf(arrival), [...(left.get(keyOf(arrival)) ?? []), arrival]);
  const lost: string[] = [];
  const repeated: string[] = [];
  const lateness: number[] = [];
  const explained: Record<string, number> = {};
  for (const one of due) {
    const key = keyOf(one);
    const [first, ...more] = left.get(key) ?? [];
    left.delete(key);
    if (more.length > 0) repeated.push(key);
    const reason = whyNot.get(key);
    if (first !== undefined) lateness.push((first.at - one.dueAt) / 1000);
    else if (reason === undefined) lost.push(key);
    else if (!EXPLAINING.includes(reason)) lost.push(`${key}: ${reason}`);
    else explained[reason] = (explained[reason] ?? 0) + 1;
  }
  return {
    due: due.length,
    sent: lateness.length,
    late: lateness.filter((seconds) => seconds > LATE).length,
    worstLateSeconds: Math.round(Math.max(0, ...lateness)),
    lost,
    repeated: [...repeated, ...left.keys()],
    explained,
  };
}
