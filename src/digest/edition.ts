import type { Paper, PaperId } from "../corpus/paper.ts";
import type { Choice } from "./choice/choose.ts";
import type { Edition as Scheduled } from "../schedule/goods.ts";
import type { NothingReason } from "./choice/nothing.ts";
import type { Scored, ScorePart } from "./ranking/score.ts";
import type { Plan } from "./subscription.ts";

/** A paper of a digest as the ledger keeps it. */
interface KeptPaper {
  readonly id: PaperId;
  readonly score: number;
  readonly parts: readonly ScorePart[];
}

/** What a digest brings, as it was chosen: kept before it is sent, so that a second try brings the same. */
export type Content =
  | {
      readonly kind: "chosen";
      /** Whether no paper was new. */
      readonly archive: boolean;
      /** How many papers there were to choose from. */
      readonly of: number;
      readonly paper: KeptPaper;
      readonly runnersUp: readonly KeptPaper[];
    }
  | { readonly kind: "nothing"; readonly reason: NothingReason };

/** The kind of thing that a digest is. */
export interface Digest {
  readonly plan: Plan;
  readonly news: Choice;
  readonly content: Content;
  readonly nothing: NothingReason;
}

/** A digest as it is shown. */
export type Edition = Scheduled<Digest>;

const keep = ({ paper, score, parts }: Scored): KeptPaper => ({ id: paper.id, score, parts });

/** What the ledger keeps of a digest. */
export function contentOf(news: Choice): Content {
  if (news.kind === "nothing") return news;
  const { archive, of, paper, runnersUp } = news;
  return { kind: "chosen", archive, of, paper: keep(paper), runnersUp: runnersUp.map(keep) };
}

/** The papers of kept ones, as far as the corpus still has them. */
type FindPaper = (id: PaperId) => Promise<Paper | undefined>;

async function bringBack(kept: readonly KeptPaper[], find: FindPaper): Promise<Scored[]> {
  const found = await Promise.all(
    kept.map(async ({ id, score, parts }) => {
      const paper = await find(id);
      return paper === undefined ? [] : [{ paper, score, parts }];
    }),
  );
  return found.flat();
}

/** The news that the ledger kept; undefined when the corpus has lost the paper of the day. */
export async function newsOf(content: Content, find: FindPaper): Promise<Choice | undefined> {
  if (content.kind === "nothing") return content;
  const [paper] = await bringBack([content.paper], find);
  if (paper === undefined) return undefined;
  const runnersUp = await bringBack(content.runnersUp, find);
  return { kind: "chosen", archive: content.archive, of: content.of, paper, runnersUp };
}
