import { createHash } from "node:crypto";
import type { Installation } from "@slack/bolt";
import type { Installations } from "../../../src/store/store.ts";
import { UserError } from "../../../src/user-error.ts";
import type { OwnToken } from "../settings.ts";
import type { Tokens } from "./rotation.ts";

const OWN = "slack:own:";

/** Under which the tokens that came of those in the settings are kept: other settings are another pair. */
const idOf = (refreshToken: string): string =>
  `${OWN}${createHash("sha256").update(refreshToken).digest("hex").slice(0, 16)}`;

/** The one token of an app for one workspace, kept fresh where the settings say with what. */
export interface OnlyToken {
  /** The token as it is now. Throws a UserError where it works no more. */
  readonly current: () => Promise<string>;
  /** Slack said that it has expired. False for one that cannot be renewed. */
  readonly expired: () => Promise<boolean>;
}

/** What the settings name, as Bolt would keep it; when it expires they do not say, so that it is renewed at once. */
function firstOf({ botToken, refreshToken }: { botToken: string; refreshToken: string }): string {
  const bot = { token: botToken, refreshToken, expiresAt: 0, scopes: [], id: "", userId: "" };
  const kept: Pick<Installation, "authVersion"> & { bot: typeof bot } = { authVersion: "v2", bot };
  return JSON.stringify(kept);
}

/** Puts down the pair of the settings where it is a new one, and forgets those before. */
async function begin(installations: Installations, id: string, text: string): Promise<void> {
  if ((await installations.find(id)) !== undefined) return;
  const { readable, lost } = await installations.seals();
  for (const other of [...readable, ...lost])
    if (other.startsWith(OWN) && other !== id) await installations.remove(other);
  await installations.save(id, text);
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
  const id = idOf(refreshToken);
  return {
    async current() {
      await begin(installations, id, firstOf({ botToken, refreshToken }));
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
