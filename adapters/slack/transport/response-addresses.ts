import type { App } from "@slack/bolt";
import type { Log } from "../../../src/log.ts";

/** Where Slack takes later answers (docs.slack.dev/interactivity/handling-user-interaction). */
const SLACK = "https://hooks.slack.com";

/** Longer names of hosts than this are cut in the log; names of the net have 253 characters at most (RFC 1035). */
const HOST_LENGTH = 253;

const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);

/** Where later answers may be posted to: Slack, and the server that SLACK_API_URL names, without TLS on this machine alone. */
function allowedOrigins(apiUrl: string | undefined): ReadonlySet<string> {
  if (apiUrl === undefined || !URL.canParse(apiUrl)) return new Set([SLACK]);
  const { host, hostname, origin } = new URL(apiUrl);
  const own = isLoopback(hostname) ? [origin] : [];
  return new Set([SLACK, `https://${host}`, `https://hooks.${host}`, ...own]);
}

/** What keeps an address from being posted to, in words; undefined where nothing does. */
function flawOf(address: unknown, allowed: ReadonlySet<string>): string | undefined {
  if (typeof address !== "string" || !URL.canParse(address)) return "is no web address";
  const { origin, protocol, host, username, password } = new URL(address);
  if (!allowed.has(origin)) return `is at ${protocol}//${host.slice(0, HOST_LENGTH)}`;
  return username === "" && password === "" ? undefined : `has a name or password before ${host}`;
}

/** The parts of what Slack delivers that say where to answer, and what was done; anything may stand in them. */
interface Delivered {
  readonly type?: unknown;
  readonly command?: unknown;
  readonly view?: unknown;
  readonly response_url?: unknown;
  readonly response_urls?: unknown;
}

/** What was done, for the log, and whether its answer goes to a response address. */
function kindOf({ type, command, view }: Delivered): { readonly what: string; readonly needs: boolean } {
  if (command !== undefined) return { what: "A command", needs: true };
  if (type === "message_action") return { what: "A message shortcut", needs: true };
  if (type === "block_actions") return { what: "A press", needs: view === undefined };
  return { what: type === "view_submission" ? "A form" : "A request", needs: false };
}

const addressIn = (entry: unknown): unknown =>
  typeof entry === "object" && entry !== null ? Reflect.get(entry, "response_url") : entry;

function addressesOf({ response_url, response_urls }: Delivered): unknown[] {
  const one = response_url === undefined || response_url === "" ? [] : [response_url];
  const listed: unknown[] = Array.isArray(response_urls) ? response_urls : [];
  return [...one, ...listed.map(addressIn)];
}

/**
 * Takes what would be answered at an address that is not Slack's, or at none though it needs one: it is acknowledged and
 * told in the log, and no listener sees it. Whoever can sign a request must not choose where the app posts.
 */
export function guardResponseAddresses(app: App, apiUrl: string | undefined, log: Pick<Log, "warn">): void {
  const allowed = allowedOrigins(apiUrl);
  app.use(async (args) => {
    const body: Delivered = args.body;
    const addresses = addressesOf(body);
    const { what, needs } = kindOf(body);
    const flaw = addresses.map((address) => flawOf(address, allowed)).find((one) => one !== undefined);
    if (flaw === undefined && (addresses.length > 0 || !needs)) {
      await args.next();
      return;
    }
    if ("ack" in args) await args.ack?.();
    log.warn(
      flaw === undefined
        ? `Slack: ${what} was not answered, for it came without response_url, the address for answers`
        : `Slack: ${what} was not answered, for its response_url ${flaw}; answers go to ${[...allowed].join(", ")} alone`,
    );
  });
}
