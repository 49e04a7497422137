import { forecastWords } from "../../../digest/choice/forecast-words.ts";
import type { Plan } from "../../../digest/subscription.ts";
import { DEFAULT_PLAN, MOST_DIGESTS } from "../../../digest/subscription.ts";
import { parseAddress } from "../../../mailing/address.ts";
import { UserError } from "../../../user-error.ts";
import type { Services } from "../../command.ts";
import { defineCommand } from "../../command.ts";
import { requiredText } from "../../options.ts";
import { answer, textCard } from "../../reply.ts";
import { mailedTo, mailingFor, personOf } from "./mailed.ts";
import { changePlanBy, planOptions, planWords } from "./plan.ts";

/** The time zone of a digest by e-mail: as said, or as the server has it. Throws a UserError that asks for it. */
async function zoneFor(
  { caller, digests }: Services,
  said: string | undefined,
  address: string,
): Promise<string> {
  const known = said ?? (caller.place && (await (await digests()).zoneOf(caller.place)));
  if (known !== undefined) return known;
  throw new UserError(
    `In which time zone are you? Say it, such as: digest mail ${address} zone:Europe/Berlin.`,
  );
}

/** Refuses what the caller has already, and more than one address may have. */
async function refuseMore(services: Services, address: string, plan: Plan): Promise<void> {
  const own = (await mailedTo(services)).filter((one) => one.address === address);
  const same = own.find(({ subscription }) => planWords(subscription.plan) === planWords(plan));
  if (same !== undefined)
    throw new UserError(
      `This digest goes to ${address} already: it is number ${same.number} in “digest list”.`,
    );
  if (own.length >= MOST_DIGESTS)
    throw new UserError(
      `${MOST_DIGESTS} digests go to ${address}, which is the most. “digest stop” ends one.`,
    );
}

const SENT = {
  sent: "A letter with a link was sent to ADDRESS. Nothing comes before somebody who reads it has opened the link and confirmed, which can be done once, within a week.",
  waiting:
    "The mail server does not take mail just now: a letter with a link goes to ADDRESS later, as long as Paperboy runs. Nothing comes before somebody who reads it has opened the link and confirmed.",
} as const;

const { delivery: _inOneMail, ...mailOptions } = planOptions;

/** Asks for a digest by e-mail. */
export const digestMail = defineCommand({
  name: "digest mail",
  description: "Have a paper of the day sent to your e-mail address",
  namesOptions: true,
  changes: true,
  options: {
    address: requiredText({
      description: "Your e-mail address; a link that is sent there confirms it",
      brief: "Your e-mail address",
      missing: "To which address? Write it, such as: digest mail me@example.org zone:Europe/Berlin",
      takesLine: true,
      maxLength: 300,
    }),
    ...mailOptions,
    topics: { ...mailOptions.topics, takesLine: false },
  },
  examples: [
    { line: "digest mail me@example.org zone:Europe/Berlin", does: "every weekday at 9:00, of all papers" },
    {
      line: 'digest mail me@example.org topics:"diffusion, -survey" days:mon,thu',
      does: "twice a week, of one topic",
    },
  ],
  notes: [
    "Nothing comes before the address is confirmed by the link that is sent there. “digest list” shows your digests by e-mail to you alone, numbered m1, m2; digest edit m1, digest pause m1 and digest stop m1 change them, and so does the link in each mail.",
  ],
  async run({ address: typed, ...said }, services) {
    const mailing = mailingFor(services);
    if (/\S\s+\S/.test(typed))
      throw new UserError(
        `“${typed}” is more than an address. Topics are named, such as: digest mail me@example.org topics:"diffusion, -survey".`,
      );
    const address = parseAddress(typed);
    const { caller } = services;
    const zone = await zoneFor(services, said.zone, address);
    // All of a mail is one message.
    const plan = changePlanBy(DEFAULT_PLAN, { ...said, zone, delivery: "channel" }, services.now());
    await refuseMore(services, address, plan);
    const forecast = await (await services.digests()).forecast(plan);
    const origin = caller.place === undefined ? {} : { origin: caller.place };
    const state = await (await mailing()).ask({ person: personOf(caller), ...origin }, address, plan);
    const summary = SENT[state].replace("ADDRESS", address);
    return answer({
      summary,
      cards: [textCard(summary, `Then it comes ${planWords(plan)}.`, ...forecastWords(forecast))],
    });
  },
});
