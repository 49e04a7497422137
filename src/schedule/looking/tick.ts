import pMap from "p-map";
import { StorageError } from "../../store/storage-error.ts";
import { createTurns } from "../../turns.ts";
import type { Courier } from "../courier.ts";
import type { Edition, Kind } from "../goods.ts";
import { placeKey } from "../place.ts";
import type { Round, TickParts } from "./round.ts";
import { servePlace } from "./serve.ts";
import { tellDamaged, tellPassedOver } from "./tellings.ts";

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}

/** Sends what is due on the platforms of the couriers; resolves with what failed, and never rejects. */
export async function tick<K extends Kind>(
  all: TickParts<K>,
  couriers: ReadonlyMap<string, Courier<Edition<K>>>,
): Promise<readonly string[]> {
  const { log } = all.parts;
  const { noun } = all.wording;
  const words = `The ${noun}s could not be looked after; they are tried again`;
  try {
    const failures = await lookAfterAll(all, couriers);
    all.troubles.ends(words, () => log.info(`The ${noun}s are looked after again`));
    return failures;
  } catch (error) {
    if (error instanceof StorageError) return [error.message];
    all.troubles.begins(words, () => log.error(words, { error }));
    return [words];
  }
}

async function lookAfterAll<K extends Kind>(
  all: TickParts<K>,
  couriers: ReadonlyMap<string, Courier<Edition<K>>>,
): Promise<readonly string[]> {
  const { book } = all;
  const { subscriptions: registered, damaged } = await book.registered();
  tellDamaged(all, damaged);
  const open = groupBy(await book.openRows(), ({ subscription }) => subscription);
  const round: Round<K> = {
    ...all,
    goods: await all.openGoods(),
    open,
    turns: createTurns(),
    elsewhereUntil: await all.findElsewhere(),
    passedOver: new Map(),
    failures: [],
  };
  const byPlatform = groupBy(registered, ({ place }) => place.platform);
  await Promise.all(
    Array.from(byPlatform, async ([platform, subscriptions]) => {
      const courier = couriers.get(platform);
      if (courier === undefined) return;
      const places = [...groupBy(subscriptions, ({ place }) => placeKey(place)).values()];
      await pMap(places, (place) => servePlace(round, place, courier), { concurrency: courier.width });
    }),
  );
  tellPassedOver(round);
  return round.failures;
}
