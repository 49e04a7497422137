import type { Letters } from "../../src/mailing/letters.ts";
import { confirmMessage } from "./message.ts";
import type { MailSettings } from "./settings.ts";
import { handOver } from "./smtp.ts";

/** A letter may come twice; a link may be missing for ever. */
const begin = (): Promise<boolean> => Promise.resolve(true);

/** Writes letters by a mail server. */
export const createLetters = (settings: MailSettings): Letters => ({
  async askToConfirm(to, link) {
    const message = await confirmMessage(to, link, settings);
    const handed = await handOver(settings.smtp, { from: settings.from.address, to, message, begin });
    return handed.kind === "sent" ? { kind: "sent" } : handed;
  },
});
