import type { Logger } from "@slack/bolt";
import { LogLevel, RespondError, webApi } from "@slack/bolt";
import type { Log } from "../../src/log.ts";

/** Tokens (docs.slack.dev/authentication/tokens), and the addresses with which anybody can answer in the app's name. */
const SECRETS = [/\bx(?:ox[a-z]|app)[-.][\w.-]+/g, /(\/(?:actions|commands|app)\/)[\w/]+/g] as const;

/** A text without tokens. */
function withoutSecrets(text: string): string {
  return text.replace(SECRETS[0], "xox…").replace(SECRETS[1], "$1…");
}

/** An error as it may be logged: what Slack said, without tokens, headers and bodies. */
export function loggable(error: unknown): unknown {
  if (!(error instanceof Error)) return withoutSecrets(String(error));
  const { name, message, stack = "" } = error;
  const facts = {
    ...(error instanceof webApi.WebAPIPlatformError ? { slack: error.data.error } : {}),
    ...(error instanceof webApi.WebAPIHTTPError ? { status: error.statusCode } : {}),
    ...(error instanceof RespondError ? { status: error.statusCode } : {}),
    ...(error.cause instanceof Error ? { cause: withoutSecrets(String(error.cause)) } : {}),
  };
  return { name, message: withoutSecrets(message), ...facts, stack: withoutSecrets(stack) };
}

function line(parts: readonly unknown[]): string {
  return withoutSecrets(parts.map((part) => (part instanceof Error ? part.message : String(part))).join(" "));
}

/**
 * Bolt's log in ours. Its information and debugging would tell what people write; they are left out, and so is all while it
 * is `quiet`, for what is tried again is told once and not with each try.
 */
export function createBoltLogger(log: Pick<Log, "warn">, quiet: () => boolean = () => false): Logger {
  const warn = (...parts: readonly unknown[]): void => {
    if (!quiet()) log.warn(`Slack: ${line(parts)}`);
  };
  return {
    debug: () => undefined,
    info: () => undefined,
    warn,
    error: warn,
    getLevel: () => LogLevel.WARN,
    setLevel: () => undefined,
    setName: () => undefined,
  };
}
