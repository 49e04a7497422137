import { html } from "hono/html";
import type { Html } from "./draw.ts";
import type { FeedKind } from "../addresses.ts";

/** Where a feed is read, by its kind. */
export type FeedAddress = (kind: FeedKind) => string;

/** What a page shows. */
interface PageContent {
  readonly title: string;
  /** What stands in the search field. */
  readonly query: string;
  readonly content: Html;
  /** The addresses of the page's feed; absent where it has none. */
  readonly feed?: FeedAddress;
}

const FEED_NAMES = [
  ["atom", "Atom", "application/atom+xml"],
  ["rss", "RSS", "application/rss+xml"],
  ["json", "JSON Feed", "application/feed+json"],
] as const;

/** For readers that look for feeds in the page itself. */
const feedLinks = (feed: FeedAddress): Html =>
  html`${FEED_NAMES.map(([kind, name, type]) => html`<link rel="alternate" type="${type}" title="${name}" href="${feed(kind)}" />`)}`;

const feedFooter = (feed: FeedAddress): Html =>
  html`<footer>
    New papers of this in a feed
    reader:${FEED_NAMES.map(([kind, name]) => html` <a href="${feed(kind)}">${name}</a>`)}
  </footer>`;

const LINKS = [
  ["/today", "Paper of the day"],
  ["/random", "At random"],
  ["/about", "About"],
] as const;

/** A whole page. It holds no script; all text in it is escaped. */
export function layout({ title, query, content, feed }: PageContent): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="data:," />
        ${feed === undefined ? "" : feedLinks(feed)}
      </head>
      <body>
        <a class="skip" href="#content">To the content</a>
        <header>
          <a class="name" href="/">Paperboy</a>
          <nav aria-label="Pages">${LINKS.map(([path, name]) => html`<a href="${path}">${name}</a>`)}</nav>
        </header>
        <form action="/search" method="get" role="search">
          <label class="unseen" for="q">Search papers</label>
          <input
            id="q"
            name="q"
            type="search"
            value="${query}"
            maxlength="2000"
            placeholder="curriculum learning since:2024"
            autocomplete="off"
          />
          <button>Search</button>
        </form>
        <main id="content">${content}</main>
        ${feed === undefined ? "" : feedFooter(feed)}
      </body>
    </html>`;
}
