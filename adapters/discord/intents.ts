import { ApplicationFlags, GatewayIntentBits } from "discord.js";
import type { Finding } from "../../src/health/finding.ts";
import { failure, fine } from "../../src/health/finding.ts";

/**
 * What the gateway is asked for: servers and their channels, messages, whose texts come where they mention the bot, and
 * reactions, which come without any text.
 */
export const INTENTS: readonly GatewayIntentBits[] = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.DirectMessages,
];

/**
 * Intents that an app must be allowed first, by their names in the developer portal, and the flags that say so: the second
 * for an app in fewer than 100 servers (resources/application, application flags).
 */
const PRIVILEGED: readonly { intent: GatewayIntentBits; name: string; allowed: number }[] = [
  {
    intent: GatewayIntentBits.MessageContent,
    name: "Message Content Intent",
    allowed: ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited,
  },
  {
    intent: GatewayIntentBits.GuildMembers,
    name: "Server Members Intent",
    allowed: ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited,
  },
  {
    intent: GatewayIntentBits.GuildPresences,
    name: "Presence Intent",
    allowed: ApplicationFlags.GatewayPresence | ApplicationFlags.GatewayPresenceLimited,
  },
];

const namesOf = (all: typeof PRIVILEGED): string => all.map(({ name }) => name).join(" and ");

/** Whether an app with these flags is allowed the intents that are asked for. */
export function intentFinding(asked: readonly GatewayIntentBits[], flags: number, page: string): Finding {
  const missing = PRIVILEGED.filter(
    ({ intent, allowed }) => asked.includes(intent) && (flags & allowed) === 0,
  );
  const unused = PRIVILEGED.filter(
    ({ intent, allowed }) => !asked.includes(intent) && (flags & allowed) !== 0,
  );
  if (missing.length > 0)
    return failure(
      `The app is not allowed the ${namesOf(missing)}, which Paperboy asks for; the gateway refuses it.`,
      `Open ${page}, Bot, Privileged Gateway Intents, and switch it on.`,
    );
  const used = PRIVILEGED.filter(({ intent }) => asked.includes(intent));
  const words =
    used.length === 0 ? "Paperboy asks for no privileged intent" : `The app is allowed the ${namesOf(used)}`;
  return fine(
    unused.length === 0
      ? `${words}.`
      : `${words}; the app is allowed the ${namesOf(unused)}, which it does not need: you may switch that off.`,
  );
}
