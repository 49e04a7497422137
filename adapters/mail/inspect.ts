import type { Finding } from "../../src/health/finding.ts";
import { failure, fine, warning } from "../../src/health/finding.ts";
import type { Mailbox } from "../../src/mailing/mailbox.ts";
import { MAIL } from "../../src/mailing/mailbox.ts";
import type { Inspection } from "../platform/inspection.ts";
import type { SmtpFailure } from "./outcome.ts";
import { outcomeOf } from "./outcome.ts";
import type { MailSettings } from "./settings.ts";
import { serverName, verify } from "./smtp.ts";

/** Whether digests of a mailbox have an address to go to. Whose it is and which is nobody's business. */
export const mailboxFinding = (mailbox: Pick<Mailbox, "id"> | undefined): Finding =>
  mailbox === undefined
    ? warning("A digest by e-mail has no address.", "Ask for it anew with “digest mail”.")
    : fine(`The address of the mailbox ${mailbox.id} is confirmed.`);

/** Mail as it is looked at from outside: whether the server answers and takes the password. Nothing is sent. */
export function createMailInspection(
  { smtp, from, url }: MailSettings,
  mailbox: (id: string) => Promise<Pick<Mailbox, "id"> | undefined>,
): Inspection {
  return {
    name: MAIL,
    async app() {
      const name = `the server ${serverName(smtp)}`;
      const failed = await verify(smtp).then(
        () => undefined,
        (error: SmtpFailure) => outcomeOf(error, false),
      );
      if (failed !== undefined)
        return {
          found: [
            failure(
              `${name} does not take mail: ${failed.said}.`,
              "Check PAPERBOY_SMTP_URL, the network and a firewall.",
            ),
          ],
          usable: true,
        };
      const password = smtp.user === undefined ? "" : " and takes the password";
      return {
        found: [
          fine(`${name} answers${password}; mails are from ${from.address}.`),
          fine(`the links in mails lead to ${new URL(url).host}.`),
        ],
        usable: true,
      };
    },
    place: async ({ channel }) => mailboxFinding(await mailbox(channel)),
    lead: () => undefined,
  };
}
