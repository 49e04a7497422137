import type { Log } from "../../../src/log.ts";
import type { Store } from "../../../src/store/store.ts";
import { createTroubles } from "../../../src/troubles.ts";
import { UNDO_MS } from "../../../src/reading/removals.ts";
import { now } from "../surroundings.ts";
import { HOUR_MS, startRhythm } from "./schedule.ts";

/** Removes what is kept for a time, now and each day; what it gives ends that. */
export function startForgetting(
  { audit, mail, removals }: Pick<Store, "audit" | "mail" | "removals">,
  log: Log,
): () => Promise<void> {
  const troubles = createTroubles();
  const forget = async (): Promise<void> => {
    try {
      await audit.forgetOld();
      await removals.forgetBefore(new Date(now().getTime() - UNDO_MS));
      await mail.forgetOld();
    } catch (error) {
      troubles.begins("forgetting", () =>
        log.warn("What is kept for a time could not be removed; it is tried again each day", { error }),
      );
    }
  };
  void forget();
  return startRhythm({ every: 24 * HOUR_MS }, forget);
}
