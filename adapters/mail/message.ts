import type { Reply } from "../../src/bot/reply.ts";
import { plainText } from "../platform/plain-text.ts";
import type { Footer, PageOf } from "./drawing/html.ts";
import { drawHtml, drawLetter } from "./drawing/html.ts";
import { drawLetterText, drawText } from "./drawing/text.ts";
import type { MailSettings } from "./settings.ts";

/** Longer subjects are cut in every list of mails; a line that is folded stays far below 998 octets (RFC 5322, 2.1.1). */
const SUBJECT = 180;

/** A digest to send. */
export interface MailedEdition {
  readonly to: string;
  readonly reply: Reply;
  /** The key of the ledger: subscription and local date. */
  readonly key: string;
  /** What ends it. */
  readonly leaveLink: string;
  readonly pageOf: PageOf;
}

/** A header that stays in one line: programs read addresses by the line. */
const asWritten = (value: string) => ({ prepared: true, foldLines: false, value });

/** What is sent, before it is a message. */
interface Contents {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId?: string;
  readonly headers?: Readonly<Record<string, string | ReturnType<typeof asWritten>>>;
}

const domainOf = ({ from: { address } }: MailSettings): string => address.slice(address.lastIndexOf("@") + 1);

/** The id of a message: the key of the ledger, so that the same digest has the same one whenever it is sent. */
export const messageIdOf = (key: string, settings: MailSettings): string =>
  `<${key.replace(/[^\w-]/g, ".")}@${domainOf(settings)}>`;

/** `Paper of the day: TITLE`; what else is said where there is no paper. */
function subjectOf({ cards, summary }: Reply): string {
  const heading = cards.find((card) => card.heading !== undefined)?.heading;
  const title = heading?.map(({ text }) => text).join("");
  return plainText(title === undefined ? summary : `Paper of the day: ${title}`, SUBJECT);
}

/** A text that looks like an encoded word is taken for one, unless it is encoded itself (RFC 2047); nodemailer leaves it. */
const LOOKS_ENCODED = /=\?/;

/** Octets of an encoded word at most (RFC 2047, 2). */
const WORD = 52;

/** A message as it goes over the wire. nodemailer encodes and folds headers (RFC 2047), and makes both parts. */
async function compose(
  { from }: MailSettings,
  { headers = {}, subject, ...contents }: Contents,
): Promise<Buffer> {
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const { encodeWord } = await import("nodemailer/lib/mime-funcs");
  const encoded = LOOKS_ENCODED.test(subject)
    ? { prepared: true, value: encodeWord(subject, "B", WORD) }
    : subject;
  const mail = new MailComposer({
    from,
    ...contents,
    // Nobody's holiday answers this (RFC 3834, 5).
    headers: { "Auto-Submitted": "auto-generated", Subject: encoded, ...headers },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return mail.compile().build();
}

/** A digest as a message. */
export function digestMessage(
  { to, reply, key, leaveLink, pageOf }: MailedEdition,
  settings: MailSettings,
): Promise<Buffer> {
  const subject = subjectOf(reply);
  const footer: Footer = {
    text: "You get this since somebody who reads this address has confirmed it to Paperboy.",
    link: { label: "Stop this digest", url: leaveLink },
  };
  const parts = { pageOf, footer };
  return compose(settings, {
    to,
    subject,
    text: drawText(reply.cards, parts),
    html: drawHtml(subject, reply.cards, parts),
    messageId: messageIdOf(key, settings),
    headers: {
      "List-Id": `Paper of the day <paper-of-the-day.${domainOf(settings)}>`,
      // One press in the mail program ends it (RFC 8058).
      "List-Unsubscribe": asWritten(`<${leaveLink}>`),
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    },
  });
}

/** The letter that asks whoever reads an address. It holds no word of whoever asked: nobody can send words of theirs with it. */
export function confirmMessage(to: string, link: string, settings: MailSettings): Promise<Buffer> {
  const subject = "Confirm your paper of the day";
  const words = [
    `Somebody asked Paperboy at ${new URL(settings.url).host} to send a paper of the day to this address.`,
    "If that was you, open the page below and confirm it there, within a week. It says what would come, and when.",
  ];
  const after = "If it was not you, there is nothing to do: nothing more comes.";
  return compose(settings, {
    to,
    subject,
    text: drawLetterText(words, link, after),
    html: drawLetter(subject, { words, button: { label: "Look and confirm", url: link }, after }),
  });
}
