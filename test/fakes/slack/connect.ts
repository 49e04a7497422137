import { App, LogLevel, SocketModeReceiver, webApi, type AppOptions } from "@slack/bolt";
import { onTestFinished } from "vitest";
import { createFakeSlack, type FakeSlack, type FakeSlackOptions } from "./index.ts";

/** A fake Slack that closes with the test. */
export async function fakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const slack = await createFakeSlack(options);
  onTestFinished(() => slack.close());
  return slack;
}

/** Slack's Web API client for a fake, without retries. */
export function clientOf(slack: FakeSlack, token = slack.botToken): webApi.WebClient {
  return new webApi.WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: webApi.LogLevel.ERROR,
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

const quiet = { logLevel: LogLevel.ERROR } as const;

/** The real Bolt over Socket Mode; `wire` adds its listeners before it connects. */
export async function overSocket(slack: FakeSlack, wire: (app: App) => void): Promise<App> {
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } };
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    clientPingTimeout: 300,
    installerOptions: { clientOptions },
    ...quiet,
  });
  const app = new App({ token: slack.botToken, receiver, clientOptions, ...quiet });
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
  const app = new App({ ...authorized, signingSecret, clientOptions, ...quiet, ...options });
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
