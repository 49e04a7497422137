import { MAIL } from "../../src/mailing/mailbox.ts";
import type { Mailing } from "../../src/mailing/mailing.ts";
import type { Log } from "../../src/log.ts";
import { UserError } from "../../src/user-error.ts";
import { persist } from "../platform/patience.ts";
import type { Platform } from "../platform/platform.ts";
import { createFailure } from "../platform/platform.ts";
import type { DeliveryParts } from "./delivery.ts";
import { createPostman } from "./delivery.ts";
import { mailboxFinding } from "./inspect.ts";
import { createOutages } from "./outages.ts";
import type { SmtpFailure } from "./outcome.ts";
import { outcomeOf } from "./outcome.ts";
import type { MailSettings } from "./settings.ts";
import { serverName, verify } from "./smtp.ts";

/** What mail is put together from. */
export interface MailParts extends Omit<DeliveryParts, "outages" | "log"> {
  readonly mailing: Mailing;
  readonly log: Log;
}

/** The wait before the mail server is tried a second time, in milliseconds. */
const WAIT = 1000;

/** Asks the server whether it takes the password. Rejects with a UserError where it does not. */
async function ask({ smtp }: MailSettings): Promise<true> {
  const failure = await verify(smtp).then(
    () => undefined,
    (error: SmtpFailure) => error,
  );
  if (failure === undefined) return true;
  const { said } = outcomeOf(failure, false);
  if (failure.code === "EAUTH" && (failure.responseCode ?? 0) >= 500)
    throw new UserError(
      `The mail server ${serverName(smtp)} does not accept the user and password in PAPERBOY_SMTP_URL (${said}). Set those that it knows.`,
    );
  // nodemailer's own words may repeat what was sent.
  throw new Error(said);
}

/** Digests by e-mail, as a platform; nothing is opened before `start`. */
export function createMailApp(settings: MailSettings, parts: MailParts): Platform {
  const { smtp } = settings;
  const { log, mailing } = parts;
  const { failed } = createFailure();
  const ended = new AbortController();
  const outages = createOutages(smtp, log);
  let ready = false;
  return {
    name: MAIL,
    failed,
    async start() {
      const protocol = smtp.secure ? "smtps" : "smtp";
      const address = `${protocol}://${serverName(smtp)}`;
      const platform = { name: "The mail server", address, setting: "PAPERBOY_SMTP_URL" };
      const answered = await persist(() => ask(settings), { platform, log, wait: WAIT, ended: ended.signal });
      if (answered === undefined) return;
      ready = true;
      log.info(`Mail: digests go out by ${serverName(smtp)}`);
    },
    connected: () => ready && outages.stands(),
    ready: () => ready && !ended.signal.aborted,
    inspect: async ({ channel }) => mailboxFinding(await mailing.mailbox(channel)),
    // Nobody asks by mail.
    underWay: () => 0,
    ...createPostman(settings, { ...parts, outages }),
    async tell(_user, text, place) {
      const box = await mailing.mailbox(place.channel);
      if (box !== undefined) await parts.tellOwner(box, text);
    },
    stop() {
      ended.abort();
      return Promise.resolve();
    },
  };
}
