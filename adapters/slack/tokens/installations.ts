import type { Installation, InstallationQuery, InstallationStore } from "@slack/bolt";
import type { Deed } from "../../../src/store/kept/audit.ts";
import type { Installations, Seals, Store } from "../../../src/store/store.ts";
import type { Tokens } from "./rotation.ts";

/** The id of an installation among those of all platforms, by Slack's id of the workspace or organisation. */
export const installationId = (id: string): string => `slack:${id}`;

/** That the app was removed, which Slack does not tell by whom. */
export const removedBySlack = (id: string, detail: string): Deed => ({
  platform: "slack",
  server: id.slice(installationId("").length),
  by: "Slack",
  action: "uninstall",
  subject: id,
  detail,
});

/** An installation is of an organisation or of one workspace. */
function idOf({ isEnterpriseInstall, enterpriseId, teamId }: InstallationQuery<boolean>): string {
  const id = isEnterpriseInstall ? enterpriseId : teamId;
  if (id === undefined) throw new Error("Slack named neither a workspace nor an organisation");
  return installationId(id);
}

/** An installation without what Bolt would renew its tokens with: two events at once would each use up the same one. */
function withoutRefresh(installation: Installation): Installation {
  if (installation.bot === undefined) return installation;
  const { refreshToken: _refresh, expiresAt: _expires, ...bot } = installation.bot;
  return { ...installation, bot };
}

/** Bolt's store of installations in ours; their tokens are kept fresh here, and not by Bolt. */
export function createInstallationStore(
  { installations, workspaces }: Pick<Store, "installations" | "workspaces">,
  tokens: Tokens,
): InstallationStore {
  return {
    async storeInstallation(installation) {
      const { isEnterpriseInstall = false, enterprise, team } = installation;
      const id = idOf({ isEnterpriseInstall, enterpriseId: enterprise?.id, teamId: team?.id });
      const server = team?.id ?? enterprise?.id;
      await installations.save(id, JSON.stringify(installation), {
        platform: "slack",
        ...(server === undefined ? {} : { server }),
        by: installation.user.id,
        action: "install",
        subject: id,
        detail: "",
      });
      if (server !== undefined) await workspaces.back({ platform: "slack", server });
    },
    async fetchInstallation(query) {
      const found = await tokens.find(idOf(query));
      if (found === undefined)
        throw new Error(
          `Paperboy has no token for ${idOf(query)}: it is not installed there, or cannot read it`,
        );
      return withoutRefresh(found);
    },
    deleteInstallation: (query) => installations.remove(idOf(query), removedBySlack(idOf(query), "")),
  };
}

const PREFIX = installationId("");

/** The workspaces among installations, by Slack's ids; an app for one workspace keeps its own token beside them. */
export const workspacesOf = (ids: readonly string[]): readonly string[] =>
  ids
    .filter((id) => id.startsWith(PREFIX))
    .map((id) => id.slice(PREFIX.length))
    .filter((id) => !id.includes(":"));

/** What is wrong with how tokens are kept, and what to do about it; undefined where all can be read and sealed. */
export function lostTokens({
  lost,
  trouble,
}: Seals): { readonly what: string; readonly todo: string } | undefined {
  const ids = workspacesOf(lost);
  if (ids.length > 0) {
    const whose = ids.length === 1 ? "one workspace" : `${ids.length} workspaces`;
    const why = trouble === undefined ? "" : ` ${trouble}`;
    return {
      what: `The tokens of ${whose} (${ids.join(", ")}) were sealed with a key that is not here, so that nobody there is answered.${why}`,
      todo: "Put the key file of then back, set PAPERBOY_SECRET or PAPERBOY_SECRET_BEFORE to the passphrase of then and start again, or install Paperboy anew there at /slack/install; all else goes on.",
    };
  }
  return trouble === undefined
    ? undefined
    : { what: "The tokens of workspaces cannot be sealed.", todo: trouble };
}

/** What the operator is told of workspaces whose tokens cannot be read or sealed; undefined where all can. */
export async function lostWords(installations: Installations): Promise<string | undefined> {
  const seals = await installations.seals();
  const found = lostTokens(seals);
  if (found !== undefined) return `${found.what} ${found.todo}`;
  return seals.clear > 0 ? "The tokens of workspaces cannot be sealed." : undefined;
}
