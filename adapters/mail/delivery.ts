import type { Delivery } from "../../src/schedule/courier.ts";
import type { Log } from "../../src/log.ts";
import type { Mailbox } from "../../src/mailing/mailbox.ts";
import type { Mailing } from "../../src/mailing/mailing.ts";
import { patience } from "../../src/mailing/requests.ts";
import type { Postman, Posting } from "../platform/postman.ts";
import type { PageOf } from "./drawing/html.ts";
import { digestMessage, messageIdOf } from "./message.ts";
import type { MailSettings } from "./settings.ts";
import type { Handed } from "./smtp.ts";
import { handOver } from "./smtp.ts";
import type { Outages } from "./outages.ts";

/** Mails that are handed over at once; servers that take many ask for patience beyond some ten connections. */
const WIDTH = 4;

/** What bringing mails works with. */
export interface DeliveryParts {
  readonly mailing: Mailing;
  readonly log: Pick<Log, "warn">;
  readonly now: () => Date;
  readonly pageOf: PageOf;
  /** Tells whoever asked for a mailbox, where that was; rejects where that person cannot be told. */
  readonly tellOwner: (mailbox: Mailbox, text: string) => Promise<void>;
  readonly outages: Outages;
}

async function send(
  settings: MailSettings,
  { mailing, pageOf }: DeliveryParts,
  { reply, key, digest }: Posting,
  box: Mailbox,
): Promise<Handed> {
  const leaveLink = mailing.leaveLink(box, digest);
  const message = await digestMessage({ to: box.address, reply, key, leaveLink, pageOf }, settings);
  const begin = (): Promise<boolean> => mailing.begin(key);
  return handOver(settings.smtp, { from: settings.from.address, to: box.address, message, begin });
}

const ENDED =
  "Your paper of the day by e-mail is ended: the mail server refused three in a row for your address. “digest mail” with an address that takes mail sets it up again.";

/** Notes that an address was refused; where that ended its digests, whoever asked for them is told. */
async function noteRefusal({ mailing, log, tellOwner }: DeliveryParts, box: Mailbox): Promise<void> {
  if (!(await mailing.refused(box.id))) return;
  log.warn(`The digests of the mailbox ${box.id} are ended: three in a row were refused`);
  await tellOwner(box, ENDED).catch((error: unknown) => {
    log.warn(`Who asked for the mailbox ${box.id} could not be told`, { error: String(error) });
  });
}

/** What the digests are told of a message that was handed over, or not. */
async function settle(
  settings: MailSettings,
  parts: DeliveryParts,
  {
    posting: { key, since },
    box,
    handed,
  }: { readonly posting: Posting; readonly box: Mailbox; readonly handed: Handed },
): Promise<Delivery> {
  const { mailing, log, now } = parts;
  switch (handed.kind) {
    case "sent":
      await mailing.taken(box.id);
      return { kind: "sent", message: messageIdOf(key, settings) };
    case "unknown":
      log.warn(
        `Whether the mail server took the digest ${key} is not known (${handed.said}); it is not sent again`,
      );
      return { kind: "unknown" };
    case "later":
      await mailing.takeBack(key);
      return { kind: "later", retryAfterMs: patience(since, now()) };
    case "refused":
      await mailing.takeBack(key);
      log.warn(`The mail server refused the digest ${key} for good: ${handed.said}`);
      if (handed.about === "address") await noteRefusal(parts, box);
      return { kind: "refused" };
  }
}

/** Brings digests to addresses. */
export function createPostman(
  settings: MailSettings,
  parts: DeliveryParts,
): Pick<Postman, "deliver" | "find" | "width"> {
  const { mailing, outages } = parts;
  return {
    width: WIDTH,
    async deliver(posting) {
      const box = await mailing.mailbox(posting.place.channel);
      // Its last digest was ended meanwhile.
      if (box === undefined) return { kind: "gone", reason: "place-missing" };
      const handed = await send(settings, parts, posting, box);
      outages.note(handed);
      return settle(settings, parts, { posting, box, handed });
    },
    async find({ key, elsewhere }) {
      // No mail can be looked for in somebody's inbox.
      return elsewhere === true || (await mailing.mayBeTaken(key)) ? "unknown" : undefined;
    },
  };
}
