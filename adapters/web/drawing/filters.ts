import { html } from "hono/html";
import type { Filter } from "../../../src/bot/reply.ts";
import { plainText } from "../../platform/plain-text.ts";
import { pathOf } from "../addresses.ts";
import type { Html } from "./draw.ts";

/** Longer names are cut, such as those of files. */
const NAME = 40;

const LABELS: Readonly<Record<Filter["by"], string>> = {
  year: "Year",
  organisation: "Organisation",
  source: "Source",
};

function drawFilter({ value, count, active, run }: Filter): Html {
  const name = plainText(value, NAME);
  const address = (run === undefined ? undefined : pathOf(run)) ?? "/";
  const inner = active
    ? html`${name} <span aria-hidden="true">×</span><span class="unseen">, remove</span>`
    : html`${name} <span class="count">(${count})</span>`;
  return html`<li><a href="${address}" ${active ? html`class="on"` : ""}>${inner}</a></li>`;
}

/** What a search is narrowed down by, and could be, as links: each is another search. */
export function drawFilters(filters: readonly Filter[]): Html {
  if (filters.length === 0) return html``;
  const groups = (Object.keys(LABELS) as Filter["by"][]).map((by) => ({
    by,
    own: filters.filter((one) => one.by === by),
  }));
  return html`<nav class="filters" aria-label="Narrow down">
    ${groups
      .filter(({ own }) => own.length > 0)
      .map(
        ({ by, own }) =>
          html`<div>
            <span id="by-${by}">${LABELS[by]}</span>
            <ul aria-labelledby="by-${by}">
              ${own.map(drawFilter)}
            </ul>
          </div>`,
      )}
  </nav>`;
}
