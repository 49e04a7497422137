import type { Paper, PaperStatus } from "../../corpus/paper.ts";
import type { PartialDate } from "../../corpus/partial-date.ts";
import type { Had } from "./had.ts";
import type { LocalDate } from "../../schedule/slots/local-date.ts";
import type { Judged } from "../ranking/score.ts";
import { commentsOn, isFuture, votesOf } from "../ranking/score.ts";
import type { Plan } from "../subscription.ts";

/** A rule that keeps a paper about the topics out of a digest. */
export type Obstacle =
  | { readonly kind: "had"; readonly had: Had }
  /** It no longer stands: withdrawn, retracted or superseded. */
  | { readonly kind: "no-longer-stands"; readonly status: PaperStatus }
  | { readonly kind: "future"; readonly date: PartialDate }
  /** `has` is undefined where the number is not known, which counts as 0. */
  | { readonly kind: "few-comments"; readonly has?: number; readonly asked: number }
  | { readonly kind: "few-votes"; readonly has?: number; readonly asked: number };

/** What decides whether a paper may be in a digest, besides its topics. */
export interface Rules {
  readonly plan: Pick<Plan, "minimumComments" | "minimumVotes">;
  /** Local date of the digest. */
  readonly date: LocalDate;
  readonly had: ReadonlyMap<Paper["id"], Had>;
}

/** The first rule that keeps a paper out; undefined when none does. */
export function obstacleTo(paper: Judged, { plan, date, had }: Rules): Obstacle | undefined {
  const before = had.get(paper.id);
  if (before !== undefined) return { kind: "had", had: before };
  if (paper.status !== undefined) return { kind: "no-longer-stands", status: paper.status };
  if (paper.date !== undefined && isFuture(paper, date)) return { kind: "future", date: paper.date };
  const [comments, votes] = [paper.comments, paper.upvotes?.count];
  if (commentsOn(paper) < plan.minimumComments) {
    const asked = plan.minimumComments;
    return { kind: "few-comments", asked, ...(comments === undefined ? {} : { has: comments }) };
  }
  if (votesOf(paper) < plan.minimumVotes) {
    return { kind: "few-votes", asked: plan.minimumVotes, ...(votes === undefined ? {} : { has: votes }) };
  }
  return undefined;
}
