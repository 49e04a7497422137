import { domainToASCII } from "node:url";
import { UserError } from "../user-error.ts";

/** RFC 5321, 4.5.3.1: octets of what stands before the @, and of the whole (a path has two more). */
const LOCAL = 64;
const WHOLE = 254;

/** Dot-atoms of RFC 5322, 3.2.3: what every mail server takes. Quoted forms and other letters are in no use to speak of. */
const LOCAL_PART = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const HOST = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/;

/**
 * Reads one e-mail address, also as programs write it: `<me@example.org>`, `mailto:me@example.org`. Its domain is in small
 * letters, and in ASCII. Throws a UserError for anything else.
 */
export function parseAddress(typed: string): string {
  const text = typed
    .trim()
    // Slack writes addresses as links: <mailto:me@example.org|me@example.org>.
    .replace(/^<(.*)>$/, "$1")
    .replace(/^mailto:/i, "")
    .replace(/\|.*$/, "");
  const at = text.lastIndexOf("@");
  const [local, domain] = [text.slice(0, Math.max(at, 0)), domainToASCII(text.slice(at + 1))];
  const address = `${local}@${domain}`;
  const fits = local.length <= LOCAL && address.length <= WHOLE;
  if (fits && LOCAL_PART.test(local) && HOST.test(domain) && !/^[\d.]+$/.test(domain)) return address;
  throw new UserError(
    `“${typed.trim()}” is no e-mail address that mail can be sent to. Write one such as me@example.org.`,
  );
}

/** One text for all spellings that lead into one inbox, for limits: capitals, and what stands behind a plus sign, tell none apart. */
export function inboxOf(address: string): string {
  return address.toLowerCase().replace(/\+[^@]*@/, "@");
}
