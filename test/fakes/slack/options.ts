import type { PostAllowance } from "./posts.ts";

/** How a fake Slack is set up; every setting may be left out. */
export interface FakeSlackOptions {
  /** Bot scopes that were granted (default all that the fake's methods need). */
  readonly scopes?: readonly string[];
  /** Whether the first workspace has the app already (default true). */
  readonly installed?: boolean;
  /** Turns token rotation on: bot tokens live so many seconds, 43,200 at Slack. */
  readonly tokenLife?: number;
  /** Domains whose links the app is told of (default `arxiv.org`). */
  readonly unfurlDomains?: readonly string[];
  readonly signingSecret?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Delivers over HTTP to this address from the start; else `serveAt` does, or Socket Mode is used. */
  readonly requestUrl?: string;
  /** Where its response_urls lead (default to the fake itself); empty to leave them out. */
  readonly responseOrigin?: string;
  /** Milliseconds within which deliveries must be acknowledged (default 3000, as Slack). */
  readonly deadlineMs?: number;
  /** Milliseconds that helpers wait for what a test awaits (default 5000). */
  readonly patienceMs?: number;
  /** Limits posts per channel; `true` for one a second after three at once. Default no limit. */
  readonly postLimit?: true | PostAllowance;
}
