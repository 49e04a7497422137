import type { Count } from "../figures.ts";
import type { Goods, Wording } from "../schedule/goods.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import type { Book } from "./book.ts";
import { isWorthSaying } from "./choice/nothing.ts";
import type { View } from "./choice/view.ts";
import { composeNews, hasThread } from "./compose.ts";
import type { Digest } from "./edition.ts";
import { contentOf, newsOf } from "./edition.ts";
import { contentIn } from "./recognise.ts";
import { damagedWords, heldNotice } from "./words.ts";

interface GoodsParts {
  readonly book: Book;
  readonly index: PaperIndex;
  /** The papers as they are when the first digest is chosen: one view for all digests of a look. */
  readonly view: () => Promise<View>;
}

/** Digests, as things that are sent on a schedule. */
export function digestGoods({ book, index, view }: GoodsParts): Goods<Digest> {
  return {
    choose: async (subscription, slot) =>
      composeNews(await view(), subscription, slot, await book.had(subscription.place)),
    keep: contentOf,
    recall: (content) => newsOf(content, index.get),
    nothingIn: (news) => (news.kind === "nothing" ? { reason: news.reason } : undefined),
    isWorthSaying,
    isInTwo: hasThread,
    mayBeInTwo: ({ delivery }) => delivery === "thread",
    recognise: (texts) => contentIn(index, texts),
  };
}

/** How digests are spoken of. */
export function digestWording(count: Count): Wording {
  return {
    noun: "digest",
    held: heldNotice,
    damaged: damagedWords,
    count: (platform, outcome, lateSeconds) =>
      count({ kind: "digest", platform, outcome, ...(lateSeconds === undefined ? {} : { lateSeconds }) }),
  };
}
