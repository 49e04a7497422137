import { App, LogLevel, SocketModeReceiver, webApi, type AppOptions, type Logger } from "@slack/bolt";
import { onTestFinished } from "vitest";
import { createFakeSlack, type FakeSlack, type FakeSlackOptions } from "./index.ts";

/** A fake Slack that closes with the test. */
export async function fakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const slack = await createFakeSlack(options);
  onTestFinished(() => slack.close());
  return slack;
}

/** Tests look at what happened; the SDK's log of provoked errors would only fill the screen. */
const silent: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

/** Slack's Web API client for a fake, without retries. */
export function clientOf(slack: FakeSlack, token = slack.botToken): webApi.WebClient {
  return new webApi.WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
  });
}

/** The code of the error that a call meets; fails where it is let through. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof webApi.WebAPIPlatformError) return error.data.error;
    throw error;
  }
  throw new Error("The call was let through.");
}

/** The real Bolt over Socket Mode; `wire` adds its listeners before it connects. */
export async function overSocket(slack: FakeSlack, wire: (app: App) => void): Promise<App> {
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } };
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    clientPingTimeout: 300,
    installerOptions: { clientOptions },
    logger: silent,
  });
  const app = new App({ token: slack.botToken, receiver, clientOptions, logger: silent });
  wire(app);
  onTestFinished(async () => {
    await app.stop();
  });
  await app.start();
  return app;
}

/** The real Bolt over HTTP, and the origin it listens at; the fake delivers there. */
export async function overHttp(
  slack: FakeSlack,
  wire: (app: App) => void,
  options: Partial<AppOptions> = {},
): Promise<{ app: App; origin: string }> {
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } };
  const { signingSecret } = slack;
  const authorized = options.clientId === undefined ? { token: slack.botToken } : {};
  const app = new App({ ...authorized, signingSecret, clientOptions, logger: silent, ...options });
  wire(app);
  onTestFinished(async () => {
    await app.stop();
  });
  const server = await app.start({ port: 0, host: "127.0.0.1" });
  const address = server.address();
  if (address === null || typeof address !== "object") throw new Error("Bolt has no address");
  const origin = `http://127.0.0.1:${address.port}`;
  slack.serveAt(`${origin}/slack/events`);
  return { app, origin };
}

/** Calls `chat.postMessage` as the bot. */
export function post(
  slack: FakeSlack,
  args: Record<string, unknown>,
  token?: string,
): Promise<webApi.WebAPICallResult> {
  return clientOf(slack, token).apiCall("chat.postMessage", args);
}
