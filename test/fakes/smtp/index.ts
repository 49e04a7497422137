import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import type { ParsedMail } from "mailparser";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { onTestFinished } from "vitest";

/** Where a server answers otherwise than with “yes”: to the connection, to a command, or after the text of a message. */
type Step = "connect" | "from" | "to" | "text";

/** An answer of SMTP, such as `550 5.1.1 no such user`; `drop` breaks the connection off without one; `lost` does so after it has taken the message. */
type Answer = `${number} ${string}` | "drop" | "lost";

/** A real SMTP server on loopback, and what it has taken. */
export interface FakeSmtp {
  readonly port: number;
  /** Messages that were taken, in their order, read by another library than the one that wrote them. */
  readonly mails: () => Promise<readonly ParsedMail[]>;
  /** The same as they went over the wire. */
  readonly raw: readonly Buffer[];
  /** Whom messages were for that were taken. */
  readonly recipients: readonly string[];
  /** How often the text of a message began to come. */
  readonly begun: () => number;
  /** Answers so from now on; without an answer, as a server that takes everything. */
  readonly set: (step: Step, answer: Answer | undefined) => void;
}

interface Login {
  readonly user: string;
  readonly password: string;
}

/** A server that takes all mail, with a login or without; it closes with the test. */
export async function openSmtp(login?: Login): Promise<FakeSmtp> {
  const answers = new Map<Step, Answer>();
  const raw: Buffer[] = [];
  const recipients: string[] = [];
  let begun = 0;
  const sockets = new Set<Socket>();
  const breakOff = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const answer = (step: Step, done: (error?: Error | null) => void): void => {
    const said = answers.get(step);
    if (said === "drop" || said === "lost") return breakOff();
    if (said === undefined) return done();
    const [code = "", ...words] = said.split(" ");
    done(Object.assign(new Error(words.join(" ")), { responseCode: Number(code) }));
  };
  const server = new SMTPServer({
    authOptional: login === undefined,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    onAuth({ username, password }, _session, done) {
      const known = username === login?.user && password === login?.password;
      if (known) done(null, { user: username });
      else done(new Error("5.7.8 wrong user or password"));
    },
    onConnect: (_session, done) => answer("connect", done),
    onMailFrom: (_address, _session, done) => answer("from", done),
    onRcptTo: (_address, _session, done) => answer("to", done),
    onData(stream, { envelope }, done) {
      begun++;
      const take = (text: Buffer): void => {
        raw.push(text);
        recipients.push(...envelope.rcptTo.map(({ address }) => address));
      };
      // A stream that breaks off has an error, and its text counts for nothing.
      void buffer(stream).then(
        (text) => {
          if (answers.get("text") === "lost") take(text);
          answer("text", (error) => {
            if (!error) take(text);
            done(error ?? null);
          });
        },
        () => undefined,
      );
    },
  });
  // Connections that a test breaks off.
  server.on("error", () => undefined);
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  onTestFinished(() => {
    breakOff();
    server.close();
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    mails: () => Promise.all(raw.map((text) => simpleParser(text))),
    raw,
    recipients,
    begun: () => begun,
    set: (step, said) => void (said === undefined ? answers.delete(step) : answers.set(step, said)),
  };
}
