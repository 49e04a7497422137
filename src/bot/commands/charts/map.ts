import type { MapEdge, PaperMap } from "../../../charts/map/paper-map.ts";
import { altText, edgesOf, relationText } from "../../../charts/map/words.ts";
import type { Paper } from "../../../corpus/paper.ts";
import type { PaperIndex } from "../../../search/paper-index.ts";
import { parseQuery } from "../../../search/query/parse-query.ts";
import { UserError } from "../../../user-error.ts";
import { listedCard, paperRecord } from "../../cards/paper-cards.ts";
import { mapSchema } from "../../cards/record-schemas.ts";
import type { Services } from "../../command.ts";
import { defineCommand } from "../../command.ts";
import { chooseReply } from "../../naming/choose-paper.ts";
import { fitAsName } from "../../naming/find-paper.ts";
import { findNamedPapers } from "../../naming/named-papers.ts";
import { papersOfNumbers } from "../../naming/numbers.ts";
import { requiredText } from "../../options.ts";
import type { Card, Invocation, Reply } from "../../reply.ts";
import { answer, emphasis, plain, prose, textCard } from "../../reply.ts";

/** Papers of one map: more boxes cannot be read on a phone. */
const MOST = 12;
/** Papers around one, and papers of a search. */
const AROUND = 10;
/** How far among the papers like one another one is looked for. */
const LOOKED = 40;
/** Words that two papers share and that are told. */
const SHARED = 3;

/** The papers that are drawn, and what was left out. */
interface Drawn {
  readonly asked: readonly Paper[];
  readonly around: readonly Paper[];
  readonly what: string;
  readonly notes: readonly string[];
}

async function ofPapers(
  papers: readonly Paper[],
  missed: readonly string[],
  index: PaperIndex,
): Promise<Drawn> {
  const notes =
    missed.length === 0
      ? []
      : [`Not drawn, since no title or several fit: ${missed.map((name) => `“${name}”`).join(", ")}.`];
  const [only] = papers;
  if (papers.length === 1 && only !== undefined) {
    const { hits } = await index.similar({ like: [only.id], unlike: [] }, { offset: 0, limit: AROUND });
    return {
      asked: papers,
      around: hits.map(({ paper }) => paper),
      what: `the papers around “${only.title}”`,
      notes,
    };
  }
  const left = papers.length - MOST;
  const more = left > 0 ? [`At most ${MOST} papers are drawn; ${left} of those named are left out.`] : [];
  return {
    asked: papers.slice(0, MOST),
    around: [],
    what: `${Math.min(MOST, papers.length)} papers`,
    notes: [...notes, ...more],
  };
}

/** What gives the map of a paper. */
const mapOf = ({ id }: Paper): Invocation => ({ command: "map", args: { papers: id } });

/** What a text asks for: papers by name or number, or else what a search finds. */
async function findDrawn(text: string, services: Services): Promise<Drawn | Reply> {
  const { index } = services.library;
  const named = await findNamedPapers(text, services);
  if (named.kind === "papers" && named.papers.length > 0) return ofPapers(named.papers, named.missed, index);
  // Words that stand in several titles are a search; a link or an id that is not here is none.
  if (named.kind === "none" && named.found.kind === "missing" && named.found.isReference) {
    return chooseReply(text, named.found, { run: mapOf, label: "Map" }, services);
  }
  const parsed = parseQuery(text, services.now());
  const found =
    parsed.kind === "search" ? await index.search(parsed.query, { offset: 0, limit: AROUND }) : { hits: [] };
  if (found.hits.length === 0)
    throw new UserError(
      `No paper here is named “${text}”, and a search finds none. Name a paper, or words, such as: map curriculum learning`,
    );
  return {
    asked: found.hits.map(({ paper }) => paper),
    around: [],
    what: `what a search finds for “${text}”`,
    notes: [],
  };
}

/** What each two of the papers share, as far as they are among the nearest of each other. */
async function edgesAmong(papers: readonly Paper[], index: PaperIndex): Promise<readonly MapEdge[]> {
  const places = new Map(papers.map(({ id }, i) => [id, i]));
  const edges = new Map<string, MapEdge>();
  for (const [from, { id }] of papers.entries()) {
    const { hits } = await index.similar({ like: [id], unlike: [] }, { offset: 0, limit: LOOKED });
    for (const { paper, score, shared } of hits) {
      const to = places.get(paper.id);
      if (to === undefined) continue;
      const ends = from < to ? ([from, to] as const) : ([to, from] as const);
      const key = ends.join(" ");
      if (!edges.has(key))
        edges.set(key, { ends, score: Math.min(1, score), shared: shared.slice(0, SHARED) });
    }
  }
  return [...edges.values()];
}

/** The edges that are drawn: those of the papers asked for, and of the others the strongest two of each. */
function fewEdges(edges: readonly MapEdge[], { asked, around }: Drawn): readonly MapEdge[] {
  const isAlone = asked.length === 1;
  const all = { papers: [], edges };
  const kept = new Set(
    [...asked, ...around].flatMap((_paper, place) =>
      edgesOf(all, place)
        .slice(0, 2)
        .map(({ ends }) => ends.join(" ")),
    ),
  );
  return edges.filter(({ ends }) => (isAlone && ends[0] === 0) || kept.has(ends.join(" ")));
}

function cardOf(paper: Paper, place: number, map: PaperMap): Card {
  const text = relationText(map, place);
  const lines = [
    text === undefined
      ? prose(emphasis("Shares nothing telling with the others"))
      : prose(plain("Shares "), emphasis(text)),
  ];
  return listedCard({ number: place + 1, paper, lines });
}

/** The neighbourhood of a paper, or of several. */
export const map = defineCommand({
  name: "map",
  description: "Draw the papers around one, or a list or search, with what they share",
  record: mapSchema,
  options: {
    papers: requiredText({
      description: "A title, link or id; several with ; between; numbers of the last list: 1-5; or words",
      brief: "Titles, links, ids, numbers; or words",
      missing: "A map of what? Name a paper, numbers of the last list, or words, such as: map FastDINOv2",
      maxLength: 1000,
      takesLine: true,
      completedBy: "titles",
    }),
  },
  examples: [
    { line: "map FastDINOv2", does: "the papers around one" },
    { line: "map 1-5", does: "the first five of the last list" },
    { line: "map curriculum learning", does: "what a search finds" },
  ],
  notes: [
    `Up to ${MOST} papers are drawn, near each other as far as they are alike; lines name the words that two share. The same papers give the same picture.`,
  ],
  async fit(words, { library, keys }) {
    if (papersOfNumbers(words, keys?.() ?? new Map()) !== undefined) return "fits";
    return fitAsName(library.index, words);
  },
  async run({ papers: text }, services) {
    const drawn = await findDrawn(text, services);
    if ("summary" in drawn) return drawn;
    const papers = [...drawn.asked, ...drawn.around];
    const edges = fewEdges(await edgesAmong(papers, services.library.index), drawn);
    const chart: PaperMap = {
      papers: papers.map(({ id, title }, i) => ({ id, title, asked: i < drawn.asked.length })),
      edges,
    };
    const summary = `A map of ${drawn.what}`;
    return answer({
      summary,
      cards: [
        textCard([`${summary}.`, ...drawn.notes].join(" ")),
        ...papers.map((paper, i) => cardOf(paper, i, chart)),
      ],
      data: papers.map((paper, i) => ({
        ...paperRecord(paper),
        asked: i < drawn.asked.length,
        near: edgesOf(chart, i).map(({ other, score, shared }) => ({ id: papers[other]?.id, score, shared })),
      })),
      picture: { name: "map", alt: altText(chart), chart: { kind: "map", map: chart } },
      again: { command: "map", args: { papers: drawn.asked.map(({ id }) => id).join("; ") } },
    });
  },
});
