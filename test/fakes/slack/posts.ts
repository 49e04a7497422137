import { refused } from "./slack-error.ts";
import type { Channel, World } from "./world.ts";

/** How many messages a channel takes: apis/web-api/rate-limits, "one per second" with short bursts. */
export interface PostAllowance {
  /** How many at once (default 3). */
  readonly burst?: number;
  /** How many a second (default 1). */
  readonly perSecond?: number;
}

/** Takes posts from each channel's allowance; throws `ratelimited` where it is used up. */
export function createPostLimiter(
  world: World,
  { burst = 3, perSecond = 1 }: PostAllowance,
): { take: (channel: Channel) => void; refusals: () => number } {
  const buckets = new Map<Channel, { left: number; at: number }>();
  let refusals = 0;
  return {
    refusals: () => refusals,
    take: (channel) => {
      const now = world.clock.now();
      const bucket = buckets.get(channel) ?? { left: burst, at: now };
      const left = Math.min(burst, bucket.left + ((now - bucket.at) / 1000) * perSecond);
      buckets.set(channel, { left: left < 1 ? left : left - 1, at: now });
      if (left >= 1) return;
      refusals++;
      throw refused("ratelimited");
    },
  };
}
