import { PermissionFlagsBits } from "discord.js";

/** What the bot needs where it is a member of a server, and what for. */
const NEEDED = [
  ["View Channel", PermissionFlagsBits.ViewChannel],
  ["Send Messages", PermissionFlagsBits.SendMessages],
  ["Send Messages in Threads", PermissionFlagsBits.SendMessagesInThreads],
  ["Create Public Threads", PermissionFlagsBits.CreatePublicThreads],
  ["Read Message History", PermissionFlagsBits.ReadMessageHistory],
] as const;

/** The address at which somebody adds the bot to a server, with no more permissions than it needs. */
export function inviteLink(applicationId: string): string {
  const permissions = NEEDED.reduce((bits, [, bit]) => bits | bit, 0n);
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: "bot applications.commands",
    permissions: permissions.toString(),
  });
  return `https://discord.com/oauth2/authorize?${query.toString()}`;
}

/** The permissions needed for an answer that a set of them lacks, by the names of Discord's settings. */
export function missingPermissions(granted: bigint, isThread: boolean): string[] {
  return NEEDED.filter(([name, bit]) => {
    switch (name) {
      case "Create Public Threads":
        // Digests want it; an answer needs no thread of its own.
        return false;
      case "Send Messages":
        return !isThread && (granted & bit) === 0n;
      case "Send Messages in Threads":
        return isThread && (granted & bit) === 0n;
      case "View Channel":
      case "Read Message History":
        return (granted & bit) === 0n;
    }
  }).map(([name]) => name);
}
