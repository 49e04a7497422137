import { parseAddress } from "../../src/mailing/address.ts";
import { UserError } from "../../src/user-error.ts";

/** The server that takes mail. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise the connection is made safe with STARTTLS where the server offers that. */
  readonly secure: boolean;
  readonly user?: string;
  readonly password?: string;
}

/** Whom mails are from. */
interface Sender {
  readonly name: string;
  readonly address: string;
}

/** What sending mail needs. */
export interface MailSettings {
  readonly smtp: SmtpSettings;
  readonly from: Sender;
  /** The public address of the web pages, to which the links in mails lead. */
  readonly url: string;
}

/** The settings as they are made; what is not set is absent. */
interface Made {
  readonly smtpUrl: string | undefined;
  readonly from: string | undefined;
  readonly webPort: string | undefined;
  readonly webUrl: string | undefined;
}

/** RFC 8314, 3.3, and RFC 6409, 3.1. */
const PORTS = { "smtps:": 465, "smtp:": 587 } as const;

function readSmtp(text: string): SmtpSettings {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const { protocol = "", hostname = "", port = "", username = "", password = "", pathname = "" } = url ?? {};
  const known = protocol === "smtp:" || protocol === "smtps:";
  const plain = url?.search === "" && url.hash === "" && /^\/?$/.test(pathname);
  // What was typed may hold a password, and is not repeated.
  if (!known || hostname === "" || !plain || (username === "") !== (password === ""))
    throw new UserError(
      "PAPERBOY_SMTP_URL must be smtps://USER:PASSWORD@HOST (TLS, port 465) or smtp://USER:PASSWORD@HOST:PORT (STARTTLS, port 587 unless named), without user and password where the server asks for none. Signs such as @ and / in a password are written as %40 and %2F.",
    );
  const credentials = { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? PORTS[protocol] : Number(port),
    secure: protocol === "smtps:",
    ...(username === "" ? {} : credentials),
  };
}

function readSender(text: string): Sender {
  const [, name = "", bracketed] = /^([^<>]*)<([^<>]+)>$/.exec(text) ?? [];
  try {
    const shown = name
      .trim()
      .replace(/^"(.*)"$/, "$1")
      .replace(/\p{Cc}/gu, "");
    return { name: shown === "" ? "Paperboy" : shown, address: parseAddress(bracketed ?? text) };
  } catch {
    throw new UserError(
      `PAPERBOY_MAIL_FROM is “${text}”; it must be an address that this server may send from, such as Paperboy <paperboy@example.org>.`,
    );
  }
}

/**
 * Reads the settings of mail; undefined where PAPERBOY_SMTP_URL is not set. A UserError names what is missing beside it: the
 * links in mails lead to the web pages, which must be reached from outside.
 */
export function readMail({ smtpUrl, from, webPort, webUrl }: Made): MailSettings | undefined {
  if (smtpUrl === undefined) return undefined;
  const smtp = readSmtp(smtpUrl);
  const missing = [
    ...(from === undefined ? ["PAPERBOY_MAIL_FROM"] : []),
    ...(webPort === undefined ? ["PAPERBOY_WEB_PORT"] : []),
    ...(webUrl === undefined ? ["PAPERBOY_WEB_URL"] : []),
  ];
  if (from === undefined || webPort === undefined || webUrl === undefined)
    throw new UserError(
      `PAPERBOY_SMTP_URL is set, but ${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not: mails say whom they are from, and their links lead to the web pages at their public address. docs/mail.md says how to set mail up.`,
    );
  return { smtp, from: readSender(from), url: webUrl };
}
