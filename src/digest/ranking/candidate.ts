import type { Paper } from "../../corpus/paper.ts";
import type { Pull } from "../../taste/pull.ts";
import type { Judged } from "./score.ts";

/** That a paper is like one of the latest papers of the day in a channel. */
export interface Nearness {
  /** The nearest of the latest papers of the day there. */
  readonly paper: Pick<Paper, "id" | "title">;
  /** From 0 to 1. */
  readonly similarity: number;
}

/** A paper about the topics, with what its score needs of other papers. */
export interface Candidate<Known extends Judged = Paper> {
  readonly paper: Known;
  /** The topic it fits best and how well, 0 to 1; absent where there are no topics. */
  readonly fit?: { readonly topic: string; readonly value: number };
  /** The nearest of the latest papers of the day here, where one is near at all. */
  readonly nearest?: Nearness;
  /** By how much the reactions in the channel move it, where they do. */
  readonly taste?: Pull;
}
