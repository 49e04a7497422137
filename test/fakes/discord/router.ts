import type { Check } from "./checks/shape.ts";
import type { Json } from "./json.ts";
import type { World } from "./world.ts";

/** A file of a multipart request. */
export interface UploadedFile {
  /** Its field in the form, `files[0]`. */
  readonly field: string;
  readonly name: string;
  readonly bytes: number;
  readonly content: Buffer;
}

/** What a route handler sees of a request that was let through. */
export interface Context {
  readonly world: World;
  readonly query: URLSearchParams;
  readonly files: readonly UploadedFile[];
  /** A part of the path by its name in the template. */
  param(name: string): string;
  /** The body once it passed the check and Discord's own description of it; throws 50035 where it did not. */
  body(check: Check): Json;
  /** The same for a body that is a list. */
  bodyList(check: Check): Json[];
}

/** A successful answer; no body means no content-type either. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** One route: `GET /channels/:channel`; the bot's token is demanded unless `open`. */
export interface Route {
  readonly method: string;
  readonly template: string;
  readonly open: boolean;
  readonly handle: (context: Context) => Answer;
}

/** A route for requests with the bot's token. */
export function route(named: string, handle: Route["handle"]): Route {
  const [method = "", template = ""] = named.split(" ");
  return { method, template, open: false, handle };
}

/** A route whose secret is in its path: interaction tokens. */
export function openRoute(named: string, handle: Route["handle"]): Route {
  return { ...route(named, handle), open: true };
}

/** A route found, with the parts of the path. */
export interface Matched {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a decoded path; literal parts win over named ones. */
export function createRouter(
  routes: readonly Route[],
): (method: string, path: string) => Matched | undefined {
  const compiled = routes
    .map((one) => ({
      route: one,
      pattern: new RegExp(`^${one.template.replace(/:(\w+)/g, "(?<$1>[^/]+)")}$`),
    }))
    .toSorted((a, b) => literals(b.route.template) - literals(a.route.template));
  return (method, path) => {
    for (const { route: candidate, pattern } of compiled) {
      const match = candidate.method === method ? pattern.exec(path) : null;
      if (match !== null) return { route: candidate, params: { ...match.groups } };
    }
    return undefined;
  };
}

function literals(template: string): number {
  return template.split("/").filter((part) => part !== "" && !part.startsWith(":")).length;
}
