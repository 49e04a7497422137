import type { AuditRecord, AuditScope } from "../../store/kept/audit.ts";
import { UserError } from "../../user-error.ts";
import { pageButtons, pageOptions, pageRange, pageWindow } from "../cards/pages.ts";
import type { Caller } from "../command.ts";
import { defineCommand } from "../command.ts";
import type { DataRecord, Span } from "../reply.ts";
import { answer, channelMention, code, personMention, plain, prose, strong, textCard } from "../reply.ts";

/** Whose deeds a caller may see: at a command line all. Throws a UserError where that is nobody's. */
async function scopeOf({ platform, place, oversight, overheard }: Caller): Promise<AuditScope | undefined> {
  if (platform === "terminal") return undefined;
  if (place === undefined)
    throw new UserError(
      "There is no server here. “/paper audit” in one shows its managers what was changed.",
    );
  if (overheard === true)
    throw new UserError("Everybody would read that here. Type /paper audit, whose answer you alone see.");
  const { server, channel, direct } = place;
  if (direct === true || server === undefined) return { platform, channel };
  const authority = (await oversight?.()) ?? { kind: "may-not", who: "those who manage the server" };
  if (authority.kind === "cannot") throw new UserError(authority.why);
  if (authority.kind === "may-not")
    throw new UserError(`Only ${authority.who} can see who changed what here. Ask one of them.`);
  return { platform, server };
}

const minute = (at: Date): string => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** A deed in a line: when, who, what, where, and how. */
function itemOf({ at, by, action, subject, channel, detail }: AuditRecord): Span[] {
  return [
    strong(minute(at)),
    plain(" "),
    personMention(by),
    plain(": "),
    code(action),
    ...(subject === "" ? [] : [plain(` ${subject}`)]),
    ...(channel === undefined ? [] : [plain(" in "), channelMention(channel)]),
    ...(detail === "" ? [] : [plain(`: ${detail}`)]),
  ];
}

const dataOf = ({ at, ...deed }: AuditRecord): DataRecord => ({ at: at.toISOString(), ...deed });

/** Who changed what. */
export const audit = defineCommand({
  name: "audit",
  description: "Show who changed digests and settings, to those who manage the server",
  options: pageOptions,
  examples: [{ line: "audit", does: "who changed which digest, when and where" }],
  notes: [
    "Changes are kept for a year. Those who manage the server see its own; in a direct message everybody sees theirs.",
  ],
  async run(page, { caller, audit: open }) {
    const scope = await scopeOf(caller);
    const { records, total } = await (await open()).page(scope, pageWindow(page));
    if (records.length === 0) {
      const none =
        total === 0
          ? "Nothing was changed in the last year."
          : `There are ${total} changes, and no page ${page.page}.`;
      return answer({ summary: none, cards: [textCard(none)] });
    }
    const summary = `Changes, the newest first: ${pageRange(page, records.length, total)}.`;
    const list = { kind: "list", items: records.map(itemOf) } as const;
    return answer({
      summary,
      cards: [
        {
          blocks: [prose(plain(summary)), list],
          buttons: pageButtons({ command: "audit", args: {} }, page, total),
        },
      ],
      // What is data can be shared with the channel.
      data: scope === undefined ? records.map(dataOf) : [],
    });
  },
});
