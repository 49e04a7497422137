import { createHash } from "node:crypto";
import type { Installation } from "@slack/bolt";
import type { Installations } from "../../../src/store/store.ts";
import { UserError } from "../../../src/user-error.ts";
import type { OwnToken } from "../settings.ts";
import type { Client } from "./renew.ts";
import type { Tokens } from "./rotation.ts";

/** Where the tokens of an app for one workspace are kept: each app has its own. */
const idOf = ({ clientId }: Client): string => `slack:own:${clientId}`;

/** By which it is known whether what is kept came of the pair in the settings, without holding that. */
const seedOf = (refreshToken: string): string =>
  createHash("sha256").update(refreshToken).digest("hex").slice(0, 16);

/** The one token of an app for one workspace, kept fresh where the settings say with what. */
export interface OnlyToken {
  /** The token as it is now. Throws a UserError where it works no more. */
  readonly current: () => Promise<string>;
  /** Slack said that it has expired. False for one that cannot be renewed. */
  readonly expired: () => Promise<boolean>;
}

/** What is kept: an installation as Bolt has it, and what it came of. */
interface KeptOwn {
  readonly seed: string;
  readonly authVersion: "v2";
  readonly bot: NonNullable<Installation["bot"]>;
}

/** What the settings name. When it expires they do not say, so that it is renewed at once. */
function firstOf(botToken: string, refreshToken: string): KeptOwn {
  const bot = { token: botToken, refreshToken, expiresAt: 0, scopes: [], id: "", userId: "" };
  return { seed: seedOf(refreshToken), authVersion: "v2", bot };
}

/** Puts down the pair of the settings in the place of one that came of another pair. */
async function begin(installations: Installations, id: string, first: KeptOwn): Promise<void> {
  const kept = await installations.find(id);
  if (kept !== undefined && (JSON.parse(kept) as KeptOwn).seed === first.seed) return;
  await installations.save(id, JSON.stringify(first));
}

interface OnlyTokenParts {
  readonly installations: Installations;
  readonly tokens: Tokens;
  /** Called when the token works no more. */
  readonly fail: (error: Error) => void;
}

/** The token of the settings, and those that come of it. */
export function createOnlyToken(
  { botToken, rotation }: OwnToken,
  { installations, tokens, fail }: OnlyTokenParts,
): OnlyToken {
  if (rotation === undefined)
    return { current: () => Promise.resolve(botToken), expired: () => Promise.resolve(false) };
  const { refreshToken } = rotation;
  const id = idOf(rotation);
  // Once a process: one that still runs with the pair before follows what another one has put down since.
  let begun = false;
  return {
    async current() {
      if (!begun) await begin(installations, id, firstOf(botToken, refreshToken));
      begun = true;
      const token = (await tokens.find(id))?.bot?.token;
      if (token !== undefined) return token;
      const error = new UserError(
        "Slack no longer takes SLACK_REFRESH_TOKEN, nor what came of it. Open https://api.slack.com/apps, your app, OAuth & Permissions, install it again, and put both the Bot User OAuth Token (xoxe.xoxb-…) and the Bot Refresh Token (xoxe-…) into .env.",
      );
      fail(error);
      throw error;
    },
    expired: () => tokens.expired(id),
  };
}
