import type { MapEdge, PaperMap } from "./paper-map.ts";

/** Characters of what is told of a picture, and of a title in it. */
const ALT = 1000;
const TITLE = 70;
/** Words that are named of those that two papers share. */
const SHARED = 3;

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

/** The edges of a paper, the strongest first, each with the place of the other paper. */
export function edgesOf(
  { edges }: PaperMap,
  place: number,
): readonly (MapEdge & { readonly other: number })[] {
  return edges
    .flatMap((edge) => {
      const [a, b] = edge.ends;
      if (a !== place && b !== place) return [];
      return [{ ...edge, other: a === place ? b : a }];
    })
    .toSorted((a, b) => b.score - a.score || a.other - b.other);
}

/** `curriculum, difficulty`; `meaning` where they share no telling word. */
export const sharedText = ({ shared }: Pick<MapEdge, "shared">): string =>
  shared.length === 0 ? "meaning" : shared.slice(0, SHARED).join(", ");

/** What a paper shares with the others: `curriculum, difficulty with 1; meaning with 4`. Undefined where it shares nothing. */
export function relationText(map: PaperMap, place: number): string | undefined {
  const told = edgesOf(map, place).map((edge) => `${sharedText(edge)} with ${edge.other + 1}`);
  return told.length === 0 ? undefined : told.join("; ");
}

/** The picture in words: the papers asked for, those near them, and what they share. */
export function altText(map: PaperMap): string {
  const asked = map.papers.flatMap((paper, place) => (paper.asked ? [place] : []));
  const named = (place: number): string => `“${cut(map.papers[place]?.title ?? "", TITLE)}”`;
  const alone = asked.length === 1 ? asked[0] : undefined;
  const said = map.papers.flatMap((_paper, place) => {
    const near = edgesOf(map, place);
    const first = near.find(({ other }) => other === alone) ?? near[0];
    if (place === alone) return [];
    if (first === undefined) return [`${named(place)} shares nothing telling with the others`];
    const other = first.other === alone ? "it" : named(first.other);
    return [`${named(place)} shares ${sharedText(first)} with ${other}`];
  });
  const what = alone === undefined ? "" : `, around ${named(alone)}`;
  return cut(`Map of ${map.papers.length} papers${what}. ${said.map((one) => `${one}.`).join(" ")}`, ALT);
}
