import type { Workspaces } from "../../../src/store/kept/people.ts";
import type { Servers } from "../../discord/discord.ts";
import type { Log } from "../../../src/log.ts";
import { MESSAGE_LIFE_MS } from "../../../src/memory/channel-memory.ts";
import type { Store } from "../../../src/store/store.ts";
import { createTroubles } from "../../../src/troubles.ts";
import { UNDO_MS } from "../../../src/reading/removals.ts";
import { now } from "../surroundings.ts";
import { HOUR_MS, startRhythm } from "./schedule.ts";

/** How long what is kept of a workspace stays after it removed the app: who removed it by mistake has it back. */
const DEPARTED_DAYS = 30;
const DEPARTED_MS = DEPARTED_DAYS * 24 * HOUR_MS;

/** Removes what is kept for a time, now and each day; what it gives ends that. */
export function startForgetting(
  {
    audit,
    mail,
    postings,
    removals,
    workspaces,
  }: Pick<Store, "audit" | "mail" | "postings" | "removals" | "workspaces">,
  log: Log,
): () => Promise<void> {
  const troubles = createTroubles();
  const forget = async (): Promise<void> => {
    try {
      await audit.forgetOld();
      await removals.forgetBefore(new Date(now().getTime() - UNDO_MS));
      await mail.forgetOld();
      await postings.forgetBefore(new Date(now().getTime() - MESSAGE_LIFE_MS));
      for (const one of await workspaces.departed()) {
        if (now().getTime() - one.leftAt.getTime() < DEPARTED_MS) continue;
        const count = await workspaces.forget(one);
        log.info(
          `Forgot ${one.platform}:${one.server}, which removed the app ${DEPARTED_DAYS} days ago or earlier: ${count} rows`,
        );
      }
    } catch (error) {
      troubles.begins("forgetting", () =>
        log.warn("What is kept for a time could not be removed; it is tried again each day", { error }),
      );
    }
  };
  void forget();
  return startRhythm({ every: 24 * HOUR_MS }, forget);
}

/** Notes which servers of Discord removed the app, also while it did not run, and which have it again. */
export function noteServers(workspaces: Workspaces): Servers {
  const platform = "discord";
  const left = (server: string): Promise<void> => workspaces.left({ platform, server });
  const joined = (server: string): Promise<void> => workspaces.back({ platform, server });
  return {
    left,
    joined,
    async members(servers) {
      const there = new Set(servers);
      for (const one of await workspaces.departed())
        if (one.platform === platform && there.has(one.server)) await joined(one.server);
      for (const server of await workspaces.known(platform)) if (!there.has(server)) await left(server);
    },
  };
}
