import type { webApi } from "@slack/bolt";
import type { Finding } from "../../../src/health/finding.ts";
import { failure, fine, warning } from "../../../src/health/finding.ts";
import type { Installations, Seals } from "../../../src/store/store.ts";
import { UserError } from "../../../src/user-error.ts";
import { SCOPES } from "../declare.ts";
import { checkToken } from "../identity.ts";
import { lostTokens, workspacesOf } from "../tokens/installations.ts";
import { isDeadToken, isExpiredToken } from "../transport/start-errors.ts";
import { RENEWED_BY_BOT } from "./place.ts";

/** Workspaces that are asked about at most, and at once. */
const ASKED = 20;
const WIDTH = 4;

/** What workspaces that installed the app are looked at with. */
export interface WorkspaceParts {
  readonly installations: Installations;
  readonly tokenFor: (server: string) => Promise<string | undefined>;
  readonly unfurl: boolean;
  readonly options: webApi.WebClientOptions;
}

/** What is said of a token that works; `lacks` are scopes that it can do without. */
export function scopesFinding(words: string, lacks: readonly string[]): Finding {
  if (lacks.length === 0) return fine(`${words}, with all scopes that are needed.`);
  const whys = SCOPES.filter(({ name }) => lacks.includes(name)).map(({ name, why }) => `${name} (${why})`);
  return warning(
    `${words}, without ${whys.join(" and ")}.`,
    "Add what you want under OAuth & Permissions, Bot Token Scopes, and install the app again; docs/slack.md says how.",
  );
}

async function workspaceFinding(
  server: string,
  { tokenFor, unfurl, options }: WorkspaceParts,
): Promise<Finding> {
  const again = "Install Paperboy there again, at /slack/install; docs/slack.md says how.";
  try {
    const token = await tokenFor(server);
    if (token === undefined) return failure(`The workspace ${server} has no token.`, again);
    const { teamName, lacks } = await checkToken(token, unfurl, options);
    return scopesFinding(`The token of the workspace ${teamName} is accepted`, lacks);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (isExpiredToken(cause))
      return warning(`The token of the workspace ${server} is not accepted.`, RENEWED_BY_BOT);
    if (isDeadToken(cause)) return failure(`The token of the workspace ${server} is not accepted.`, again);
    if (error instanceof UserError) return failure(`The workspace ${server}: ${error.message}`, again);
    throw error;
  }
}

/** How the tokens are kept. */
function keepingFindings(seals: Seals): readonly Finding[] {
  const lost = lostTokens(seals);
  if (lost !== undefined) return [failure(lost.what, lost.todo)];
  return seals.clear === 0
    ? []
    : [
        warning(
          `The tokens of ${seals.clear === 1 ? "one workspace" : `${seals.clear} workspaces`} stand unsealed in the database.`,
          "The next start seals them. Remove copies and backups that were made before; docs/security.md says more.",
        ),
      ];
}

/** Whether the token of each workspace that installed the app works. Rejects where Slack cannot be asked. */
export async function workspaceFindings(parts: WorkspaceParts): Promise<readonly Finding[]> {
  const seals = await parts.installations.seals();
  const servers = workspacesOf(seals.readable);
  const found: Finding[] = [...keepingFindings(seals)];
  const asked = servers.slice(0, ASKED);
  for (let i = 0; i < asked.length; i += WIDTH)
    found.push(
      ...(await Promise.all(asked.slice(i, i + WIDTH).map((server) => workspaceFinding(server, parts)))),
    );
  if (servers.length > ASKED)
    found.push(fine(`${servers.length - ASKED} more workspaces have a token; they were not asked about.`));
  return found.length > 0 ? found : [fine("No workspace has installed Paperboy yet, at /slack/install.")];
}
