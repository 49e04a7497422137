import type { RawAnswer } from "./faults.ts";
import { newId, violate, type World } from "./world.ts";

/** The workspace in which a person is asked to install; chosen by `install`, as people do on the page. */
export const WORKSPACE_PARAM = "fake_workspace";
/** Whether the person refuses. */
export const DENY_PARAM = "fake_deny";

/** The page that asks a person to install: goes straight back to the app with a code. */
export function authorizePage(world: World, query: URLSearchParams): RawAnswer {
  const problem = problemOf(world, query);
  if (problem !== undefined) {
    violate(world, `/oauth/v2/authorize: ${problem}`);
    return { status: 400, headers: { "content-type": "text/plain" }, body: problem };
  }
  const back = new URL(query.get("redirect_uri") ?? "");
  const state = query.get("state");
  if (state !== null) back.searchParams.set("state", state);
  if (query.get(DENY_PARAM) === "true") back.searchParams.set("error", "access_denied");
  else back.searchParams.set("code", giveCode(world, query, back));
  return { status: 302, headers: { location: back.toString() }, body: "" };
}

function giveCode(world: World, query: URLSearchParams, back: URL): string {
  const wanted = query.get(WORKSPACE_PARAM);
  const workspace = world.workspaces.find(({ id }) => id === wanted) ?? world.workspaces[0];
  if (workspace === undefined) throw new Error("There is no workspace");
  const code = newId("code.");
  const redirectUri = `${back.origin}${back.pathname}`;
  world.codes.set(code, { workspace, redirectUri, scopes: scopesIn(query), used: false });
  return code;
}

function problemOf(world: World, query: URLSearchParams): string | undefined {
  if (query.get("client_id") !== world.app.clientId) return "invalid_client_id";
  if (scopesIn(query).length === 0) return "no_scopes";
  if ((query.get("state") ?? "") === "") return "state is missing, which protects against forged requests";
  const redirect = query.get("redirect_uri");
  return redirect === null || !URL.canParse(redirect) ? "bad_redirect_uri" : undefined;
}

function scopesIn(query: URLSearchParams): string[] {
  return (query.get("scope") ?? "").split(/[, ]/).filter((scope) => scope !== "");
}
