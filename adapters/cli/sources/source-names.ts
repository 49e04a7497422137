import type { IsoDay } from "../../../src/sources/days.ts";
import { addDays, parseDay } from "../../../src/sources/days.ts";
import { checkCategories } from "../../../src/sources/arxiv/queries.ts";
import { UserError } from "../../../src/user-error.ts";
import { parseSelection } from "./selection-names.ts";

/** A source on the network that is read day by day, as settings and the command line name it. */
export type SourceName =
  | { readonly kind: "huggingface"; readonly key: string }
  | { readonly kind: "arxiv"; readonly key: string; readonly categories: readonly string[] }
  | { readonly kind: "feed"; readonly key: string; readonly url: string };

/** Reads `feed:https://www.nature.com/nature.rss`. Throws a UserError for what is no web address, or has a password in it. */
function readFeedName(text: string): SourceName {
  const address = text.slice("feed:".length).trim();
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "")
    throw new UserError(
      `“${text}” is no feed; behind feed: stands the web address of one, without a user’s name, such as feed:https://www.nature.com/nature.rss. A comma in it is written %2C.`,
    );
  url.hash = "";
  return { kind: "feed", key: `feed:${url.href}`, url: url.href };
}

/** Names of hosts with commas, `www.nature.com`; with a port where it is not the usual one. Throws a UserError for what is none. */
export function readFeedHosts(setting: string, text: string | undefined): readonly string[] {
  const names = (text ?? "").split(",").map((name) => name.trim().toLowerCase());
  return names
    .filter((name) => name !== "")
    .map((name) => {
      const url = URL.canParse(`https://${name}`) ? new URL(`https://${name}`) : undefined;
      if (url !== undefined && url.href === `https://${name}/`) return url.host;
      throw new UserError(
        `${setting} names “${name}”; it must be names of hosts with commas between, such as ${setting}=www.nature.com,jmlr.org.`,
      );
    });
}

/** Reads `huggingface`, `arxiv:cs.CL+cs.LG` or `feed:` with an address; undefined for other text. Throws a UserError for impossible ones. */
export function parseSourceName(text: string): SourceName | undefined {
  if (/^huggingface$/i.test(text)) return { kind: "huggingface", key: "huggingface" };
  if (/^feed:/i.test(text)) return readFeedName(text);
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
  const allowed = `it can name huggingface, arxiv: with categories and feed: with an address, such as ${setting}=huggingface,arxiv:cs.CL+cs.LG,feed:https://www.nature.com/nature.rss`;
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
