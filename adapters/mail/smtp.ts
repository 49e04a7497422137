import { Readable } from "node:stream";
import type { SmtpSettings } from "./settings.ts";
import type { Failed, SmtpFailure } from "./outcome.ts";
import { outcomeOf } from "./outcome.ts";

/**
 * How long a server may take, in milliseconds: to be connected to, to greet, to answer (RFC 5321, 4.5.3.2, allows minutes,
 * which only a broken one takes), and for all of it. A claim on a digest holds for five minutes.
 */
const TIMES = { connecting: 10_000, greeting: 15_000, answering: 90_000, whole: 240_000 } as const;

/** A message on its way. */
export interface Handover {
  readonly from: string;
  readonly to: string;
  /** The whole message, as RFC 5322 has it. */
  readonly message: Buffer;
  /** Called before the first byte of it leaves; false where it must not leave. */
  readonly begin: () => Promise<boolean>;
}

/** How it went. */
export type Handed = { readonly kind: "sent" } | Failed;

/** The name and port of a server, as people write them. */
export const serverName = ({ host, port }: SmtpSettings): string => `${host}:${port}`;

const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d+){3}|::1)$/i.test(host);

/** nodemailer takes 0.1 s to load, and is loaded where mail is set up alone. */
async function openConnection({ host, port, secure, user }: SmtpSettings) {
  const { default: SMTPConnection } = await import("nodemailer/lib/smtp-connection");
  return new SMTPConnection({
    host,
    port,
    secure,
    // A password is sent over a connection that nobody else reads.
    requireTLS: !secure && user !== undefined && !isLoopback(host),
    connectionTimeout: TIMES.connecting,
    dnsTimeout: TIMES.connecting,
    greetingTimeout: TIMES.greeting,
    socketTimeout: TIMES.answering,
  });
}

type Connection = Awaited<ReturnType<typeof openConnection>>;

/** Connects and signs in; rejects with what nodemailer says. */
function signIn(connection: Connection, { user, password }: SmtpSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error | null): void => (error ? reject(error) : resolve());
    connection.once("error", reject);
    connection.once("end", () => reject(new Error("the connection was closed")));
    connection.connect((error) => {
      if (error || user === undefined) return settle(error);
      connection.login({ user, pass: password }, settle);
    });
  });
}

/** Sends over a connection that stands; rejects with what nodemailer says. */
function sendOver(connection: Connection, { from, to }: Handover, text: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once("error", reject);
    connection.once("end", () => reject(new Error("the connection was closed")));
    connection.send({ from, to: [to] }, text, (error) => (error ? reject(error) : resolve()));
  });
}

/** Does work over a connection, which it ends; rejects where it takes too long. */
async function over<T>(smtp: SmtpSettings, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await openConnection(smtp);
  // Errors after the last answer change nothing.
  connection.on("error", () => undefined);
  let late: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    late = setTimeout(() => reject(Object.assign(new Error(), { code: "ETIMEDOUT" })), TIMES.whole);
  });
  try {
    await Promise.race([signIn(connection, smtp), tooLate]);
    const result = await Promise.race([work(connection), tooLate]);
    connection.quit();
    return result;
  } catch (error) {
    connection.close();
    throw error;
  } finally {
    clearTimeout(late);
  }
}

/** Whether the server answers and takes the password; rejects with a failure of nodemailer's otherwise. */
export const verify = (smtp: SmtpSettings): Promise<void> => over(smtp, () => Promise.resolve());

/** Hands a message over. Never rejects for what a server does; rejects with what `begin` rejects with. */
export async function handOver(smtp: SmtpSettings, handover: Handover): Promise<Handed> {
  let handed = false;
  let mayLeave = true;
  const broken: unknown[] = [];
  const text = Readable.from(
    (async function* () {
      // Asked for once the server wants the text.
      mayLeave = await handover.begin().catch((error: unknown) => {
        broken.push(error);
        return false;
      });
      if (!mayLeave) throw new Error("the message is not sent");
      handed = true;
      yield handover.message;
    })(),
  );
  try {
    await over(smtp, (connection) => sendOver(connection, handover, text));
    return { kind: "sent" };
  } catch (error) {
    if (broken.length > 0) throw broken[0];
    if (!mayLeave) return { kind: "unknown", said: "handed over before" };
    return outcomeOf(error as SmtpFailure, handed);
  }
}
