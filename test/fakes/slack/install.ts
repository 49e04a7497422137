import { DENY_PARAM, WORKSPACE_PARAM } from "./authorize.ts";
import type { Workspace } from "./world.ts";

/** How a person installs the app. */
export interface Installing {
  /** The origin of the app: `http://127.0.0.1:3000`. */
  readonly app: string;
  /** Where (default the first workspace). */
  readonly workspace?: Workspace;
  /** Default `/slack/install` and `/slack/oauth_redirect`. */
  readonly paths?: { readonly install: string; readonly redirect: string };
  /** The person refuses. */
  readonly deny?: boolean;
  /** The browser loses its cookies on the way: a forged request. */
  readonly withoutCookies?: boolean;
  /** The code of an earlier installation, used again. */
  readonly code?: string;
}

/** What the person saw at last. */
export interface Installed {
  readonly status: number;
  readonly text: string;
  /** Where the last page wants the browser to go, if anywhere. */
  readonly location: string | undefined;
  readonly code: string | undefined;
  /** The scopes the app asked for. */
  readonly scopes: readonly string[];
}

/** Plays the browser of a person who installs the app: authentication/installing-with-oauth. */
export async function install(origin: string, installing: Installing): Promise<Installed> {
  const paths = installing.paths ?? { install: "/slack/install", redirect: "/slack/oauth_redirect" };
  const first = await fetch(`${installing.app}${paths.install}`, { redirect: "manual" });
  const page = await first.text();
  const target = first.headers.get("location") ?? linkIn(page, origin);
  if (target === undefined) return seen(first, page, { code: undefined, scopes: [] });
  const cookies = first.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  const authorize = new URL(target);
  const scopes = (authorize.searchParams.get("scope") ?? "").split(",");
  if (!authorize.searchParams.has("redirect_uri")) {
    // Where the app names none, Slack takes the one from its settings.
    authorize.searchParams.set("redirect_uri", `${installing.app}${paths.redirect}`);
  }
  if (installing.workspace !== undefined)
    authorize.searchParams.set(WORKSPACE_PARAM, installing.workspace.id);
  if (installing.deny === true) authorize.searchParams.set(DENY_PARAM, "true");
  const asked = await fetch(authorize, { redirect: "manual" });
  const back = asked.headers.get("location");
  if (back === null) return seen(asked, await asked.text(), { code: undefined, scopes });
  const callback = new URL(back);
  if (installing.code !== undefined) callback.searchParams.set("code", installing.code);
  const headers = installing.withoutCookies === true ? undefined : { cookie: cookies.join("; ") };
  const last = await fetch(callback, { redirect: "manual", ...(headers === undefined ? {} : { headers }) });
  const code = callback.searchParams.get("code") ?? undefined;
  return seen(last, await last.text(), { code, scopes });
}

function linkIn(page: string, origin: string): string | undefined {
  const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, url = ""]) => url.replaceAll("&amp;", "&"));
  return links.find((url) => url.startsWith(`${origin}/oauth/v2/authorize`));
}

function seen(response: Response, text: string, known: Pick<Installed, "code" | "scopes">): Installed {
  return { ...known, status: response.status, text, location: response.headers.get("location") ?? undefined };
}
