import type { Row } from "../../../digest/book.ts";
import type { Digests } from "../../../digest/digests.ts";
import { localDateOf } from "../../../schedule/slots/slots.ts";
import type { Plan, Subscription } from "../../../digest/subscription.ts";
import { DEFAULT_PLAN } from "../../../digest/subscription.ts";
import { whyWords } from "../../../digest/choice/why-words.ts";
import { dayWords } from "../../../schedule/words.ts";
import { rowWords } from "../../../digest/words.ts";
import type { Choosing } from "../../naming/choose-paper.ts";
import { chooseReply } from "../../naming/choose-paper.ts";
import type { Services } from "../../command.ts";
import { defineCommand } from "../../command.ts";
import { editionReply } from "../../cards/digest-cards.ts";
import { findPaper } from "../../naming/find-paper.ts";
import { optionalText, requiredText } from "../../options.ts";
import type { Reply, Span } from "../../reply.ts";
import { answer, plain, prose, strong, textCard } from "../../reply.ts";
import { mailedTo } from "./mailed.ts";
import { findDigest, numberedIn, whichOption } from "./place.ts";
import { changePlanBy, planOptions } from "./plan.ts";

/** Where a preview without a channel takes place. */
const NOWHERE = { platform: "terminal", channel: "preview" } as const;

/** Shows a reply to the caller alone, under a first line. */
function privately(first: string, reply: Reply): Reply {
  return { ...reply, audience: "caller", cards: [textCard(first), ...reply.cards] };
}

/** What a plan would bring next, for somebody who has no digest yet. */
async function previewPlan(digests: Digests, plan: Plan, services: Services): Promise<Reply> {
  const place = services.caller.place ?? NOWHERE;
  const { slot, news } = await digests.preview({ place, plan });
  return editionReply({ plan, date: slot.date, news });
}

/** The next digest. */
export const digestPreview = defineCommand({
  name: "digest preview",
  description: "Show the next digest as it would be now, to you alone",
  namesOptions: true,
  options: { ...planOptions, topics: { ...planOptions.topics, takesLine: false }, digest: whichOption },
  examples: [{ line: "digest preview topics:diffusion", does: "what a digest of this topic would bring" }],
  async run({ digest, ...said }, services) {
    const digests = await services.digests();
    const { place } = services.caller;
    const here = place === undefined ? [] : await numberedIn(digests, place);
    const all = [...here, ...(await mailedTo(services))];
    if (all.length === 0 && (place === undefined || digest === undefined)) {
      const zone = said.zone ?? "UTC";
      const plan = changePlanBy(DEFAULT_PLAN, { ...said, zone }, services.now());
      return privately("What a digest like this would bring:", await previewPlan(digests, plan, services));
    }
    const { subscription } = await findDigest(services, digest);
    const plan = changePlanBy(subscription.plan, said, services.now());
    const { slot, news } = await digests.preview({ place: subscription.place, plan });
    const reply = editionReply({ plan, date: slot.date, news, id: subscription.id });
    return privately("The next digest, as it would be now:", reply);
  },
});

/** Today's digest, to the caller alone. */
export const digestTest = defineCommand({
  name: "digest test",
  description: "Post a digest of this channel to you alone, to see how it looks",
  options: { digest: whichOption },
  examples: [{ line: "digest test", does: "today's, and nothing is kept of it" }],
  async run({ digest }, services) {
    const digests = await services.digests();
    const { subscription } = await findDigest(services, digest);
    const dueAt = services.now();
    const slot = { date: localDateOf(subscription.plan.zone, dueAt), dueAt };
    const { news } = await digests.preview(subscription, slot);
    const reply = editionReply({ plan: subscription.plan, date: slot.date, news, id: subscription.id });
    return privately("A test that only you see:", reply);
  },
});

async function titleOf({ content }: Row, { library }: Services): Promise<Span[]> {
  if (content?.kind !== "chosen") return [];
  const title = await library.titleOf(content.paper.id);
  return title === undefined ? [] : [plain(`: ${title}`)];
}

/** What became of the last digests. */
export const digestStatus = defineCommand({
  name: "digest status",
  description: "Say what became of the last 14 digests",
  options: { digest: whichOption },
  examples: [{ line: "digest status", does: "sent, skipped or held, day by day" }],
  async run({ digest }, services) {
    const digests = await services.digests();
    const { number, subscription } = await findDigest(services, digest);
    const rows = await digests.status(subscription);
    const { slot } = await digests.preview(subscription);
    const next =
      subscription.state.kind === "paused"
        ? "It is paused."
        : `The next one is due on ${dayWords(slot.date)}.`;
    const summary = `Digest ${number}: ${rows.length === 0 ? "none was due yet" : `the last ${rows.length}`}. ${next}`;
    const items = await Promise.all(
      rows.map(async (row) => [
        strong(dayWords(row.date)),
        plain(` ${rowWords(row)}`),
        ...(await titleOf(row, services)),
      ]),
    );
    const list = items.length === 0 ? [] : [{ kind: "list", items } as const];
    return answer({ summary, cards: [{ blocks: [prose(plain(summary)), ...list], buttons: [] }] });
  },
});

const why: Choosing = {
  run: ({ id }) => ({ command: "digest why", args: { paper: id } }),
  label: "Why",
};

/** Why a paper was posted, or not. */
export const digestWhy = defineCommand({
  name: "digest why",
  description: "Say why a paper was posted here, or what keeps it out",
  options: {
    paper: requiredText({
      description: "A title, a part of it, a link or an id",
      missing: "Why which paper? Give a title, a part of it, a link or an id, such as: digest why FastDINOv2",
      maxLength: 500,
      takesLine: true,
      completedBy: "titles",
    }),
    digest: optionalText({ description: "Set by buttons", internal: true }),
  },
  examples: [{ line: "digest why FastDINOv2", does: "the rule that chose it, or kept it out" }],
  async run({ paper: text, digest }, services) {
    const digests = await services.digests();
    const place = services.caller.place ?? NOWHERE;
    const found = await findPaper(services.library.index, text);
    if (found.kind !== "found") {
      return chooseReply(text, found, why, services);
    }
    const all = await numberedIn(digests, place);
    const chosen = digest === undefined ? all : all.filter(({ subscription }) => subscription.id === digest);
    const asked: readonly { number: string; subscription: Pick<Subscription, "place" | "plan"> }[] =
      chosen.length > 0 ? chosen : [{ number: "1", subscription: { place, plan: DEFAULT_PLAN } }];
    const { title } = found.paper;
    const lines = await Promise.all(
      asked.map(async ({ number, subscription }) => {
        const words = whyWords(await digests.why(subscription, found.paper.id));
        return asked.length === 1 ? words : `Digest ${number}: ${words}`;
      }),
    );
    const summary = `“${title}”: ${lines[0] ?? ""}`;
    return answer({ summary, cards: [textCard(`“${title}”`, ...lines)] });
  },
});
