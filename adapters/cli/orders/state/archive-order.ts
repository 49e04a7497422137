import type { Archive, ArchiveRegister } from "../../../../src/digest/archive/register.ts";
import { createArchiveRegister } from "../../../../src/digest/archive/register.ts";
import { OPERATOR } from "../../../../src/store/kept/audit.ts";
import { UserError } from "../../../../src/user-error.ts";
import { escapeTerminal } from "../../../terminal/escape.ts";
import { isPlaceName, placeName, readPlace } from "../../portable/place-name.ts";
import type { Settings } from "../../settings/settings.ts";
import { openStore } from "../../state/open-store.ts";
import type { ExitCode } from "../../surroundings.ts";
import type { AtHand, ProgramOrder } from "../order.ts";

const USAGE = [
  "See which channels made public what their digests brought, and end that.",
  "",
  "  paperboy archive list              those that are public: where they are read, the channel, and their name",
  "  paperboy archive unpublish WHICH   ends one at once, also while the bot runs: by its address or the id at its end,",
  "                                     or by its channel, such as discord:SERVER/CHANNEL or slack:WORKSPACE/CHANNEL",
  "",
  "Those who may change the channel's digests see in “/paper audit” that you did it, and may publish it again by",
  "“/paper digest publish”, under the same address.",
].join("\n");

const WANTED =
  "Say paperboy archive list, or paperboy archive unpublish with an address, an id or a channel.";

/** What is asked of the archives. */
type Asked = { readonly kind: "list" } | { readonly kind: "unpublish"; readonly which: string };

function readAsked([kind, which, ...more]: readonly string[]): Asked {
  if (kind === "list" && which === undefined) return { kind };
  if (kind === "unpublish" && which !== undefined && more.length === 0) return { kind, which };
  throw new UserError(WANTED);
}

const addressOf = ({ web }: Settings, { id }: Archive): string => `${web?.url ?? ""}/archive/${id}`;

/** By its channel, by an address or a path of it, such as that of a feed, or by the id alone. */
async function findArchive(register: ArchiveRegister, which: string): Promise<Archive> {
  const [, fromAddress] = /\/archive\/([^/?#]+)/.exec(which) ?? [];
  const archive = isPlaceName(which)
    ? await register.inPlace(readPlace(which))
    : await register.find(fromAddress ?? which);
  if (archive?.published === true) return archive;
  throw new UserError(
    archive === undefined
      ? `“${which}” is no archive, and nothing was changed. Those that are public: paperboy archive list`
      : `The archive “${archive.name}” of ${placeName(archive.place)} is not public, and nothing was changed. Those that are: paperboy archive list`,
  );
}

async function list(register: ArchiveRegister, { around, settings }: AtHand): Promise<void> {
  const all = await register.allPublished();
  const lines = all.map((one) =>
    [addressOf(settings, one), placeName(one.place), one.name].map(escapeTerminal).join("  "),
  );
  const none = "No channel has made public what its digests brought.";
  around.stdout.write(`${lines.length === 0 ? none : lines.join("\n")}\n`);
}

async function work(asked: Asked, hand: AtHand): Promise<ExitCode> {
  const store = await openStore(hand.settings, asked.kind === "list", hand.log);
  const register = createArchiveRegister(store.archives);
  try {
    if (asked.kind === "list") {
      await list(register, hand);
      return 0;
    }
    const archive = await findArchive(register, asked.which);
    await register.unpublish(archive, OPERATOR);
    const done = `The archive “${archive.name}” of ${placeName(archive.place)} is public no more: ${addressOf(hand.settings, archive)} and its feeds lead nowhere.`;
    hand.around.stdout.write(`${escapeTerminal(done)}\n`);
    return 0;
  } finally {
    await store.close();
  }
}

/** `paperboy archive list`, `archive unpublish WHICH`. */
export const archiveOrder: ProgramOrder = {
  name: "archive",
  summary: [
    ["archive list", "name the archives of channels that are public"],
    ["archive unpublish WHICH", "end one, by its address, its id or its channel"],
  ],
  usage: USAGE,
  parse: (words) => {
    const asked = readAsked(words);
    const state = asked.kind === "list" ? "reads" : "changes";
    return { needs: "settings", state, run: (hand) => work(asked, hand) };
  },
};
