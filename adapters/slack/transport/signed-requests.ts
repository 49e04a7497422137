import type { RequestListener } from "node:http";
import type { App, HTTPReceiverOptions } from "@slack/bolt";
import { HTTPReceiver } from "@slack/bolt";
import type { Log } from "../../../src/log.ts";
import { createSignatures, isAhead } from "./signatures.ts";

/** The property of Bolt's context that holds the signature of a request. */
const SIGNED = "paperboySigned";

interface Signed {
  readonly signature: string;
  readonly timestamp: number;
}

/** The signature that Bolt has checked: it leaves out what follows a second “=”. */
function readSigned(headers: Readonly<Record<string, unknown>>): Signed {
  const [, signature = ""] = String(headers["x-slack-signature"]).split("=");
  return { signature, timestamp: Number(headers["x-slack-request-timestamp"]) };
}

/** Refuses requests from the future, since Bolt refuses those from the past alone: they could be sent again for as long. */
function refusingAhead(inner: RequestListener, log: Pick<Log, "warn">): RequestListener {
  return (request, response) => {
    const { timestamp } = readSigned(request.headers);
    if (!isAhead(timestamp, Date.now())) return inner(request, response);
    log.warn(
      "Slack: a request was refused, for its date is more than five minutes ahead of this machine's clock; set the clock if this goes on",
    );
    response.writeHead(401).end();
  };
}

/** Bolt's receiver of signed requests, which takes none from the future. */
export function createSignedReceiver(options: HTTPReceiverOptions, log: Pick<Log, "warn">): HTTPReceiver {
  const receiver = new HTTPReceiver({
    ...options,
    customPropertiesExtractor: ({ headers }) => ({ [SIGNED]: readSigned(headers) }),
  });
  receiver.requestListener = refusingAhead(receiver.requestListener, log);
  return receiver;
}

/** Acknowledges a request that was taken before, and does no more: whoever overheard it can send it again. */
export function ignoreRepeats(app: App): void {
  const isFirst = createSignatures();
  app.use(async (args) => {
    const { signature, timestamp } = args.context[SIGNED] as Signed;
    if (isFirst(signature, timestamp, Date.now())) await args.next();
    else if ("ack" in args) await args.ack?.();
  });
}
