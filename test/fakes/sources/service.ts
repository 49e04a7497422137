import { once } from "node:events";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";
import type { TestClock } from "./clock.ts";

/** A failure ordered by a test for the next request. */
type Fault =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** Default a page of HTML. */
      readonly body?: string;
    }
  /** A proxy's page in HTML, with status 200. */
  | { readonly kind: "html" }
  /** Half of the right body, as if that were all. */
  | { readonly kind: "short" }
  /** Half of the right body, then the connection breaks. */
  | { readonly kind: "cut" }
  /** The connection breaks without an answer. */
  | { readonly kind: "drop" }
  /** Never answers. */
  | { readonly kind: "hang" }
  /** The right body letter by letter, without an end; `drop` is called after some letters. */
  | { readonly kind: "drip"; readonly drop: () => void }
  /** A body that never ends. */
  | { readonly kind: "endless" }
  /** 64 MB of spaces, packed into a few kilobytes. */
  | { readonly kind: "packed" }
  /** The right body, but its letters in Latin-1 although UTF-8 is declared. */
  | { readonly kind: "latin1" }
  | { readonly kind: "redirect"; readonly to: string };

/** A request as it came in. */
export interface FakeRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly method: string;
  /** Of a POST; empty for others. */
  readonly body: string;
  /** Milliseconds by the clock. */
  readonly at: number;
}

/** An answer in full. */
export interface FakeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A running fake. */
export interface FakeService {
  /** Origin on loopback. */
  readonly url: string;
  readonly requests: readonly FakeRequest[];
  /** What the service's rules forbid and was done all the same. */
  readonly violations: readonly string[];
  /** Orders a failure for the next requests (default one). */
  readonly failNext: (fault: Fault, times?: number) => void;
  /** Resolves when a request arrives. */
  readonly nextRequest: () => Promise<FakeRequest>;
}

/** What a service is made of: its rules, which answer or let pass, and its answers. */
export interface ServiceParts {
  readonly clock: Pick<TestClock, "now">;
  /** Told what ends the service (default: it ends with the test). */
  readonly atEnd?: ((close: () => void) => unknown) | undefined;
  /** Judges a request before anything else; `open` counts the requests under way, this one among them. */
  readonly guard: (
    request: FakeRequest,
    open: number,
    violate: (what: string) => void,
  ) => FakeAnswer | undefined;
  readonly answer: (request: FakeRequest, violate: (what: string) => void) => FakeAnswer;
  /** A request has been answered. */
  readonly done?: () => void;
}

const HTML_PAGE =
  "<!DOCTYPE html><html><head><title>503 Backend fetch failed</title></head><body><h1>Guru Meditation</h1></body></html>";

async function sendEndlessly(response: ServerResponse, headers: FakeAnswer["headers"]): Promise<void> {
  response.writeHead(200, headers);
  const chunk = Buffer.alloc(64 * 1024, " ");
  const gone = once(response, "close");
  while (!response.destroyed) {
    if (response.write(chunk)) continue;
    await Promise.race([once(response, "drain"), gone]);
  }
}

/** The headers and the first letters, one after the other; the rest never comes. */
async function sendDrops(response: ServerResponse, right: FakeAnswer, drop: () => void): Promise<void> {
  response.writeHead(200, right.headers);
  for (const letter of right.body.slice(0, 5)) {
    await new Promise<void>((resolve) => void response.write(letter, () => resolve()));
  }
  drop();
}

function sendFault(fault: Fault, response: ServerResponse, right: () => FakeAnswer): void {
  switch (fault.kind) {
    case "status":
      response
        .writeHead(fault.status, { "content-type": "text/html", ...fault.headers })
        .end(fault.body ?? HTML_PAGE);
      return;
    case "html":
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(HTML_PAGE);
      return;
    case "short": {
      const { headers, body } = right();
      response.writeHead(200, headers).end(body.slice(0, body.length / 2));
      return;
    }
    case "cut": {
      const { headers, body } = right();
      response.writeHead(200, { ...headers, "content-length": Buffer.byteLength(body) });
      response.write(body.slice(0, body.length / 2), () => response.destroy());
      return;
    }
    case "drop":
      response.destroy();
      return;
    case "hang":
      return;
    case "drip":
      void sendDrops(response, right(), fault.drop);
      return;
    case "endless":
      void sendEndlessly(response, right().headers);
      return;
    case "packed": {
      const body = gzipSync(Buffer.alloc(64 * 1024 * 1024, " "));
      response.writeHead(200, { ...right().headers, "content-encoding": "gzip" }).end(body);
      return;
    }
    case "latin1": {
      const { headers, body } = right();
      response.writeHead(200, headers).end(Buffer.from(body, "latin1"));
      return;
    }
    case "redirect":
      response.writeHead(302, { location: fault.to }).end();
      return;
  }
}

/** What services expect of who asks politely: reading alone, one connection, and an address to write to in `mailto`. */
export function checkManners(
  { method, query }: Pick<FakeRequest, "method" | "query">,
  open: number,
  violate: (what: string) => void,
): void {
  if (method !== "GET") violate(`a request with ${method}`);
  if (open > 1) violate("more than one connection at once");
  if (!/^[^@]+@[^@]+\.[a-z]+$/.test(query.get("mailto") ?? "")) violate("no mailto");
}

/** Starts a fake on loopback. */
export async function startService(parts: ServiceParts): Promise<FakeService> {
  const requests: FakeRequest[] = [];
  const violations: string[] = [];
  const faults: Fault[] = [];
  const waiting: ((request: FakeRequest) => void)[] = [];
  const violate = (what: string): void => void violations.push(what);
  let open = 0;

  const serve = (incoming: IncomingMessage, response: ServerResponse, body: string): void => {
    const url = new URL(incoming.url ?? "/", "http://fake.invalid");
    const { headers, method = "GET" } = incoming;
    const asked = { path: url.pathname, query: url.searchParams, headers, method, body };
    const request = { ...asked, at: parts.clock.now().getTime() };
    requests.push(request);
    for (const tell of waiting.splice(0)) tell(request);
    open++;
    let under = true;
    const end = (): void => {
      if (!under) return;
      under = false;
      open--;
      parts.done?.();
    };
    // Sent, or broken off by either side.
    response.once("finish", end).once("close", end);
    if (!/^Paperboy\/\S+ \(\+\S.*\)$/.test(headers["user-agent"] ?? ""))
      violate("no User-Agent with a contact");
    const refused = parts.guard(request, open, violate);
    const fault = refused === undefined ? faults.shift() : undefined;
    if (fault !== undefined) {
      sendFault(fault, response, () => parts.answer(request, violate));
      return;
    }
    const { status, headers: sent, body: text } = refused ?? parts.answer(request, violate);
    response.writeHead(status, sent).end(text);
  };

  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => void chunks.push(chunk));
    incoming.on("end", () => serve(incoming, response, Buffer.concat(chunks).toString()));
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { atEnd = onTestFinished } = parts;
  atEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    violations,
    failNext: (fault, times = 1) => void faults.push(...Array.from({ length: times }, () => fault)),
    nextRequest: () => new Promise((resolve) => void waiting.push(resolve)),
  };
}
