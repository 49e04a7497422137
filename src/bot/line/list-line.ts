import { UserError } from "../../user-error.ts";
import { openReading } from "../commands/reading/reader.ts";
import type { Services } from "../command.ts";
import { hasWords } from "../naming/find-paper.ts";
import type { Invocation } from "../reply.ts";

/** “list”, “my list”, “reading lists”. */
const LIST = /^\/?(?:(?:show (?:me )?)?(?:my |the )?(?:reading )?lists?)$/i;
/** “list thesis”, “my list thesis”. */
const NAMED = /^\/?(?:my )?(?:reading )?list\s+(\S.*)$/is;

/** What a reader of such lines has to know; without the last two, nobody has lists. */
type Known = Pick<Services, "library"> & Partial<Pick<Services, "reading" | "caller">>;

/**
 * Reads “list” and “list NAME”, which are no commands of their own: on Discord, `list` is the name of a group. Undefined for
 * words that no list is named by and that papers have: “list decoding”. Throws a UserError where neither has them.
 */
export async function readListLine(text: string, known: Known): Promise<Invocation | undefined> {
  if (LIST.test(text)) return { command: "list show", args: {} };
  const name = NAMED.exec(text)?.[1]?.trim();
  const { reading, caller, library } = known;
  if (name === undefined || reading === undefined || caller === undefined || caller.passing === true)
    return undefined;
  try {
    const opened = await openReading({ reading, caller });
    const { id } = await opened.reading.find(opened.reader, name);
    return { command: "list show", args: { list: id } };
  } catch (error) {
    if (error instanceof UserError && (await hasWords(library.index, text))) return undefined;
    throw error;
  }
}
