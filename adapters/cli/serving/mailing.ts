import { randomBytes } from "node:crypto";
import type { Digests } from "../../../src/digest/digests.ts";
import type { Log } from "../../../src/log.ts";
import type { Mailing } from "../../../src/mailing/mailing.ts";
import { createMailing } from "../../../src/mailing/mailing.ts";
import type { Store } from "../../../src/store/store.ts";
import { createTroubles } from "../../../src/troubles.ts";
import { createLetters } from "../../mail/letters.ts";
import type { MailSettings } from "../../mail/settings.ts";
import { newReference, now } from "../surroundings.ts";
import { MINUTE_MS, startRhythm } from "./schedule.ts";

/** Nobody guesses 24 bytes of chance. */
const newSecret = (): string => randomBytes(24).toString("base64url");

/** The digests that come by e-mail, with letters by the mail server of the settings. */
export async function openMailing(
  settings: MailSettings,
  { store, digests }: { readonly store: () => Promise<Store>; readonly digests: () => Promise<Digests> },
): Promise<Mailing> {
  const letters = createLetters(settings);
  return createMailing({
    store: await store(),
    digests,
    letters,
    url: settings.url,
    now,
    newId: newReference,
    newSecret,
  });
}

/** Sends each minute the letters that the mail server did not take at first; what it gives ends that. */
export function startLetters(mailing: Mailing, log: Log): () => Promise<void> {
  const troubles = createTroubles();
  return startRhythm({ every: MINUTE_MS }, async () => {
    try {
      await mailing.sendLetters();
      troubles.ends("letters", () => log.info("Letters to unconfirmed addresses are sent again"));
    } catch (error) {
      troubles.begins("letters", () =>
        log.warn("Letters to unconfirmed addresses could not be looked after; it is tried again", { error }),
      );
    }
  });
}
