import type { IsoDay } from "../../../src/sources/days.ts";
import { addDays, parseDay } from "../../../src/sources/days.ts";
import { checkCategories } from "../../../src/sources/arxiv/queries.ts";
import { UserError } from "../../../src/user-error.ts";
import { parseSelection } from "./selection-names.ts";

/** A source on the network that is read day by day, as settings and the command line name it. */
export type SourceName =
  | { readonly kind: "huggingface"; readonly key: string }
  | { readonly kind: "arxiv"; readonly key: string; readonly categories: readonly string[] };

/** Reads `huggingface` or `arxiv:cs.CL+cs.LG`; undefined for other text. Throws a UserError for impossible categories. */
export function parseSourceName(text: string): SourceName | undefined {
  if (/^huggingface$/i.test(text)) return { kind: "huggingface", key: "huggingface" };
  if (!/^arxiv:/i.test(text)) return undefined;
  const categories = checkCategories(text.slice("arxiv:".length).split("+"));
  return { kind: "arxiv", key: `arxiv:${categories.join("+")}`, categories };
}

/** Reads a list with commas; none where it is not given. Throws a UserError that names what is allowed. */
export function readSourceNames(setting: string, text: string | undefined): readonly SourceName[] {
  const parts = (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const allowed = `it can name huggingface and arxiv: with categories, such as ${setting}=huggingface,arxiv:cs.CL+cs.LG`;
  const names = parts.map((part) => {
    if (parseSelection(part) !== undefined)
      throw new UserError(
        `${setting} names “${part}”, which is read once and not day by day; ${allowed}. Read this one with: paperboy ingest "${part}"`,
      );
    const name = parseSourceName(part);
    if (name !== undefined) return name;
    throw new UserError(`${setting} names “${part}”; ${allowed}.`);
  });
  return [...new Map(names.map((name) => [name.key, name])).values()];
}

/** The day of `--since`. Throws a UserError for what is none, or has not come yet. */
export function readSince(text: string, today: IsoDay): IsoDay {
  const day = parseDay(text);
  if (day === undefined || day > today)
    throw new UserError(
      `--since is “${text}”; it must be a day up to today, ${today}, such as --since ${addDays(today, -7)}.`,
    );
  return day;
}
