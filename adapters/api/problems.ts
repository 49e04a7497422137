import type { DataRecord } from "../../src/bot/reply.ts";

/** The statuses of errors, with their names (RFC 9110, 15.5; RFC 6585, 4). */
export const PROBLEMS = {
  400: "Bad Request",
  401: "Unauthorized",
  404: "Not Found",
  405: "Method Not Allowed",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
} as const;
export type ProblemStatus = keyof typeof PROBLEMS;

/** What is wrong with a request; the status alone says of which kind it is. */
export interface Problem {
  readonly status: ProblemStatus;
  /** A sentence for people: what is wrong, and what is allowed. */
  readonly detail: string;
  /** Papers that may have been meant. */
  readonly papers?: readonly DataRecord[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that is refused, thrown where that is found. */
export class Refusal extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** A problem as RFC 9457 has it. Its type is `about:blank`: nothing more is to be read of it than its status says. */
export function problemResponse({ status, detail, papers, headers }: Problem): Response {
  const body = { type: "about:blank", title: PROBLEMS[status], status, detail, ...(papers && { papers }) };
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, "content-type": "application/problem+json", "cache-control": "no-store" },
  });
}
