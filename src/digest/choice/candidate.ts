import type { Paper } from "../../corpus/paper.ts";

/** A paper about the topics, with what its score needs of other papers. */
export interface Candidate {
  readonly paper: Paper;
  /** The topic it fits best and how well, 0 to 1; absent where there are no topics. */
  readonly fit?: { readonly topic: string; readonly value: number };
  /** The nearest of the latest papers of the day here, where one is near at all. Similarity is from 0 to 1. */
  readonly nearest?: { readonly paper: Paper; readonly similarity: number };
}

/** What a choice is made among. */
export interface Candidates {
  /** Number of papers in the corpus. */
  readonly corpus: number;
  /** With how many of the latest papers of the day here the candidates were compared. */
  readonly remembered: number;
  readonly list: readonly Candidate[];
}
