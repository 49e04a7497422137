import type { Invocation } from "../../src/bot/reply.ts";

/** A page: the command that answers there, and what its address takes besides what the path says. */
interface Page {
  readonly command: string;
  /** `/search`; of a page whose path ends in the argument itself, `/paper/`. */
  readonly path: string;
  /** The argument at the end of the path. */
  readonly inPath?: string;
  /** Another one behind it and a slash, where it is given. */
  readonly behind?: string;
  /** Arguments by the names that they have in the address. */
  readonly query: Readonly<Record<string, string>>;
  /** What an address asks for that does not say it: a page has room for more than a message in a chat. */
  readonly unsaid?: Invocation["args"];
}

const LIST = { unsaid: { limit: "10" } } as const;

/** The commands that have pages; what they take stays theirs. */
const PAGES: readonly Page[] = [
  {
    command: "search",
    path: "/search",
    query: { q: "query", sort: "sort", page: "page", limit: "limit" },
    unsaid: { ...LIST.unsaid, filters: "on" },
  },
  {
    command: "similar",
    path: "/similar",
    query: { papers: "papers", page: "page", limit: "limit" },
    ...LIST,
  },
  { command: "show", path: "/paper/", inPath: "paper", query: {}, unsaid: { card: "page" } },
  { command: "cite", path: "/cite", query: { paper: "paper", format: "format", style: "style" } },
  { command: "map", path: "/map/", inPath: "papers", query: {} },
  { command: "trend", path: "/trend", query: { q: "words", per: "per" } },
  { command: "digest preview", path: "/today", query: { topics: "topics" } },
  {
    command: "digest archive",
    path: "/archive/",
    inPath: "archive",
    behind: "month",
    query: { page: "page", limit: "limit" },
    unsaid: { limit: "31" },
  },
  { command: "random", path: "/random", query: {} },
  { command: "about", path: "/about", query: {} },
];

/** The address of what a button runs; undefined where no page answers it. */
export function pathOf({ command, args }: Invocation): string | undefined {
  const page = PAGES.find((one) => one.command === command);
  if (page === undefined) return undefined;
  const { inPath, behind, path, query, unsaid } = page;
  // Without what stands in its path there is no page.
  if (inPath !== undefined && args[inPath] === undefined) return undefined;
  const names = new Map(Object.entries(query).map(([name, argument]) => [argument, name]));
  const search = new URLSearchParams();
  for (const [argument, value] of Object.entries(args)) {
    if (argument === inPath || argument === behind || unsaid?.[argument] === value) continue;
    const name = names.get(argument);
    if (name === undefined) return undefined;
    search.set(name, value);
  }
  const inside = [inPath, behind].flatMap((name) => (name === undefined ? [] : (args[name] ?? [])));
  return `${path}${inside.map(encodeURIComponent).join("/")}${search.size === 0 ? "" : `?${search.toString()}`}`;
}

/** What an address asks for; undefined where no page is there. Parameters that the page does not know are left out. */
export function invocationOf(url: URL): Invocation | undefined {
  for (const { command, path, inPath, behind, query, unsaid } of PAGES) {
    const fits = inPath === undefined ? url.pathname === path : url.pathname.startsWith(path);
    if (!fits) continue;
    const named = Object.entries(query).flatMap(([name, argument]) => {
      const value = url.searchParams.get(name);
      return value === null || value === "" ? [] : [[argument, value]];
    });
    const inside = url.pathname.slice(path.length);
    const [first = "", ...rest] = behind === undefined ? [inside] : inside.split("/");
    if (behind !== undefined && first === "") return undefined;
    const last = [
      ...(inPath === undefined ? [] : [[inPath, decodePath(first)]]),
      ...(behind === undefined || rest.length === 0 ? [] : [[behind, decodePath(rest.join("/"))]]),
    ];
    return { command, args: { ...unsaid, ...Object.fromEntries([...named, ...last]) } };
  }
  return undefined;
}

function decodePath(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Where a citation is a file to save. */
export const FILE = "/cite/file";

/** The address of the file of a citation. */
export const filePath = (cite: Invocation): string => (pathOf(cite) ?? "").replace("/cite", FILE);

/** The citation that such an address asks for. */
export function citationOf(url: URL): Invocation {
  const page = new URL(url);
  page.pathname = "/cite";
  return invocationOf(page) ?? { command: "cite", args: {} };
}

/** The kinds of feeds, by the end of their address. */
export type FeedKind = "atom" | "rss" | "json";

/** The address of the feed of an archive. */
export const archiveFeedPath = (kind: FeedKind, archive: string): string =>
  `/archive/${encodeURIComponent(archive)}/feed.${kind}`;

/** The address of the feed of a search; without words, of all papers. */
export const feedPath = (kind: FeedKind, query: string): string =>
  `/feed.${kind}${query === "" ? "" : `?${new URLSearchParams({ q: query }).toString()}`}`;
