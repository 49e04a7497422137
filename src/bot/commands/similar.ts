import type { Paper, PaperId } from "../../corpus/paper.ts";
import type { SimilarHit } from "../../search/paper-index.ts";
import { UserError } from "../../user-error.ts";
import { BETWEEN_NAMES } from "../naming/named-papers.ts";
import { chooseReply } from "../naming/choose-paper.ts";
import type { Services } from "../command.ts";
import { defineCommand } from "../command.ts";
import { findPaper, fitAsName, isTopic } from "../naming/find-paper.ts";
import { hitSchema } from "../cards/record-schemas.ts";
import { requiredText } from "../options.ts";
import { pageButtons, pageOptions, pageRange, pageWindow } from "../cards/pages.ts";
import { allKnownHere, postedBlocks } from "../cards/here/known-here.ts";
import { listedCard, paperRecord } from "../cards/paper-cards.ts";
import type { Block, Card, Reply } from "../reply.ts";
import { answer, emphasis, plain, prose, textCard } from "../reply.ts";

/** Papers that one call may name. */
const MAX_NAMED = 10;

/** A paper named in the call, and whether less of it is wanted. */
interface Named {
  readonly text: string;
  readonly minus: boolean;
}

/** Cuts `one; two; -three` into names. A pasted link is left whole. */
function readNames(text: string): Named[] {
  const names = text
    .split(BETWEEN_NAMES)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) =>
      /^[-–−]\s*\S/.test(part) ? { text: part.slice(1).trim(), minus: true } : { text: part, minus: false },
    );
  if (names.length > MAX_NAMED) {
    throw new UserError(`That names ${names.length} papers; at most ${MAX_NAMED} can be compared at once.`);
  }
  if (!names.some(({ minus }) => !minus)) {
    throw new UserError(
      "Name at least one paper to look for more of, such as: similar FastDINOv2; -Tiny language models",
    );
  }
  return names;
}

interface Resolved {
  readonly like: readonly Paper[];
  readonly unlike: readonly Paper[];
}

/** The call with one name replaced by the id of the paper that was chosen for it. */
function withChosen(names: readonly Named[], at: number, paper: Paper): string {
  return names.map(({ text, minus }, i) => (minus ? "-" : "") + (i === at ? paper.id : text)).join("; ");
}

async function resolve(names: readonly Named[], services: Services): Promise<Resolved | Reply> {
  const like: Paper[] = [];
  const unlike: Paper[] = [];
  for (const [at, { text, minus }] of names.entries()) {
    const found = await findPaper(services.library.index, text);
    if (found.kind !== "found") {
      const run = (paper: Paper) => ({ command: "similar", args: { papers: withChosen(names, at, paper) } });
      return chooseReply(text, found, { run, label: minus ? "Less like this" : "More like this" }, services);
    }
    (minus ? unlike : like).push(found.paper);
  }
  const both = like.find(({ id }) => unlike.some((other) => other.id === id));
  if (both !== undefined) {
    throw new UserError(
      `“${both.title}” is named on both sides: to be like it and unlike it. Leave one of the two out.`,
    );
  }
  return { like, unlike };
}

function ids(papers: readonly Paper[]): PaperId[] {
  return papers.map(({ id }) => id);
}

function titles(papers: readonly Paper[]): string {
  return papers.map(({ title }) => `“${title}”`).join(" and ");
}

function reason({ shared, alike }: SimilarHit): Block[] {
  const pairs = alike.map(([asked, found]) => `${asked} ~ ${found}`).join(", ");
  if (shared.length === 0 && pairs === "") return [];
  if (shared.length === 0) return [prose(plain("Near in meaning: "), emphasis(pairs))];
  const more = pairs === "" ? [] : [plain("; near in meaning: "), emphasis(pairs)];
  return [prose(plain("Shares "), emphasis(shared.join(", ")), ...more)];
}

/** Papers near one or several others. */
export const similar = defineCommand({
  name: "similar",
  description: "Find papers similar to one or several papers",
  record: hitSchema,
  options: {
    papers: requiredText({
      description: "A title or part of it, a link or an id; several with ; and -less like these",
      brief: "Titles, links or ids: a; b; -unlike c",
      missing:
        "Similar to which paper? Give a title, a part of it, a link or an id, such as: similar FastDINOv2",
      maxLength: 1000,
      takesLine: true,
      completedBy: "titles",
    }),
    ...pageOptions,
  },
  examples: [
    { line: "similar FastDINOv2", does: "papers near one paper" },
    { line: "similar FastDINOv2; VPT", does: "near both of them" },
    { line: "similar VPT; -diff History", does: "near the first and unlike the second" },
  ],
  // “similar image retrieval” is a topic where no title has these words, and a mistaken title where no paper has them.
  async fit(words, { library }) {
    if (/[;\n]|^[-–−]/.test(words)) return "fits";
    const fit = await fitAsName(library.index, words);
    return fit === "may-fit" && (await isTopic(library.index, words)) ? "topic" : fit;
  },
  notes: ["Every hit says which words it shares with the papers named. A paper is never similar to itself."],
  async run({ papers, ...page }, services) {
    const resolved = await resolve(readNames(papers), services);
    if ("summary" in resolved) return resolved;
    const { like, unlike } = resolved;
    const request = { like: ids(like), unlike: ids(unlike) };
    const { hits, total } = await services.library.index.similar(request, pageWindow(page));
    const named = `Papers like ${titles(like)}${unlike.length > 0 ? ` but unlike ${titles(unlike)}` : ""}`;
    if (hits.length === 0) {
      const summary =
        total === 0 ? `${named}: none shares a telling word.` : `${named}: there is no page ${page.page}.`;
      return answer({ summary, cards: [textCard(summary)], list: { ...page, total } });
    }
    const summary = `${named} (${pageRange(page, hits.length, total)} nearest)`;
    const run = {
      command: "similar",
      args: { papers: [...ids(like), ...ids(unlike).map((id) => `-${id}`)].join("; ") },
    };
    const { offset } = pageWindow(page);
    const here = await allKnownHere(
      services,
      hits.map(({ paper }) => paper),
    );
    const cards: Card[] = hits.map((hit, i) => {
      const lines = [...reason(hit), ...(here[i] ?? [])];
      return listedCard({ number: offset + i + 1, paper: hit.paper, lines });
    });
    const [opening, before] = [textCard(summary), await postedBlocks(services, ...like)];
    const pager: Card = { blocks: [], buttons: pageButtons(run, page, total) };
    return answer({
      summary,
      list: { ...page, total },
      cards: [{ ...opening, blocks: [...opening.blocks, ...before] }, ...cards, pager],
      data: hits.map(({ paper, score, shared, alike }) => ({ ...paperRecord(paper), score, shared, alike })),
    });
  },
});
