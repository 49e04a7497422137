import type { Count } from "../figures.ts";
import { countDue } from "../figures.ts";
import type { Goods, Wording } from "../schedule/goods.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import { isWorthSaying } from "./choice/nothing.ts";
import type { View } from "./choice/view.ts";
import type { Place } from "../schedule/place.ts";
import type { Slot } from "../schedule/slots/slots.ts";
import type { KnownChannel } from "./compose.ts";
import { composeNews, hasThread } from "./compose.ts";
import type { Digest } from "./edition.ts";
import { contentOf, newsOf } from "./edition.ts";
import { contentIn } from "./recognise.ts";
import { damagedWords, heldNotice } from "./words.ts";

interface GoodsParts {
  readonly index: PaperIndex;
  /** The papers as they are when the first digest is chosen: one view for all digests of a look. */
  readonly view: () => Promise<View>;
  /** What is known of a channel for its digest of a slot. */
  readonly known: (view: View, place: Place, slot: Slot) => Promise<KnownChannel>;
}

/** Digests, as things that are sent on a schedule. */
export function digestGoods({ index, view, known }: GoodsParts): Goods<Digest> {
  return {
    async choose(subscription, slot) {
      const seen = await view();
      return composeNews(seen, subscription, slot, await known(seen, subscription.place, slot));
    },
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
    count: countDue(count, "digest"),
  };
}
