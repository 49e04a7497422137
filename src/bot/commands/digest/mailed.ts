import type { MailedDigest } from "../../../mailing/mailing.ts";
import type { Person } from "../../../mailing/mailbox.ts";
import { UserError } from "../../../user-error.ts";
import type { Caller, Services } from "../../command.ts";

/** Who calls, as a person who has addresses. */
export const personOf = ({ platform, user, workspace }: Caller): Person => ({
  platform,
  user,
  ...(workspace === undefined ? {} : { workspace }),
});

/** A digest that comes to the caller by e-mail, and its number there: `m1`, `m2`. */
export interface NumberedMail extends MailedDigest {
  readonly number: string;
}

/** The digests that come to the caller by e-mail. None where it is not known who calls, or others read the answer. */
export async function mailedTo({ caller, mailing }: Services): Promise<readonly NumberedMail[]> {
  if (mailing === undefined || caller.passing === true || caller.overheard === true) return [];
  const all = await (await mailing()).digestsOf(personOf(caller));
  return all
    .toSorted((a, b) => a.subscription.createdAt.getTime() - b.subscription.createdAt.getTime())
    .map((one, i) => ({ ...one, number: `m${i + 1}` }));
}

/** Mail, for somebody who may have digests sent. Throws a UserError that says what is missing. */
export function mailingFor({ caller, mailing }: Services): NonNullable<Services["mailing"]> {
  if (mailing === undefined)
    throw new UserError(
      "Digests by e-mail are not set up here. Whoever runs Paperboy sets PAPERBOY_SMTP_URL, PAPERBOY_MAIL_FROM, PAPERBOY_WEB_PORT and PAPERBOY_WEB_URL; docs/mail.md says how.",
    );
  if (caller.passing === true)
    throw new UserError("Who asks is not known here. Ask in Discord or Slack, or at a command line.");
  if (caller.overheard === true)
    throw new UserError(
      "Everybody would read your address here. Type /paper digest mail, whose answer you alone see, or write to me directly.",
    );
  return mailing;
}
