import { createHmac } from "node:crypto";
import { textOf, type Json } from "./json.ts";
import { failed, type Envelope, type Receipt, type Transport } from "./transport.ts";
import { violate, type World } from "./world.ts";

/** Delivers by signed HTTP requests to the app's request URL: authentication/verifying-requests-from-slack. */
export function createRequests(world: World, requestUrl: string): Transport {
  return {
    deliver: async (envelope, deadlineMs) => {
      const began = performance.now();
      const after = (): number => Math.round(performance.now() - began);
      const { body, contentType } = bodyOf(envelope);
      const headers = headersOf(world, envelope, { body, contentType });
      const sent = envelope.forgery?.tampered === true ? `${body}&tampered=1` : body;
      try {
        const signal = AbortSignal.timeout(deadlineMs);
        const response = await fetch(requestUrl, {
          method: "POST",
          headers,
          body: sent,
          signal,
          redirect: "manual",
        });
        const said = await response.text();
        return receiptOf(world, envelope, { response, said, afterMs: after() });
      } catch (error) {
        const late = error instanceof Error && error.name === "TimeoutError";
        return failed(late ? "timeout" : "connection_failed", after());
      }
    },
  };
}

function bodyOf({ kind, payload }: Envelope): { body: string; contentType: string } {
  const form = "application/x-www-form-urlencoded";
  switch (kind) {
    case "events_api":
      return { body: JSON.stringify(payload), contentType: "application/json" };
    case "interactive":
      return {
        body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
        contentType: form,
      };
    case "slash_commands": {
      const fields = Object.entries(payload).map(([key, value]) => [key, textOf(value)] as const);
      return { body: new URLSearchParams(Object.fromEntries(fields)).toString(), contentType: form };
    }
  }
}

function headersOf(
  world: World,
  { forgery = {}, retry }: Envelope,
  { body, contentType }: { body: string; contentType: string },
): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000) - (forgery.ageSeconds ?? 0));
  const secret = forgery.secret ?? world.app.signingSecret;
  const hash = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return {
    "content-type": contentType,
    accept: "application/json,*/*",
    "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    ...(forgery.unsigned === true
      ? {}
      : { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${hash}` }),
    ...(retry === undefined
      ? {}
      : { "x-slack-retry-num": String(retry.attempt), "x-slack-retry-reason": httpReason(retry.reason) }),
  };
}

function httpReason(reason: string): string {
  return reason === "timeout" ? "http_timeout" : reason;
}

interface Answered {
  readonly response: Response;
  readonly said: string;
  readonly afterMs: number;
}

function receiptOf(world: World, envelope: Envelope, { response, said, afterMs }: Answered): Receipt {
  const { status, headers, ok } = response;
  const forged = envelope.forgery !== undefined;
  if (forged && ok) violate(world, `${envelope.label}: a request that Slack did not sign was let in`);
  if (!ok) return { ...failed("http_error", afterMs, status), headers, body: bodySaid(said) };
  return { acknowledged: true, afterMs, body: bodySaid(said), status, headers, failure: undefined };
}

function bodySaid(said: string): unknown {
  if (said.trim() === "") return undefined;
  try {
    return JSON.parse(said) as Json;
  } catch {
    return said;
  }
}
