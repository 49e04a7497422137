import { setTimeout as sleep } from "node:timers/promises";
import type { Stage } from "./courier.ts";
import { callText } from "./exchange.ts";
import { addChannel, addPerson, addWorkspace, type ChannelSettings } from "./places.ts";
import { homeOf } from "./views.ts";
import {
  directChannel,
  type Call,
  type Channel,
  type Message,
  type Person,
  type Unfurl,
  type UploadedFile,
  type View,
  type Workspace,
  type World,
} from "./world.ts";

/** What tests arrange, look at and wait for. */
export interface Helpers {
  /** Another workspace; the app is not installed there unless said. */
  workspace(name: string, settings?: { installed?: boolean }): Workspace;
  channel(name: string, settings?: ChannelSettings & { workspace?: Workspace }): Channel;
  person(name: string, settings?: { workspace?: Workspace; timeZone?: string; isAdmin?: boolean }): Person;
  /** The direct messages of a person with the bot. */
  dm(person: Person): Channel;
  /** What everyone sees in a channel, oldest first. */
  messages(channel: Channel): readonly Message[];
  /** What only one person sees, in one channel or all. */
  ephemerals(person: Person, channel?: Channel): readonly Message[];
  home(person: Person): View | undefined;
  /** The modals that are open. */
  views(): readonly View[];
  unfurls(): readonly Unfurl[];
  /** The files that are shown in a conversation. */
  files(channel: Channel): readonly UploadedFile[];
  /** Resolves with the first call not yet given out by `next` that fits; by method name or a condition. */
  next(wanted: string | ((call: Call) => boolean)): Promise<Call>;
  /** Resolves with the first result that is not undefined; looks again after every change. */
  until<T>(look: () => T | undefined, what: string): Promise<T>;
  /** Resolves once nothing was under way for so long (default 50 ms). */
  idle(quietMs?: number): Promise<void>;
}

/** The helpers of one fake Slack. */
export function helpers(stage: Stage, team: Workspace): Helpers {
  const { world } = stage;
  return { ...arrangements(world, team), ...sights(world), ...waits(stage) };
}

type Arranging = "workspace" | "channel" | "person" | "dm";
type Waiting = "next" | "until" | "idle";

function arrangements(world: World, team: Workspace): Pick<Helpers, Arranging> {
  return {
    workspace: (name, settings) => addWorkspace(world, name, settings?.installed ?? false),
    channel: (name, { workspace = team, ...settings } = {}) => {
      const { id: teamId, botUser } = workspace;
      return addChannel(world, { teamId, botUser }, { name, ...settings });
    },
    person: (name, { workspace = team, ...settings } = {}) => {
      const made = addPerson(world, workspace.id, { name, ...settings });
      const joined = [...world.channels.values()].filter(
        ({ teamId, kind }) => teamId === workspace.id && kind === "public",
      );
      for (const channel of joined) channel.members.add(made.id);
      return made;
    },
    dm: (person) => directChannel(world, person),
  };
}

function sights(world: World): Omit<Helpers, Arranging | Waiting> {
  const there = (): Message[] => world.messages.filter((one) => !one.deleted);
  return {
    messages: (channel) => there().filter((one) => one.channel === channel && one.ephemeralFor === undefined),
    ephemerals: (person, channel) =>
      there().filter(
        (one) => one.ephemeralFor === person.id && (channel === undefined || one.channel === channel),
      ),
    home: (person) => homeOf(world, person.id),
    views: () => [...world.views.values()].filter((view) => view.kind === "modal" && view.open),
    unfurls: () => world.unfurls,
    files: (channel) => world.files.filter((file) => file.channel === channel),
  };
}

function waits(stage: Stage): Pick<Helpers, Waiting> {
  const { world, busy, patienceMs } = stage;
  const given = new Set<Call>();
  const arrived = (): string => `Calls: ${world.calls.map(callText).join(", ") || "none"}.`;
  return {
    next: async (wanted) => {
      const fits = typeof wanted === "string" ? ({ method }: Call) => method === wanted : wanted;
      const look = (): Call | undefined =>
        world.calls.find((call) => !given.has(call) && call.status !== undefined && fits(call));
      const what = typeof wanted === "string" ? `a call of ${wanted}` : "a certain call";
      const call = await world.watch.until(look, { what, patienceMs, arrived });
      given.add(call);
      return call;
    },
    until: (look, what) => world.watch.until(look, { what, patienceMs, arrived }),
    idle: async (quietMs = 50) => {
      let seen = -1;
      while (busy.count > 0 || seen !== world.calls.length) {
        seen = world.calls.length;
        await sleep(quietMs);
      }
    },
  };
}
