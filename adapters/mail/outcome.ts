import type { Posted } from "../../src/mailing/letters.ts";

/** What nodemailer tells of a failure (nodemailer.com/errors). */
export interface SmtpFailure {
  readonly code?: string | undefined;
  /** The command that was answered so: `MAIL FROM`, `RCPT TO`, `DATA`, `AUTH PLAIN`, `CONN`. */
  readonly command?: string | undefined;
  readonly response?: string | false | undefined;
  readonly responseCode?: number | undefined;
  readonly message?: string | undefined;
}

/** A failed delivery; `operator` where it is for whoever runs the program to mend. */
export type Failed = Exclude<Posted, { kind: "sent" }> & { readonly operator?: true };

/**
 * What a server said, without its words: they may name the address. The codes are those of RFC 5321 and RFC 3463, or what the
 * machine says of a connection: `550 5.1.1`, `ECONNREFUSED`.
 */
function saidBy({ code, response, responseCode, message = "" }: SmtpFailure): string {
  if (responseCode === undefined) return /\bE[A-Z]{3,}\b/.exec(message)?.[0] ?? code ?? "no answer";
  const [, status = ""] = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response || "") ?? [];
  return `${responseCode} ${status}`.trim();
}

/** Statuses of RFC 3463 that are about rules of the server or the way there, and not about the address: X.3 to X.7, but X.4. */
const NOT_OF_ADDRESS = /^\d{3} 5\.[3567]\./;

/**
 * What became of a message that failed. `handed` says whether its text was handed over: without an answer nobody knows then
 * whether it was taken, since a server may have taken it just before the connection broke (RFC 1047).
 */
export function outcomeOf(failure: SmtpFailure, handed: boolean): Failed {
  const said = saidBy(failure);
  const { responseCode, command = "CONN" } = failure;
  if (responseCode === undefined)
    return handed ? { kind: "unknown", said } : { kind: "later", said, operator: true };
  const isFinal = responseCode >= 500;
  if (command === "RCPT TO" && isFinal)
    return { kind: "refused", about: NOT_OF_ADDRESS.test(said) ? "other" : "address", said };
  if (command === "DATA" && isFinal) return { kind: "refused", about: "other", said };
  if (command === "RCPT TO" || command === "DATA") return { kind: "later", said };
  return { kind: "later", said: `${said} to ${command}`, operator: true };
}
