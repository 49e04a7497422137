import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { planWords } from "../../src/bot/commands/digest/plan.ts";
import { dayWords } from "../../src/schedule/words.ts";
import { nextSlot } from "../../src/schedule/slots/slots.ts";
import type { Plan } from "../../src/digest/subscription.ts";
import { CONFIRM_PATH, LEAVE_PATH } from "../../src/mailing/links.ts";
import type { Mailing } from "../../src/mailing/mailing.ts";
import type { Html } from "./drawing/draw.ts";
import { layout } from "./drawing/layout.ts";

/** What the pages that mails lead to are made with. */
export type MailDoors = Pick<Mailing, "wanted" | "confirm" | "leaving" | "leave">;

const UNKNOWN =
  "This link was used already, is older than a week, or is not whole. Ask again with “digest mail” if you want a paper of the day.";

function page(context: Context, title: string, content: Html, status: 200 | 404 | 409 = 200) {
  // A link is a secret of whoever reads the mail: no cache keeps its page, and no search engine shows it.
  context.header("cache-control", "no-store");
  context.header("x-robots-tag", "noindex");
  return context.html(
    layout({
      title: `${title} · Paperboy`,
      query: "",
      content: html`<h1>${title}</h1>
        ${content}`,
    }),
    status,
  );
}

/** A page with one button, which says what was asked for; pressing it sends a request to the same address. */
const pressed = (words: readonly string[], label: string): Html =>
  html`${words.map((text) => html`<p>${text}</p>`)}
    <form method="post"><button>${label}</button></form>`;

const said = (...words: string[]): Html => html`${words.map((text) => html`<p>${text}</p>`)}`;

const comes = (plan: Plan): string => `It comes ${planWords(plan)}.`;

async function confirmPage(context: Context, mail: MailDoors): Promise<Response> {
  const wanted = await mail.wanted(context.req.param("token") ?? "");
  if (wanted === undefined) return page(context, "Nothing to confirm", said(UNKNOWN), 404);
  const words = [
    `A paper of the day was asked for, to be sent to ${wanted.address}. ${comes(wanted.plan)}`,
    "If you did not ask for it, close this page: then nothing comes.",
  ];
  return page(context, "A paper of the day by e-mail", pressed(words, "Yes, send it"));
}

async function confirm(context: Context, mail: MailDoors, now: () => Date): Promise<Response> {
  const done = await mail.confirm(context.req.param("token") ?? "");
  switch (done.kind) {
    case "unknown":
      return page(context, "Nothing to confirm", said(UNKNOWN), 404);
    case "full":
      return page(
        context,
        "Not confirmed",
        said(
          "This address has as many digests as it may have. End one of them first, by the link in its mails.",
        ),
        409,
      );
    case "confirmed": {
      const { plan } = done.subscription;
      const first = dayWords(nextSlot(plan, now()).date);
      const last = "Each mail has a link that ends it.";
      return page(context, "Confirmed", said(`${comes(plan)} The first one is due on ${first}.`, last));
    }
  }
}

const ENDED = "Nothing comes by this link any more.";

async function leavePage(context: Context, mail: MailDoors): Promise<Response> {
  const { leave = "", digest = "" } = context.req.param();
  const subscription = await mail.leaving(leave, digest);
  if (subscription === undefined) return page(context, "Ended", said(ENDED));
  const words = [`This paper of the day comes ${planWords(subscription.plan)}.`];
  return page(context, "Stop this digest?", pressed(words, "Stop it"));
}

/** Ends a digest: by the page, and by the mail program's own button, which sends `List-Unsubscribe=One-Click` (RFC 8058). */
async function leaveNow(context: Context, mail: MailDoors): Promise<Response> {
  const { leave = "", digest = "" } = context.req.param();
  await mail.leave(leave, digest);
  return page(context, "Ended", said(ENDED, "An address that gets no digest any more is forgotten."));
}

/** The pages that mails lead to. Whoever only opens one changes nothing, for programs that look for viruses do that. */
export function addMailPages(app: Hono, mail: () => Promise<MailDoors>, now: () => Date): void {
  const asked = `${CONFIRM_PATH}:token`;
  const left = `${LEAVE_PATH}:leave/:digest`;
  app.get(asked, async (context) => confirmPage(context, await mail()));
  app.post(asked, async (context) => confirm(context, await mail(), now));
  app.get(left, async (context) => leavePage(context, await mail()));
  app.post(left, async (context) => leaveNow(context, await mail()));
}
