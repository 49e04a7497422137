import type { Context } from "hono";
import { html } from "hono/html";
import type { Bot } from "../../../src/bot/bot.ts";
import type { Invocation, Reply } from "../../../src/bot/reply.ts";
import { filePath } from "../addresses.ts";
import type { Html } from "./draw.ts";
import { drawHits } from "./draw.ts";
import { VISITOR } from "../visitor.ts";

/** Papers near one that its page shows. */
const NEAR = "5";

/** The forms in which a paper is cited, as the command declares them. */
function formatsOf({ commands }: Bot): readonly string[] {
  const form = commands.find(({ name }) => name === "cite")?.options["format"]?.form;
  return form?.kind === "choice" ? form.choices : [];
}

/**
 * A citation to copy and to save. It works without scripts, which the pages forbid: a click or a tap selects the whole text,
 * and the link saves it as a file.
 */
function drawCitation(asked: Invocation, { document }: Reply, open: boolean): Html {
  if (document === undefined) return html``;
  const { title, text, notes } = document;
  return html`<details name="cite" ${open ? html`open` : ""}>
    <summary>${title}</summary>
    <p class="actions">
      <a href="${filePath(asked)}" download>Save as a file<span class="unseen">: ${title}</span></a>
      <span>A click selects all of it.</span>
    </p>
    <pre class="copy" tabindex="0"><code>${text}</code></pre>
    ${notes.map((note) => html`<p>${note}</p>`)}
  </details>`;
}

async function drawCitations(bot: Bot, id: string): Promise<Html> {
  const asked = formatsOf(bot).map((format) => ({ command: "cite", args: { paper: id, format } }));
  const replies = await Promise.all(asked.map((one) => bot.handle({ ...one, caller: VISITOR })));
  return html`${replies.map((reply, i) => (asked[i] === undefined ? "" : drawCitation(asked[i], reply, i === 0)))}`;
}

/** What stands below the facts of a paper: its citation in every form, and the papers near it. */
async function drawPaper(bot: Bot, id: string): Promise<Html> {
  const near = { command: "similar", args: { papers: id, limit: NEAR } };
  const [citations, similar] = await Promise.all([
    drawCitations(bot, id),
    bot.handle({ ...near, caller: VISITOR }),
  ]);
  return html`<section class="more">
    <h2 id="cite">Cite</h2>
    ${citations}
    ${
      similar.data.length === 0
        ? ""
        : html`<h2>Similar papers</h2>
            ${drawHits(similar)}`
    }
  </section>`;
}

/** What a page shows besides the answer itself: of a paper all that is found by its id, of a citation its file. */
export async function drawMore(bot: Bot, asked: Invocation, reply: Reply): Promise<Html | ""> {
  const id = asked.command === "show" ? reply.data[0]?.["id"] : undefined;
  if (typeof id === "string") return drawPaper(bot, id);
  if (asked.command !== "cite" || reply.document === undefined) return "";
  return html`<p class="actions"><a href="${filePath(asked)}" download>Save as a file</a></p>`;
}

/** A citation as a file to save; undefined where the answer is none. */
export function citationFile(context: Context, { document, tone }: Reply): Response | undefined {
  if (document === undefined || tone !== "plain") return undefined;
  // A name that every system has a place for.
  const name = document.name.replace(/[^\w.-]+/g, "_");
  return context.body(`${document.text}\n`, 200, {
    "content-type": "text/plain; charset=utf-8",
    "content-disposition": `attachment; filename="${name}"`,
  });
}
