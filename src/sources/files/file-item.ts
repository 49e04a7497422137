import type { Listing } from "../../corpus/paper.ts";
import type { Problem } from "../../corpus/problem.ts";

/** What a file of papers gives, one by one: its papers, and what in it could not be read. */
export type FileItem =
  | {
      readonly kind: "paper";
      readonly listing: Listing;
      /** Where its entry begins; absent for saved pages. */
      readonly line?: number;
      /** What was said of the paper beside and could not be read. */
      readonly problems?: readonly Problem[];
      /** Fields of it that were not understood, by their names in the file. */
      readonly unknown?: readonly string[];
    }
  | { readonly kind: "problem"; readonly problem: Problem }
  /** A field of a paper that was not understood, by its name in the file; once for every paper that has it. */
  | { readonly kind: "field"; readonly name: string };
