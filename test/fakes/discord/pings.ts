import { displayTexts } from "./checks/components.ts";
import { isRecord, stringsOf, type Json } from "./json.ts";
import { botMay } from "./permissions.ts";
import type { Channel, Message, Pings, World } from "./world.ts";

/** What decides whom a new message notifies. */
export interface Mentioning {
  readonly channel: Channel;
  readonly content: string;
  readonly components: readonly Json[];
  /** `allowed_mentions` as given; undefined lets Discord's default count. */
  readonly allowed: unknown;
  /** Whether it came through a channel (default: users, roles and everyone) or an interaction (users only). */
  readonly through: "channel" | "interaction";
  readonly repliesTo: Message | undefined;
}

/**
 * Whom a message of the bot notifies: resources/message#allowed-mentions-object. Embeds never ping. Mentions inside
 * code, behind a backslash and in ephemeral messages are counted too: stricter than Discord, so that nothing hides.
 */
export function pingsOf(world: World, mentioning: Mentioning): Pings {
  const { channel, allowed, repliesTo } = mentioning;
  const said = [mentioning.content, ...displayTexts(mentioning.components)].join("\n");
  const given = isRecord(allowed) ? allowed : undefined;
  const parse = given === undefined ? defaultParse(mentioning.through) : stringsOf(given["parse"]);
  const users = mentioned(said, /<@!?(\d{17,19})>/g).filter(
    (id) => world.users.has(id) && (parse.includes("users") || stringsOf(given?.["users"]).includes(id)),
  );
  const answered = given === undefined ? true : given["replied_user"] === true;
  if (repliesTo !== undefined && answered) users.push(repliesTo.author.id);
  const mayAll = botMay(channel, "MentionEveryone");
  const roles = mentioned(said, /<@&(\d{17,19})>/g).filter((id) => {
    const role = channel.guild?.roles.find((one) => one.id === id);
    const wanted = parse.includes("roles") || stringsOf(given?.["roles"]).includes(id);
    return role !== undefined && wanted && (role.mentionable || mayAll);
  });
  const everyone = parse.includes("everyone") && mayAll && /@(everyone|here)/.test(said);
  return { users: [...new Set(users)], roles: [...new Set(roles)], everyone };
}

/** The ids in `<@id>` and `<@!id>`, for what people say. */
export function mentionedUsers(content: string): string[] {
  return mentioned(content, /<@!?(\d{17,19})>/g);
}

function mentioned(said: string, pattern: RegExp): string[] {
  return [...said.matchAll(pattern)].map((match) => match[1] ?? "");
}

function defaultParse(through: "channel" | "interaction"): string[] {
  return through === "channel" ? ["users", "roles", "everyone"] : ["users"];
}
