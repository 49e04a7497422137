import { createHash } from "node:crypto";
import { generateAtomFeed, generateJsonFeed, generateRssFeed } from "feedsmith";
import type { DataRecord } from "../../../src/bot/reply.ts";
import { cleanText } from "../../platform/plain-text.ts";
import type { FeedKind } from "../addresses.ts";

/** The papers of a feed at most, the newest first. */
const FEED_LENGTH = 50;

/** The kinds of feeds by the end of their address, with the type that they are sent as. */
export const FEEDS = {
  atom: "application/atom+xml; charset=utf-8",
  rss: "application/rss+xml; charset=utf-8",
  json: "application/feed+json; charset=utf-8",
} as const satisfies Readonly<Record<FeedKind, string>>;

/** What a feed is of. */
export interface FeedOf {
  readonly title: string;
  /** The address of the feed itself, and of the page with the same papers. */
  readonly self: string;
  readonly page: string;
  /** Gives the page of a paper, by its id. */
  readonly paperPage: (id: string) => string;
}

/** An entry of a feed; its id is the same for good. */
export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly summary: string;
  readonly authors: readonly string[];
  readonly day: Date;
}

/** A UUID of version 5 (RFC 9562, 5.5) in a namespace of this program's: the same paper has the same one in every feed. */
function uuidOf(id: string): string {
  const bytes = createHash("sha1").update(`paperboy\0${id}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Text as XML 1.0 can have it (w3.org/TR/xml, 2.2): two of the characters that mean nothing are none of XML's. */
const feedText = (text: string): string => cleanText(text).replace(/[\uFFFE\uFFFF]/g, "");

const isText = (value: unknown): value is string => typeof value === "string";

/** When a paper came: first read by this program, else dated; undefined where neither is known. */
function dayOf({ origins, date }: DataRecord): Date | undefined {
  const read = (Array.isArray(origins) ? (origins as readonly { readonly readAt?: unknown }[]) : [])
    .map(({ readAt }) => readAt)
    .filter(isText)
    .toSorted();
  const [first = isText(date) ? date : ""] = read;
  const day = new Date(/^\d{4}$/.test(first) ? `${first}-01-01` : first);
  return Number.isNaN(day.getTime()) ? undefined : day;
}

const namesOf = ({ authors }: DataRecord): string[] =>
  Array.isArray(authors) ? authors.filter(isText).map(feedText) : [];

/** The entry of a paper; none where no day is known of it. */
export function paperEntry(record: DataRecord, paperPage: FeedOf["paperPage"]): Entry[] {
  const { id, title, abstract } = record;
  const day = dayOf(record);
  if (!isText(id) || !isText(title) || day === undefined) return [];
  return [
    {
      id: `urn:uuid:${uuidOf(id)}`,
      title: feedText(title),
      url: paperPage(id),
      summary: isText(abstract) ? feedText(abstract) : "",
      authors: namesOf(record),
      day,
    },
  ];
}

/** The entry of a digest that a channel got: its paper of the day, and what came with it. */
export function digestEntry(
  { key, sentAt, paper, runnersUp }: DataRecord,
  archive: string,
  paperPage: FeedOf["paperPage"],
): Entry[] {
  const [first] = paperEntry({ ...(paper as DataRecord), origins: [], date: sentAt }, paperPage);
  if (first === undefined) return [];
  const also = (runnersUp as readonly DataRecord[])
    .map(({ title }) => title)
    .filter(isText)
    .map(feedText);
  const more = also.length === 0 ? [] : [`Also: ${also.join("; ")}`];
  const summary = [first.summary, ...more].filter((text) => text !== "").join("\n\n");
  return [{ ...first, id: `urn:uuid:${uuidOf(`${archive}\0${String(key)}`)}`, summary }];
}

const drawn: Readonly<Record<FeedKind, (of: FeedOf, entries: readonly Entry[], updated: Date) => string>> = {
  atom: ({ title, self, page }, entries, updated) =>
    generateAtomFeed({
      id: self,
      title: { value: title },
      updated,
      links: [
        { href: self, rel: "self" },
        { href: page, rel: "alternate" },
      ],
      authors: [{ name: "Paperboy" }],
      entries: entries.map(({ id, title: name, url, summary, authors, day }) => ({
        id,
        title: { value: name },
        updated: day,
        links: [{ href: url, rel: "alternate" }],
        ...(authors.length === 0 ? {} : { authors: authors.map((author) => ({ name: author })) }),
        ...(summary === "" ? {} : { summary: { value: summary } }),
      })),
    }),
  rss: ({ title, self, page }, entries, updated) =>
    generateRssFeed({
      title,
      link: page,
      description: title,
      lastBuildDate: updated,
      atom: { links: [{ href: self, rel: "self", type: "application/rss+xml" }] },
      items: entries.map(({ id, title: name, url, summary, day }) => ({
        title: name,
        link: url,
        guid: { value: id, isPermaLink: false },
        pubDate: day,
        ...(summary === "" ? {} : { description: escapeMarkup(summary) }),
      })),
    }),
  json: ({ title, self, page }, entries) =>
    JSON.stringify(
      generateJsonFeed({
        title,
        feed_url: self,
        home_page_url: page,
        items: entries.map(({ id, title: name, url, summary, authors, day }) => ({
          id,
          url,
          title: name,
          content_text: summary,
          date_published: day,
          ...(authors.length === 0 ? {} : { authors: authors.map((author) => ({ name: author })) }),
        })),
      }),
    ),
};

/** Readers take the description of an item in RSS 2.0 for HTML. */
const escapeMarkup = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A feed of entries, the newest first. */
export function drawFeed(
  kind: FeedKind,
  of: FeedOf,
  all: readonly Entry[],
): { readonly body: string; readonly updated: Date } {
  const entries = all.toSorted((a, b) => b.day.getTime() - a.day.getTime()).slice(0, FEED_LENGTH);
  const updated = entries[0]?.day ?? new Date(0);
  return { body: drawn[kind]({ ...of, title: feedText(of.title) }, entries, updated), updated };
}
