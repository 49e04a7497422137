import { zoneNames } from "../schedule/slots/zone-names.ts";
import { lazily } from "../lazily.ts";
import type { Log } from "../log.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import type { NameIndex } from "../search/names/name-index.ts";
import type { Command } from "./command.ts";
import type { CompletedBy } from "./options.ts";

/** What somebody may be typing, written out. */
interface Completion {
  /** As people read it. */
  readonly label: string;
  /** What the option is then given. */
  readonly value: string;
}

/** Text that somebody is typing into an option of a command. */
interface Typing {
  readonly command: string;
  readonly option: string;
  readonly text: string;
}

/** Completes what somebody is typing by what the option takes; at most `limit`, the best first. Never rejects. */
export type Complete = (typing: Typing, limit: number) => Promise<readonly Completion[]>;

const same = (name: string): Completion => ({ label: name, value: name });

/** The organisations of all papers, by how many papers each has. */
async function organisationIndex(index: PaperIndex): Promise<NameIndex> {
  const all = await index.organisations();
  const { createNameIndex } = await import("../search/names/name-index.ts");
  return createNameIndex(all.map(({ name, handles, papers }) => ({ name, also: handles, count: papers })));
}

/** Titles; of `one; two` the last. What is chosen is the paper's id, which names it exactly. */
async function completeTitles(index: PaperIndex, typed: string, limit: number): Promise<Completion[]> {
  const [, before = "", last = ""] = /^(.*;\s*-?)?([^;]*)$/s.exec(typed) ?? [];
  const found = await index.suggest(last.trim(), limit);
  return found.map(({ id, title }) => ({ label: before + title, value: before + id }));
}

/** Completes one option's text, by what it takes. What that is made from is kept until a paper changes. */
function createSources(index: PaperIndex) {
  const zones = lazily(async () =>
    (await import("../search/names/name-index.ts")).createNameIndex(zoneNames()),
  );
  let organisations: { readonly version: number; readonly names: Promise<NameIndex> } | undefined;
  const organisationsNow = (): Promise<NameIndex> => {
    const version = index.version();
    if (organisations?.version !== version) organisations = { version, names: organisationIndex(index) };
    return organisations.names;
  };
  return async (by: CompletedBy, typed: string, limit: number): Promise<readonly Completion[]> => {
    switch (by) {
      case "titles":
        return completeTitles(index, typed, limit);
      case "organisations":
        return (await organisationsNow()).complete(typed, limit).map(same);
      case "zones":
        return (await zones()).complete(typed, limit).map(same);
    }
  };
}

/** What completions are made from. */
interface CompletionParts {
  readonly commands: readonly Command[];
  readonly index: PaperIndex;
  readonly log: Pick<Log, "error">;
}

/** Completes what somebody types, over the papers as they are then. A fault is logged, and completes nothing. */
export function createCompletions({ commands, index, log }: CompletionParts): Complete {
  const sources = createSources(index);
  return async ({ command, option, text }, limit) => {
    const by = commands.find(({ name }) => name === command)?.options[option]?.completedBy;
    try {
      return by === undefined ? [] : await sources(by, text, limit);
    } catch (error) {
      log.error("Completing what somebody types failed", { command, option, error });
      return [];
    }
  };
}
