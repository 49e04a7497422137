import { operatorsDeed } from "../../../../src/store/kept/audit.ts";
import type { Workspace } from "../../../../src/store/kept/people.ts";
import { UserError } from "../../../../src/user-error.ts";
import { escapeTerminal } from "../../../terminal/escape.ts";
import { confirm } from "../../confirm.ts";
import { parseFlags } from "../../flags.ts";
import { openToChange, requireDatabase } from "../../state/open-store.ts";
import type { ExitCode } from "../../surroundings.ts";
import type { AtHand, ProgramOrder } from "../order.ts";

const USAGE = [
  "Remove all that is kept of a server or a workspace: its digests and what they sent, its lists, notes and people, its",
  "token, and who changed what there.",
  "",
  "  paperboy forget slack:T0123456789            a workspace, by Slack's id",
  "  paperboy forget discord:123456789012345678   a server, by Discord's id",
  "",
  "  --yes  do not ask",
  "",
  "Servers and workspaces that remove the app are forgotten by themselves after 30 days, unless they have it again by then.",
  "What people saved on Discord is theirs in every server, and stays; “/paper forget me” removes it. A backup that was made",
  "before has all of it still.",
].join("\n");

const PLATFORMS = ["discord", "slack"];

/** `slack:T0123456789`. Throws a UserError that says how a workspace is named. */
function readWorkspace(words: readonly string[]): Workspace {
  const [typed = "", ...more] = words;
  const [, platform = "", server = ""] = /^([a-z]+):(\w+)$/i.exec(typed) ?? [];
  if (more.length > 0 || !PLATFORMS.includes(platform.toLowerCase()))
    throw new UserError(
      `“${words.join(" ")}” names no server or workspace. Say: paperboy forget slack:T0123456789 or paperboy forget discord:123456789012345678`,
    );
  return { platform: platform.toLowerCase(), server };
}

async function forget(
  { platform, server }: Workspace,
  yes: boolean,
  { settings, around }: AtHand,
): Promise<ExitCode> {
  await requireDatabase(settings, "nothing to forget");
  if (!yes && !(await confirm(`Remove all that is kept of ${platform}:${server}?`, around))) return 0;
  const store = await openToChange(settings);
  try {
    const count = await store.workspaces.forget({ platform, server });
    if (count === 0) {
      around.stderr.write(`${escapeTerminal(`Nothing is kept of ${platform}:${server}.`)}\n`);
      return 1;
    }
    await store.audit.note(operatorsDeed({ action: "forget", detail: `${platform}:${server}` }));
    around.stdout.write(
      `${escapeTerminal(`Removed all that was kept of ${platform}:${server}, ${count} ${count === 1 ? "row" : "rows"}. A backup that was made before has it still.`)}\n`,
    );
    return 0;
  } finally {
    await store.close();
  }
}

/** `paperboy forget WORKSPACE`. */
export const forgetOrder: ProgramOrder = {
  name: "forget",
  summary: [["forget WORKSPACE", "remove all that is kept of a server or a workspace: slack:T0123456789"]],
  usage: USAGE,
  parse: (words) => {
    const { values, positionals } = parseFlags(words, undefined, { yes: { type: "boolean" } });
    const workspace = readWorkspace(positionals);
    return {
      needs: "settings",
      state: "changes",
      run: (hand) => forget(workspace, values["yes"] === true, hand),
    };
  },
};
