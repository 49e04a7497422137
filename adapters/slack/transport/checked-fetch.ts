import type { webApi } from "@slack/bolt";
import type { Count } from "../../../src/figures.ts";
import type { Log } from "../../../src/log.ts";
import type { Whereabouts } from "../../platform/impostor.ts";
import { describeAnswer, impostor } from "../../platform/impostor.ts";

/** Slack's Web API (docs.slack.dev/apis/web-api). */
const SLACK = "https://slack.com/api/";

/** Where Slack's Web API is. */
export function slackAt(apiUrl: string | undefined): Whereabouts {
  return {
    name: "Slack",
    address: apiUrl ?? SLACK,
    setting: apiUrl === undefined ? undefined : "SLACK_API_URL",
  };
}

/** What successful answers of methods asked at the start must name besides `ok` (docs.slack.dev/reference/methods). */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  "auth.test": ["user_id", "team_id"],
  "apps.connections.open": ["url"],
};

/** Whether a text is an answer of Slack's Web API to a method: an object that says whether it is `ok`, or else why not. */
function isSlackAnswer(text: string, method: string): boolean {
  try {
    const answer = JSON.parse(text) as Readonly<Record<string, unknown>> | null;
    if (answer?.["ok"] !== true) return answer?.["ok"] === false && typeof answer["error"] === "string";
    return (NAMED[method] ?? []).every((name) => typeof answer[name] === "string");
  } catch {
    return false;
  }
}

/** A fetch that throws an ImpostorError where something else than Slack's Web API answers a call of it. */
export function createCheckedFetch(
  apiUrl: string | undefined,
  { count, log }: { readonly count: Count; readonly log: Pick<Log, "debug"> },
): NonNullable<webApi.WebClientOptions["fetch"]> {
  const slack = slackAt(apiUrl);
  const base = slack.address.endsWith("/") ? slack.address : `${slack.address}/`;
  const tell = (method: string, status: number | "none"): void => {
    count({ kind: "request", service: "slack", status });
    log.debug(`Slack: ${method}`, { status });
  };
  return async (url, init) => {
    const address = String(url);
    if (!address.startsWith(base)) return fetch(url, init);
    const [method = ""] = address.slice(base.length).split("?");
    // Slack redirects no call; the library would call a redirect a failure of the net.
    const response = await fetch(url, { ...init, redirect: "manual" }).catch((error: unknown) => {
      tell(method, "none");
      throw error;
    });
    const { status, statusText, headers } = response;
    tell(method, status);
    if (status >= 300 && status < 400) throw impostor(slack, `a redirect (HTTP ${status})`);
    if (status !== 200) return response;
    const text = await response.text();
    if (!isSlackAnswer(text, method)) throw impostor(slack, `${describeAnswer(text)} (HTTP ${status})`);
    const checked = new Response(text, { status, statusText, headers });
    // The library reads the address of an answer.
    Object.defineProperty(checked, "url", { value: response.url });
    return checked;
  };
}
