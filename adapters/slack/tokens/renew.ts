import { webApi } from "@slack/bolt";

/** The app's id and secret, from the page Basic Information. */
export interface Client {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A new pair of tokens, and for how many seconds the first works. */
interface Fresh {
  readonly token: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
}

/** Asks for a new pair with a refresh token, which works once. */
export type Renew = (refreshToken: string) => Promise<Fresh>;

/** What Slack says of a refresh token that works no more (reference/methods/oauth.v2.access, errors). */
const REFUSED = new Set(["invalid_refresh_token", "invalid_grant_type", "token_revoked", "token_expired"]);

/** Whether Slack does not take a refresh token, and never will again. */
export const isRefused = (error: unknown): boolean =>
  error instanceof webApi.WebAPIPlatformError && REFUSED.has(error.data.error);

/** Renews tokens as docs.slack.dev/authentication/using-token-rotation says. A lost answer is not asked for again: it would be refused. */
export function createRenew({ clientId, clientSecret }: Client, options: webApi.WebClientOptions): Renew {
  const client = new webApi.WebClient(undefined, { ...options, retryConfig: { retries: 0 } });
  return async (refreshToken) => {
    const said = await client.oauth.v2.access({
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: "refresh_token",
      refresh_token: refreshToken,
    });
    const { access_token: token, refresh_token: next, expires_in: expiresIn } = said;
    if (token === undefined || next === undefined || expiresIn === undefined)
      throw new Error("Slack's answer to a refresh token names no new tokens");
    return { token, refreshToken: next, expiresIn };
  };
}
