import type { Client } from "./tokens/renew.ts";

/** The token of an app for one workspace, and with what it is renewed where it expires. */
export interface OwnToken {
  readonly botToken: string;
  readonly rotation?: Client & { readonly refreshToken: string };
}

/** How the app hears from Slack, and as whom it speaks. */
export type SlackConnection =
  /** A connection that the app opens: nothing needs to reach it from outside. For one workspace. */
  | ({ readonly kind: "socket"; readonly appToken: string } & OwnToken)
  /** Signed requests to a server of the app's own. */
  | {
      readonly kind: "http";
      readonly signingSecret: string;
      readonly host: string;
      readonly port: number;
      readonly identity: ({ readonly kind: "token" } & OwnToken) | ({ readonly kind: "oauth" } & Client);
    };

/** What the environment says of Slack. */
export interface SlackSettings {
  readonly connection: SlackConnection;
  /** Another server to talk to than Slack's, such as `http://127.0.0.1:4000/api/`. */
  readonly apiUrl?: string;
  /** Whether links to papers become cards. */
  readonly unfurl: boolean;
}

/** How long things may take, in milliseconds; tests are in more of a hurry. */
export interface Patience {
  /** For a connection to open. */
  readonly connect: number;
  /** Before the second try; it doubles up to a minute. */
  readonly retry: number;
  /** For answering what is under way when the app is stopped. */
  readonly stop: number;
}

/** The one bot token of the app; undefined where every workspace has its own. */
export function ownTokenOf(connection: SlackConnection): OwnToken | undefined {
  if (connection.kind === "socket") return connection;
  return connection.identity.kind === "token" ? connection.identity : undefined;
}
