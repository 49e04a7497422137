import type { Installation, InstallationQuery, InstallationStore } from "@slack/bolt";
import type { Installations } from "../../src/store/store.ts";

/** The id of an installation among those of all platforms, by Slack's id of the workspace or organisation. */
export const installationId = (id: string): string => `slack:${id}`;

/** An installation is of an organisation or of one workspace. */
function idOf({ isEnterpriseInstall, enterpriseId, teamId }: InstallationQuery<boolean>): string {
  const id = isEnterpriseInstall ? enterpriseId : teamId;
  if (id === undefined) throw new Error("Slack named neither a workspace nor an organisation");
  return installationId(id);
}

/** Bolt's store of installations in ours. */
export function createInstallationStore(installations: Installations): InstallationStore {
  return {
    async storeInstallation(installation) {
      const { isEnterpriseInstall = false, enterprise, team } = installation;
      const id = idOf({ isEnterpriseInstall, enterpriseId: enterprise?.id, teamId: team?.id });
      await installations.save(id, JSON.stringify(installation));
    },
    async fetchInstallation(query) {
      const text = await installations.find(idOf(query));
      if (text === undefined) throw new Error(`Paperboy is not installed in ${idOf(query)}`);
      return JSON.parse(text) as Installation;
    },
    deleteInstallation: (query) => installations.remove(idOf(query)),
  };
}

/** The bot token of a workspace; undefined where the app is not installed there. */
export async function botTokenIn(installations: Installations, team: string): Promise<string | undefined> {
  const text = await installations.find(installationId(team));
  return text === undefined ? undefined : (JSON.parse(text) as Installation).bot?.token;
}
