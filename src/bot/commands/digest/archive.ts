import type { Sent } from "../../../digest/archive/archives.ts";
import type { Archive } from "../../../digest/archive/register.ts";
import { dayWords } from "../../../schedule/words.ts";
import type { Place } from "../../../schedule/place.ts";
import { parsePartialDate, formatDate } from "../../../corpus/partial-date.ts";
import { UserError } from "../../../user-error.ts";
import { pageButtons, pageOptions, pageRange, pageWindow } from "../../cards/pages.ts";
import { introduction, paperRecord } from "../../cards/paper-cards.ts";
import { sentSchema } from "../../cards/record-schemas.ts";
import type { Services } from "../../command.ts";
import { defineCommand } from "../../command.ts";
import { optionalText } from "../../options.ts";
import type { Button, Card, DataRecord, Invocation, Reply } from "../../reply.ts";
import { answer, link, plain, prose, textCard } from "../../reply.ts";
import { paperUrl } from "../../../corpus/identifiers/links.ts";
import { placeOf, placeToChange } from "./place.ts";

/** What an archive is called where nobody says it. */
const USUAL_NAME = "Papers of the day";

const NO_PAGES =
  "No web pages are served here, on which an archive could be read. Whoever runs Paperboy opens them by PAPERBOY_WEB_PORT.";

/** Where an archive is read, as far as that is known. */
function whereWords({ pages }: Services, { id }: Archive): string {
  const path = `/archive/${id}`;
  return pages?.url === undefined ? `${path} of the web pages` : pages.url + path;
}

/** Makes what the digests of a channel brought public. */
export const digestPublish = defineCommand({
  name: "digest publish",
  description: "Let whoever has its address read on the web what this channel's digests brought",
  options: {
    name: optionalText({
      description: `What the archive is called; “${USUAL_NAME}” where nothing is said`,
      brief: "What the archive is called",
      takesLine: true,
      maxLength: 80,
    }),
  },
  examples: [{ line: "digest publish Vision papers", does: "gives an address, with feeds, to send round" }],
  notes: [
    "Public are the papers with the days on which they came, and the name. Not the channel, the server, the people or the topics. The address cannot be guessed and is listed nowhere; “digest unpublish” ends it, and published again it is the same.",
  ],
  async run({ name }, services): Promise<Reply> {
    const place = await placeToChange(services);
    if (services.pages === undefined) throw new UserError(NO_PAGES);
    const { archives } = await services.digests();
    const before = await archives.inPlace(place);
    const called = name ?? before?.name ?? USUAL_NAME;
    const archive = await archives.publish(place, called, services.caller.user);
    const where = whereWords(services, archive);
    const summary = `What the digests of this channel brought, and will bring, is public as “${called}”: ${where}`;
    return answer({
      summary,
      cards: [
        textCard(
          summary,
          "Whoever has this address sees the papers and the days, and nothing of the channel or the people. “digest unpublish” ends it.",
        ),
      ],
    });
  },
});

/** Ends that. */
export const digestUnpublish = defineCommand({
  name: "digest unpublish",
  description: "Let nobody read on the web any more what this channel's digests brought",
  options: {},
  examples: [{ line: "digest unpublish", does: "its address and feeds lead nowhere from then on" }],
  async run(_values, services): Promise<Reply> {
    const place = await placeToChange(services);
    const { archives } = await services.digests();
    const archive = await archives.inPlace(place);
    if (archive?.published !== true)
      throw new UserError("The archive of this channel is not public. “digest publish” makes it so.");
    await archives.unpublish(archive, services.caller.user);
    const summary = `The archive “${archive.name}” is public no more. “digest publish” gives it the same address again.`;
    return answer({ summary, cards: [textCard(summary)] });
  },
});

function readMonth(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const month = /^\d{4}-\d{2}$/.test(text) ? parsePartialDate(text) : undefined;
  if (month === undefined)
    throw new UserError(`“${text}” is not a month. Write the year and the number of the month: 2026-11.`);
  return month;
}

const monthWords = (month: string): string => {
  const known = parsePartialDate(month);
  return known === undefined ? month : formatDate(known);
};

/** The archive that is meant: a published one by its id, and else that of the channel, public or not. */
async function archiveMeant(
  id: string | undefined,
  services: Services,
): Promise<{ readonly place: Place; readonly name: string } | undefined> {
  const { archives } = await services.digests();
  if (id !== undefined) return archives.published(id);
  const place = placeOf(services);
  return { place, name: (await archives.inPlace(place))?.name ?? USUAL_NAME };
}

const button = (label: string, key: string, run: Invocation): Button => ({ kind: "run", label, key, run });

function sentCard({ date, paper, runnersUp }: Sent, number: number): Card {
  const { heading, blocks } = introduction(paper);
  const also = runnersUp.flatMap((one, i) => [
    plain(i === 0 ? "Also: " : "; "),
    link(one.title, paperUrl(one)),
  ]);
  return {
    ...(heading === undefined ? {} : { heading }),
    blocks: [prose(plain(dayWords(date))), ...blocks, ...(also.length === 0 ? [] : [prose(...also)])],
    buttons: [
      button("Details", String(number), { command: "show", args: { paper: paper.id } }),
      button("Similar", `${number}s`, { command: "similar", args: { papers: paper.id } }),
      button("Cite", `${number}c`, { command: "cite", args: { paper: paper.id } }),
    ],
  };
}

/** The months around one, as buttons. */
function monthButtons(
  run: { readonly archive?: string },
  months: readonly string[],
  month: string | undefined,
): Button[] {
  const to = (label: string, key: string, target: string | undefined): Button[] =>
    target === undefined
      ? []
      : [
          {
            kind: "run",
            label: `${label}: ${monthWords(target)}`,
            key,
            run: { command: "digest archive", args: { ...run, month: target } },
          },
        ];
  const earlier = months.find((one) => month === undefined || one < month);
  const later = month === undefined ? undefined : months.findLast((one) => one > month);
  return [...to(month === undefined ? "By month" : "Earlier", "e", earlier), ...to("Later", "l", later)];
}

const sentRecord = ({ key, date, at, paper, runnersUp }: Sent): DataRecord => ({
  key,
  date,
  sentAt: at.toISOString(),
  paper: paperRecord(paper),
  runnersUp: runnersUp.map(paperRecord),
});

/** What the digests of a channel brought. */
export const digestArchive = defineCommand({
  name: "digest archive",
  description: "Show what the digests of this channel brought, the newest first or of one month",
  record: sentSchema,
  options: {
    month: optionalText({ description: "Of this month: 2026-11", takesLine: true, maxLength: 20 }),
    archive: optionalText({
      description: "The archive, by the end of its public address",
      internal: true,
      maxLength: 100,
    }),
    ...pageOptions,
  },
  examples: [{ line: "digest archive 2026-11", does: "the papers of the day of November" }],
  async run({ month: typed, archive: id, ...page }, services): Promise<Reply> {
    const month = readMonth(typed);
    const archive = await archiveMeant(id, services);
    if (archive === undefined) {
      const none =
        "There is no public archive at this address. Those who manage the channel may have ended it.";
      return answer({ summary: none, tone: "missing", cards: [textCard(none)] });
    }
    const { archives } = await services.digests();
    const { offset, limit } = pageWindow(page);
    const { total, sent, months } = await archives.read(archive.place, {
      offset,
      limit,
      ...(month && { month }),
    });
    const of = month === undefined ? "" : ` of ${monthWords(month)}`;
    const range =
      total === 0
        ? "nothing yet"
        : sent.length === 0
          ? `there is no page ${page.page}`
          : pageRange(page, sent.length, total);
    const summary = `${archive.name}${of}: ${range}`;
    const own = id === undefined ? {} : { archive: id };
    const run = { command: "digest archive", args: { ...own, ...(month && { month }) } };
    const buttons = [...pageButtons(run, page, total), ...monthButtons(own, months, month)];
    return answer({
      summary,
      list: { ...page, total, title: archive.name },
      cards: [
        textCard(summary),
        ...sent.map((one, i) => sentCard(one, offset + i + 1)),
        { blocks: [], buttons },
      ],
      data: sent.map(sentRecord),
    });
  },
});
