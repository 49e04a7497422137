import type { Listing, Paper } from "../../corpus/paper.ts";
import type { Reference } from "../../corpus/identifiers/reference.ts";
import { nameOf, parseReference } from "../../corpus/identifiers/reference.ts";
import type { Fetched } from "../../library/fetching/fetching.ts";
import { FETCHES } from "../../library/fetching/fetching.ts";
import { UserError } from "../../user-error.ts";
import { notHere } from "../naming/choose-paper.ts";
import type { Caller, Services } from "../command.ts";
import { defineCommand } from "../command.ts";
import { findByReference } from "../naming/find-reference.ts";
import { authorityOf } from "../naming/offer-fetch.ts";
import { requiredText } from "../options.ts";
import { paperRecord } from "../cards/paper-cards.ts";
import { detailsCard } from "../cards/paper-details.ts";
import type { Reply } from "../reply.ts";
import { answer, textCard } from "../reply.ts";

/** What the pace is kept for: a server, or a conversation of one person with the bot. */
function placeKey({ platform, ...place }: NonNullable<Caller["place"]>): string {
  return place.server === undefined || place.direct === true
    ? `${platform} channel ${place.channel}`
    : `${platform} server ${place.server}`;
}

function shown(paper: Paper, said: string): Reply {
  return answer({
    summary: `${said}: ${paper.title}`,
    cards: [textCard(`${said}.`), detailsCard(paper)],
    data: [paperRecord(paper)],
  });
}

/** The paper that a listing became, which may be known under another id than it was asked for. */
async function paperOf(
  reference: Reference,
  { title }: Listing,
  { library: { index } }: Services,
): Promise<Paper | undefined> {
  return (await findByReference(index, reference)) ?? (await index.titled(title))[0];
}

function refusal(fetched: Exclude<Fetched, { kind: "taken" }>, reference: Reference): string {
  const paper = nameOf(reference);
  switch (fetched.kind) {
    case "unknown":
      return `${fetched.service} has no paper “${paper}”; it is not asked for it again for a day.`;
    case "failed":
      return `${fetched.service} did not give “${paper}” this time; the log says why. Try again later.`;
    case "too-many":
      return fetched.of === "place"
        ? `${FETCHES.ofPlace} papers were fetched from here within an hour, which is as many as there may be. Try again later, or have the operator take in more at once: paperboy ingest`
        : `${FETCHES.ofAll} papers were fetched within an hour, which is as many as there may be. Try again later, or have the operator take in more at once: paperboy ingest`;
  }
}

/** Throws a UserError for somebody who may not add papers. */
async function requireAuthority({ caller }: Services): Promise<void> {
  const authority = await authorityOf(caller);
  if (authority.kind === "may-not") throw new UserError(`Only ${authority.who} can fetch papers here.`);
  if (authority.kind === "cannot") throw new UserError(authority.why);
}

/** Fetches one paper from a service on the network. */
export const fetchPaper = defineCommand({
  name: "fetch",
  description: "Fetch a paper that is not here by its id, from services that the operator allows",
  options: {
    paper: requiredText({
      description: "An arXiv id, a DOI, or a link to a paper",
      brief: "An arXiv id, a DOI or a link",
      missing: "Fetch which paper? Give its id or a link, such as: fetch 2401.01234",
      maxLength: 500,
      takesLine: true,
    }),
  },
  fit: (words) => Promise.resolve(parseReference(words) === undefined ? "topic" : "fits"),
  examples: [
    { line: "fetch 1706.03762", does: "from arXiv, by its id" },
    { line: "fetch 10.1145/3442188.3445922", does: "by its DOI" },
  ],
  notes: [
    `Only services are asked that the operator named, and of a server or a conversation for at most ${FETCHES.ofPlace} papers an hour. In a channel, those may who may set up its digests.`,
  ],
  async run({ paper: text }, services) {
    const reference = parseReference(text);
    if (reference === undefined)
      throw new UserError(
        `“${text}” is no id or link of a paper. Give one, such as fetch 2401.01234 or fetch 10.1145/3442188.3445922; words are searched: search ${text}`,
      );
    const known = await findByReference(services.library.index, reference);
    if (known !== undefined) return shown(known, "It is here already");
    const { fetching, caller } = services;
    if (caller.place === undefined || fetching?.serviceFor(reference) === undefined) {
      const summary = notHere(text, reference);
      return answer({ summary, tone: "missing", cards: [textCard(summary)] });
    }
    await requireAuthority(services);
    const fetched = await fetching.fetch(reference, placeKey(caller.place));
    const paper = fetched.kind === "taken" ? await paperOf(reference, fetched.listing, services) : undefined;
    if (fetched.kind === "taken" && paper !== undefined)
      return shown(paper, `Fetched from ${fetched.service}`);
    const summary =
      fetched.kind === "taken" ? `“${fetched.listing.title}” was fetched.` : refusal(fetched, reference);
    return answer({ summary, tone: "missing", cards: [textCard(summary)] });
  },
});
