import type { Block, Button, Card, Invocation, Span } from "../../../src/bot/reply.ts";
import { escapeHtml, openable } from "./escape.ts";
import { look, SHEET } from "./style.ts";

/** The address of the page that answers an invocation; undefined where none does. */
export type PageOf = (run: Invocation) => string | undefined;

/** What stands below all cards: a sentence, and a link behind it. */
export interface Footer {
  readonly text: string;
  readonly link: { readonly label: string; readonly url: string };
}

const anchor = (label: string, url: string, what: "link" | "action" = "link"): string =>
  `<a href="${escapeHtml(url)}" ${look(what)}>${label}</a>`;

function drawSpan(span: Span): string {
  const text = escapeHtml(span.text);
  switch (span.kind) {
    case "plain":
    case "person":
    case "channel":
      return text;
    case "strong":
      return `<strong>${text}</strong>`;
    case "emphasis":
      return `<em>${text}</em>`;
    case "code":
      return `<code>${text}</code>`;
    case "link": {
      const address = openable(span.url);
      return address === undefined ? text : anchor(text, address);
    }
  }
}

const drawSpans = (spans: readonly Span[]): string => spans.map(drawSpan).join("");

function drawBlock(block: Block): string {
  switch (block.kind) {
    case "prose":
      return `<p ${look("text")}>${drawSpans(block.text)}</p>`;
    case "facts":
      return block.facts
        .map(({ label, value }) => `<p ${look("soft")}>${escapeHtml(label)}: ${drawSpans(value)}</p>`)
        .join("");
    case "list":
      return `<ul ${look("text")}>${block.items.map((item) => `<li>${drawSpans(item)}</li>`).join("")}</ul>`;
    case "code":
      return `<pre ${look("soft")}>${block.text.split("\n").map(escapeHtml).join("\n")}</pre>`;
    case "rule":
      return "";
  }
}

/** The address that a button leads to: of another site, or of the page that answers it. */
export function addressOf(button: Button, pageOf: PageOf): string | undefined {
  return button.kind === "open" ? openable(button.url) : pageOf(button.run);
}

function drawButtons(buttons: readonly Button[], pageOf: PageOf): string {
  const links = buttons.flatMap((button) => {
    const url = addressOf(button, pageOf);
    return url === undefined ? [] : [anchor(escapeHtml(button.label), url, "action")];
  });
  return links.length === 0 ? "" : `<p ${look("soft")}>${links.join(" ")}</p>`;
}

const row = (what: "card" | "note", inside: string): string => `<tr><td ${look(what)}>${inside}</td></tr>`;

function drawCard({ heading, blocks, buttons }: Card, level: "h1" | "h2", pageOf: PageOf): string {
  const title = heading === undefined ? "" : `<${level} ${look(level)}>${drawSpans(heading)}</${level}>`;
  const inside = title + blocks.map(drawBlock).join("") + drawButtons(buttons, pageOf);
  return row(heading === undefined ? "note" : "card", inside);
}

/** A whole mail. One column of tables, which every program draws; nothing in it is fetched from anywhere. */
function frame(title: string, rows: string): string {
  const table = 'role="presentation" border="0" cellpadding="0" cellspacing="0" width="100%"';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(title)}</title>
<style>
${SHEET}
</style>
</head>
<body ${look("page")}>
<table ${table} ${look("page")}>
<tr><td align="center" style="padding:8px 16px 32px">
<!--[if mso]><table role="presentation" width="600"><tr><td><![endif]-->
<table ${table} style="max-width:600px;text-align:left">
${rows}
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr>
</table>
</body>
</html>
`;
}

/** Cards as the HTML of a mail: the first heading leads it. */
export function drawHtml(
  title: string,
  cards: readonly Card[],
  { pageOf, footer }: { readonly pageOf: PageOf; readonly footer: Footer },
): string {
  const first = cards.find(({ heading }) => heading !== undefined);
  const rows = cards.map((card) => drawCard(card, card === first ? "h1" : "h2", pageOf));
  const last = `<p ${look("soft")}>${escapeHtml(footer.text)} ${anchor(escapeHtml(footer.link.label), footer.link.url)}</p>`;
  return frame(title, [...rows, row("note", last)].join("\n"));
}

/** A short letter with one thing to press, as HTML. */
export function drawLetter(
  title: string,
  {
    words,
    button,
    after,
  }: { readonly words: readonly string[]; readonly button: Footer["link"]; readonly after: string },
): string {
  const paragraphs = words.map((text) => `<p ${look("text")}>${escapeHtml(text)}</p>`).join("");
  const pressed = `<p style="margin:16px 0"><a href="${escapeHtml(button.url)}" ${look("button")}>${escapeHtml(button.label)}</a></p>`;
  return frame(
    title,
    [
      row("note", `<h1 ${look("h1")}>${escapeHtml(title)}</h1>${paragraphs}${pressed}`),
      row("note", `<p ${look("soft")}>${escapeHtml(after)}</p>`),
    ].join("\n"),
  );
}
