import type { Paper } from "../../../corpus/paper.ts";
import { placeKey } from "../../../schedule/place.ts";
import { userOf } from "../../../reading/reader.ts";
import { StorageError } from "../../../store/storage-error.ts";
import type { NoteRecord } from "../../../store/kept/reading.ts";
import type { Services } from "../../command.ts";
import type { Block, Span } from "../../reply.ts";
import { personMention, plain, prose } from "../../reply.ts";

/** Notes that a card shows: the last ones. */
const SHOWN = 5;

/** `saved by 3 here, read by 2`. */
export function countsWords({
  savers,
  readers,
}: {
  readonly savers: number;
  readonly readers: number;
}): string {
  return `saved by ${savers} here${readers === 0 ? "" : `, read by ${readers}`}`;
}

/** A note in a line, with who wrote it. */
export function noteItem({ person, text }: NoteRecord, before = ""): Span[] {
  const user = userOf(person);
  return before === ""
    ? [...(user === "" ? [plain("Somebody")] : [personMention(user)]), plain(`: ${text}`)]
    : [plain(before), plain(text)];
}

/** What the caller's channel knows of a paper, for its card; nothing where there is no channel, and of what is anybody's own. */
export async function standingBlocks(
  { reading, caller: { place, passing } }: Pick<Services, "reading" | "caller">,
  paper: Paper,
): Promise<readonly Block[]> {
  if (reading === undefined || place === undefined || place.direct === true || passing === true) return [];
  try {
    const standing = await (await reading()).standing(placeKey(place), paper);
    if (standing === undefined) return [];
    const { savers, notes } = standing;
    const counts = savers === 0 ? [] : [prose(plain(`${countsWords(standing)}.`.replace(/^s/, "S")))];
    const shown = notes.slice(-SHOWN);
    const more = notes.length - shown.length;
    const items = shown.map((note) => noteItem(note));
    const rest = more === 0 ? [] : [[plain(`and ${more} before; “note” shows all`)]];
    return [
      ...counts,
      ...(items.length === 0 ? [] : [{ kind: "list", items: [...items, ...rest] } as const]),
    ];
  } catch (error) {
    // A paper is shown also where the database fails, which is told elsewhere.
    if (error instanceof StorageError) return [];
    throw error;
  }
}
