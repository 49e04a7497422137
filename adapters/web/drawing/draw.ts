import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Block, Button, Card, Reply, Span } from "../../../src/bot/reply.ts";
import { drawChart } from "../../../src/charts/draw.ts";
import { cleanText } from "../../platform/plain-text.ts";
import { pathOf } from "../addresses.ts";

/** Escaped text of a page; every value that is put in is escaped by hono's `html`. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** A web address that a browser may open; undefined for others, such as javascript: */
const openable = (url: string): string | undefined =>
  URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : undefined;

function drawLink(text: string, url: string): Html {
  const address = openable(url);
  return address === undefined ? html`${text}` : html`<a href="${address}" rel="noreferrer">${text}</a>`;
}

function drawSpan(span: Span): Html {
  const text = cleanSpaces(span.text);
  switch (span.kind) {
    case "plain":
    case "person":
    case "channel":
      return html`${text}`;
    case "strong":
      return html`<mark>${text}</mark>`;
    case "emphasis":
      return html`<em>${text}</em>`;
    case "code":
      return html`<code>${text}</code>`;
    case "link":
      return drawLink(text, span.url);
  }
}

/** Spaces at the ends stay: they part a span from the next one. */
const cleanSpaces = (text: string): string =>
  `${/^\s/.test(text) ? " " : ""}${cleanText(text).trim()}${/\S\s$/.test(text) ? " " : ""}`;

const drawSpans = (spans: readonly Span[]): Html[] => spans.map(drawSpan);

function drawBlock(block: Block): Html {
  switch (block.kind) {
    case "prose":
      return html`<p>${drawSpans(block.text)}</p>`;
    case "facts":
      return html`<dl>
        ${block.facts.map(
          ({ label, value, from }) =>
            html`<div>
              <dt>${label}</dt>
              <dd>
                ${drawSpans(value)}${from === undefined ? "" : html` <small>(${cleanText(from)})</small>`}
              </dd>
            </div>`,
        )}
      </dl>`;
    case "list":
      return html`<ul>
        ${block.items.map((item) => html`<li>${drawSpans(item)}</li>`)}
      </ul>`;
    case "code":
      return html`<pre tabindex="0"><code>${block.text}</code></pre>`;
    case "rule":
      return html`<hr />`;
  }
}

/** Buttons as links: those that run a command that has a page, and those that open another site. */
function drawButtons(buttons: readonly Button[], about: string): Html {
  const links = buttons.flatMap((button) => {
    const url = button.kind === "open" ? openable(button.url) : pathOf(button.run);
    if (url === undefined) return [];
    const rel = button.kind === "open" ? html` rel="noreferrer"` : "";
    return [
      html`<a href="${url}" ${rel}
        >${button.label}${about === "" ? "" : html`<span class="unseen"> of ${about}</span>`}</a
      >`,
    ];
  });
  return links.length === 0 ? html`` : html`<p class="actions">${links}</p>`;
}

/** Where a heading leads: to the page of its paper, where one of the card's buttons does. */
function detailsOf({ buttons }: Card): string | undefined {
  const details = buttons.find((button) => button.kind === "run" && button.run.command === "show");
  return details?.kind === "run" ? pathOf(details.run) : undefined;
}

/** How deep in a page a heading stands. */
type Level = 1 | 2 | 3;

function drawHeading(card: Card, heading: readonly Span[], level: Level): Html {
  const own = detailsOf(card);
  const text = heading.map(({ text: part }) => cleanText(part)).join("");
  const inner = own === undefined ? drawSpans(heading) : html`<a href="${own}">${text}</a>`;
  if (level === 3) return html`<h3>${inner}</h3>`;
  return level === 1 ? html`<h1>${inner}</h1>` : html`<h2>${inner}</h2>`;
}

function drawCard(card: Card, level: Level): Html {
  const { heading, blocks, buttons } = card;
  const about = heading?.map(({ text }) => cleanText(text)).join("") ?? "";
  const others =
    detailsOf(card) === undefined
      ? buttons
      : buttons.filter((one) => one.kind !== "run" || one.run.command !== "show");
  const inside = html`${heading === undefined ? "" : drawHeading(card, heading, level)}${blocks.map(drawBlock)}${drawButtons(others, about)}`;
  return heading === undefined ? html`<div class="note">${inside}</div>` : html`<article>${inside}</article>`;
}

/** The first sentences of an answer as the heading of its page. */
function drawSummary({ blocks, buttons }: Card): Html {
  const [first, ...others] = blocks;
  if (first?.kind !== "prose") return drawCard({ blocks, buttons }, 2);
  const more = drawCard({ blocks: others, buttons }, 2);
  return html`<h1 class="summary">${drawSpans(first.text)}</h1>
    ${others.length + buttons.length === 0 ? "" : more}`;
}

const hrefOf = (paper: string): string | undefined => pathOf({ command: "show", args: { paper } });

/** A picture whose papers lead to their pages. */
const drawPicture = ({ chart }: NonNullable<Reply["picture"]>): Html =>
  html`<figure>${raw(drawChart(chart, { hrefOf }))}</figure>`;

/** A reply as the content of a page: its only heading leads the page, and where it has none or several its first sentences do. */
export function drawReply({ cards, picture }: Pick<Reply, "cards" | "picture">): Html {
  const headed = cards.filter(({ heading }) => heading !== undefined).length;
  const drawn = picture === undefined ? "" : drawPicture(picture);
  if (headed === 1) return html`${drawn}${cards.map((card) => drawCard(card, 1))}`;
  const [first, ...others] = cards;
  const lead = first === undefined || first.heading !== undefined ? undefined : drawSummary(first);
  return html`${lead ?? ""}${drawn}${(lead === undefined ? cards : others).map((card) => drawCard(card, 2))}`;
}

/** The hits of a list under a heading of their own, without what is said of the list. */
export const drawHits = ({ cards }: Pick<Reply, "cards">): Html =>
  html`${cards.filter(({ heading }) => heading !== undefined).map((card) => drawCard(card, 3))}`;
