/** Graded judgements of one query: the grade of each judged document, 0 for "not relevant". */
export type Judgements = ReadonlyMap<string, number>;

export interface Measures {
  /** nDCG@10 with gain 2^grade - 1 and discount log2(rank + 1), Järvelin and Kekäläinen 2002; 0 to 1. */
  readonly ndcg10: number;
  /** Share of the relevant documents (grade 1 or more) among the first 10 and the first 100. */
  readonly recall10: number;
  readonly recall100: number;
  /** 1 / rank of the first relevant document among the first 10, else 0. */
  readonly mrr10: number;
}

function discountedGain(grades: readonly number[]): number {
  return grades.slice(0, 10).reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
}

/** Measures one ranking, best first, against the judgements of its query. */
export function measure(ranking: readonly string[], judgements: Judgements): Measures {
  const grades = ranking.map((id) => judgements.get(id) ?? 0);
  const ideal = discountedGain([...judgements.values()].toSorted((a, b) => b - a));
  const relevant = [...judgements.values()].filter((grade) => grade > 0).length;
  const found = (count: number): number => grades.slice(0, count).filter((grade) => grade > 0).length;
  const first = grades.slice(0, 10).findIndex((grade) => grade > 0);
  return {
    ndcg10: ideal === 0 ? 0 : discountedGain(grades) / ideal,
    recall10: relevant === 0 ? 0 : found(10) / relevant,
    recall100: relevant === 0 ? 0 : found(100) / relevant,
    mrr10: first < 0 ? 0 : 1 / (first + 1),
  };
}

/** The mean of each measure; all zero for no queries. */
export function mean(all: readonly Measures[]): Measures {
  const average = (pick: (one: Measures) => number): number =>
    all.length === 0 ? 0 : all.reduce((sum, one) => sum + pick(one), 0) / all.length;
  return {
    ndcg10: average((one) => one.ndcg10),
    recall10: average((one) => one.recall10),
    recall100: average((one) => one.recall100),
    mrr10: average((one) => one.mrr10),
  };
}
