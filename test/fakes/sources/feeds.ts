import type { TestClock } from "./clock.ts";
import type { FakeAnswer, FakeRequest, FakeService } from "./service.ts";
import { startService } from "./service.ts";

/** An entry of a journal's feed. */
export interface FakeEntry {
  readonly title: string;
  readonly link: string;
  readonly authors: readonly string[];
  readonly doi?: string;
  readonly abstract?: string;
}

/** A feed at a path, in one of the three forms that journals use. */
export interface FakeFeed {
  readonly form: "rss-1" | "rss-2" | "atom";
  readonly entries: readonly FakeEntry[];
  /** What it can be asked again with. Default an entity tag. */
  readonly validator?: "etag" | "last-modified" | "none";
}

/** A journal's server on loopback. */
export interface FakeJournal extends FakeService {
  /** From now on this feed stands at the path; the one before is gone. */
  readonly publish: (path: string, feed: FakeFeed) => void;
}

const DAY = "2026-03-05";
const NAMES =
  'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"';
const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const element = (name: string, text: string | undefined): string =>
  text === undefined ? "" : `<${name}>${escape(text)}</${name}>`;

const creators = ({ authors }: FakeEntry): string =>
  authors.map((name) => element("dc:creator", name)).join("");
const prism = ({ doi }: FakeEntry): string =>
  `${element("prism:doi", doi)}${element("prism:publicationName", "Journal of Wombats")}${element("prism:volume", "7")}`;

const itemOf = (entry: FakeEntry, about: string): string =>
  `<item${about}>${element("title", entry.title)}${element("link", entry.link)}${element("description", entry.abstract)}` +
  `${creators(entry)}${element("dc:date", DAY)}${prism(entry)}</item>`;

const entryOf = (entry: FakeEntry): string =>
  `<entry>${element("id", entry.link)}${element("title", entry.title)}<link href="${escape(entry.link)}"/>` +
  entry.authors.map((name) => `<author>${element("name", name)}</author>`).join("") +
  `${element("published", `${DAY}T00:00:00Z`)}${element("summary", entry.abstract)}${prism(entry)}</entry>`;

/** The feed as its form writes it. */
export function feedText({ form, entries }: Pick<FakeFeed, "form" | "entries">): string {
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  const about = `${element("title", "Journal of Wombats")}${element("link", "https://journal.example/")}`;
  switch (form) {
    case "rss-1":
      return (
        `${head}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" ${NAMES}>` +
        `<channel rdf:about="https://journal.example/">${about}</channel>${entries.map((one) => itemOf(one, ` rdf:about="${escape(one.link)}"`)).join("\n")}</rdf:RDF>`
      );
    case "rss-2":
      return `${head}<rss version="2.0" ${NAMES}><channel>${about}${entries.map((one) => itemOf(one, "")).join("\n")}</channel></rss>`;
    case "atom":
      return `${head}<feed xmlns="http://www.w3.org/2005/Atom" ${NAMES}>${element("title", "Journal of Wombats")}${entries.map(entryOf).join("\n")}</feed>`;
  }
}

const TYPES = {
  "rss-1": "application/rdf+xml",
  "rss-2": "application/rss+xml",
  atom: "application/atom+xml",
};
const tagOf = (text: string): string =>
  `"${Buffer.from(text).toString("base64url").slice(-24)}-${text.length}"`;
const MODIFIED = "Thu, 05 Mar 2026 08:00:00 GMT";

function answerFeed(
  { headers }: FakeRequest,
  feed: FakeFeed,
  isKnown: boolean,
  violate: (what: string) => void,
) {
  const { form, validator = "etag" } = feed;
  const text = feedText(feed);
  const [name, value, asked] =
    validator === "etag"
      ? ["etag", tagOf(text), headers["if-none-match"]]
      : ["last-modified", MODIFIED, headers["if-modified-since"]];
  if (validator !== "none" && isKnown && asked === undefined)
    violate("asked for a feed again without saying which one is known");
  const sent = validator === "none" ? {} : { [name]: value };
  if (validator !== "none" && asked === value) return { status: 304, headers: sent, body: "" };
  return { status: 200, headers: { "content-type": TYPES[form], ...sent }, body: text };
}

/** A journal whose feeds may be asked for by one reader at a time, once a second, who says what it knows of them. */
export async function startJournal({
  clock,
  atEnd,
  feeds,
}: {
  readonly clock: Pick<TestClock, "now">;
  readonly atEnd?: (close: () => void) => unknown;
  readonly feeds: Readonly<Record<string, FakeFeed>>;
}): Promise<FakeJournal> {
  const published = new Map(Object.entries(feeds));
  const given = new Set<string>();
  let breaks = false;
  let lastEnd = Number.NEGATIVE_INFINITY;
  const service = await startService({
    clock,
    atEnd,
    guard({ at, method, headers }, open, violate): FakeAnswer | undefined {
      if (method !== "GET") violate(`a request with ${method}`);
      if (open > 1) violate("more than one connection at once");
      if (!/\brss\+xml\b/.test(headers.accept ?? "") || !/\brdf\+xml\b/.test(headers.accept ?? ""))
        violate(`does not accept feeds: ${headers.accept ?? ""}`);
      if (at - lastEnd >= 1000) return undefined;
      violate(`only ${at - lastEnd} ms after the last request`);
      return { status: 429, headers: { "retry-after": "1" }, body: "Too many requests." };
    },
    answer(request, violate) {
      const { path } = request;
      const feed = published.get(path);
      if (feed === undefined)
        return {
          status: 404,
          headers: { "content-type": "text/html" },
          body: "<html><body>404</body></html>",
        };
      const answer = answerFeed(request, feed, given.has(path) && !breaks, violate);
      given.add(path);
      return answer;
    },
    done() {
      lastEnd = clock.now().getTime();
    },
  });
  return {
    ...service,
    publish(path, feed) {
      given.delete(path);
      published.set(path, feed);
    },
    failNext(fault, times) {
      // Of a feed that broke off nobody knows anything.
      breaks = true;
      service.failNext(fault, times);
    },
  };
}
