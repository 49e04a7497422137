import type { AppOptions, AuthorizeResult, HTTPReceiverOptions, webApi } from "@slack/bolt";
import { App } from "@slack/bolt";
import type { Store } from "../../../src/store/store.ts";
import { UserError } from "../../../src/user-error.ts";
import { SCOPES } from "../declare.ts";
import type { Identity } from "../identity.ts";
import { createInstallationStore } from "../tokens/installations.ts";
import type { OnlyToken } from "../tokens/own-token.ts";
import type { Tokens } from "../tokens/rotation.ts";
import { guardResponseAddresses } from "./response-addresses.ts";
import type { SlackConnection, SlackSettings } from "../settings.ts";
import { createSignedReceiver, ignoreRepeats } from "./signed-requests.ts";
import type { Socket, SocketParts } from "./socket.ts";
import { createSocket } from "./socket.ts";

/** An app that is not connected yet. */
export interface Transport {
  readonly app: App;
  /** Resolves with where it listens, in words, when Slack can reach it. */
  readonly open: () => Promise<string>;
  /** Whether Slack can reach it at this moment, as far as can be known here. */
  readonly stands: () => boolean;
  readonly close: () => Promise<unknown>;
}

export interface TransportParts extends SocketParts {
  readonly options: webApi.WebClientOptions;
  readonly store: Pick<Store, "installations" | "workspaces">;
  /** Who the bot is; absent where every workspace has a token of its own. */
  readonly identity: Identity | undefined;
  readonly tokens: Tokens;
  readonly onlyToken: OnlyToken | undefined;
}

type Http = Extract<SlackConnection, { kind: "http" }>;

/** What every app is made with: nothing that is checked or kept behind our back. */
function appOptions({ options, identity, onlyToken }: TransportParts): AppOptions {
  const authorize = async (): Promise<AuthorizeResult> => ({
    ...identity,
    ...(onlyToken === undefined ? {} : { botToken: await onlyToken.current() }),
  });
  return {
    clientOptions: options,
    ...(options.logger === undefined ? {} : { logger: options.logger }),
    convoStore: false,
    tokenVerificationEnabled: false,
    ...(identity === undefined ? {} : { authorize }),
  };
}

function createSocketTransport(appToken: string, parts: TransportParts): Transport {
  const socket: Socket = createSocket(appToken, parts.options, parts);
  const app = new App({ ...appOptions(parts), receiver: socket.receiver });
  return {
    app,
    open: async () => {
      await socket.open();
      return "in Socket Mode";
    },
    stands: socket.stands,
    close: socket.close,
  };
}

/** What lets workspaces install the app by themselves. */
function oauthOptions(
  { signingSecret, identity }: Http,
  { apiUrl }: SlackSettings,
  { store, options, tokens }: TransportParts,
): Partial<HTTPReceiverOptions> {
  if (identity.kind === "token") return {};
  const page =
    apiUrl === undefined ? {} : { authorizationUrl: new URL("../oauth/v2/authorize", apiUrl).href };
  return {
    clientId: identity.clientId,
    clientSecret: identity.clientSecret,
    // Signs the state that comes back with the browser; it has to be secret, and the same after a restart.
    stateSecret: signingSecret,
    scopes: SCOPES.map(({ name }) => name),
    installationStore: createInstallationStore(store, tokens),
    installerOptions: { clientOptions: options, directInstall: true, ...page },
  };
}

/** Why the server cannot listen, in words. */
function listenError(error: unknown, { host, port }: Http): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code !== "EADDRINUSE" && code !== "EACCES" && code !== "EADDRNOTAVAIL") return error;
  return new UserError(
    `Slack's requests cannot be awaited at ${host}:${port} (${code}). Set SLACK_PORT to a free port, and SLACK_HOST to an address of this machine.`,
  );
}

function createHttpTransport(http: Http, settings: SlackSettings, parts: TransportParts): Transport {
  const { signingSecret } = http;
  const { logger } = parts.options;
  const logged = logger === undefined ? {} : { logger };
  const receiver = createSignedReceiver(
    { signingSecret, ...logged, ...oauthOptions(http, settings, parts) },
    parts.log,
  );
  const app = new App({ ...appOptions(parts), receiver });
  ignoreRepeats(app);
  let listening = false;
  return {
    app,
    async open() {
      const server = await receiver.start({ port: http.port, host: http.host }).catch((error: unknown) => {
        throw listenError(error, http);
      });
      listening = true;
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : http.port;
      return `at http://${http.host}:${port}/slack/events`;
    },
    stands: () => listening,
    async close() {
      if (!listening) return;
      listening = false;
      await receiver.stop();
    },
  };
}

/** Makes the app that the settings ask for. */
export function createTransport(settings: SlackSettings, parts: TransportParts): Transport {
  const { connection } = settings;
  const transport =
    connection.kind === "socket"
      ? createSocketTransport(connection.appToken, parts)
      : createHttpTransport(connection, settings, parts);
  guardResponseAddresses(transport.app, settings.apiUrl, parts.log);
  return transport;
}
