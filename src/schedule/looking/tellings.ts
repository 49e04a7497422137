import type { Damaged, Kind, Wording } from "../goods.ts";
import { StorageError } from "../../store/storage-error.ts";
import type { Row } from "../row.ts";
import type { Round, TickParts } from "./round.ts";

/** Several of a kind, at the beginning of a sentence: `Digests`. */
const plural = ({ noun }: Wording): string => `${noun.slice(0, 1).toUpperCase()}${noun.slice(1)}s`;

/** Notes what failed; tells it when it is the first failure of a subscription in a row, and when its database has not told. */
export function fail<K extends Kind>(
  { parts: { log }, troubles, failures }: Round<K>,
  id: string,
  words: string,
  error: unknown,
): void {
  failures.push(words);
  if (!(error instanceof StorageError)) troubles.begins(`failing ${id}`, () => log.error(words, { error }));
}

/** Tells of each row once that it cannot be read. */
export function tellUnreadable<K extends Kind>(
  { parts: { log }, troubles, wording: { noun } }: Round<K>,
  rows: readonly Row<K>[],
): void {
  for (const { subscription, date, problem } of rows)
    if (problem !== undefined)
      troubles.begins(`row ${subscription} ${date}`, () =>
        log.error(
          `What is kept of the ${noun} ${subscription} of ${date} cannot be read: its ${problem}. It counts as sent, and all others go on; a backup of the database would have it`,
        ),
      );
}

/** Tells which subscriptions cannot be read, each once, and once more when that is over. */
export function tellDamaged<K extends Kind>(
  { parts: { log }, troubles, wording }: TickParts<K>,
  damaged: readonly Damaged[],
): void {
  for (const one of damaged)
    troubles.begins(`damaged ${one.id}`, () => log.error(wording.damaged(one), { place: one.place }));
  const now = new Set(damaged.map(({ id }) => `damaged ${id}`));
  for (const key of troubles.known().filter((known) => known.startsWith("damaged ") && !now.has(known)))
    troubles.ends(key, () =>
      log.info(`The ${wording.noun} ${key.slice("damaged ".length)} can be read again, or has ended`),
    );
}

/** Ids that are named in one line of the log. */
const NAMED = 5;

export function tellPassedOver<K extends Kind>({ passedOver, parts, wording }: Round<K>): void {
  if (passedOver.size === 0) return;
  const since = new Date(Math.min(...Array.from(passedOver.values(), (time) => time.getTime())));
  const more = passedOver.size > NAMED ? ` and ${passedOver.size - NAMED} more` : "";
  const ids = `${[...passedOver.keys()].slice(0, NAMED).join(", ")}${more}`;
  parts.log.warn(
    `${plural(wording)} were not looked after since ${since.toISOString()}; only the last 31 days are written down as missed: ${ids}`,
  );
}
