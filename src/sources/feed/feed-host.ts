import { UserError } from "../../user-error.ts";

/** Throws a UserError where a feed lies at a host that the settings do not name. */
export function checkFeedHost(
  url: string,
  { feedHosts = [] }: { readonly feedHosts?: readonly string[] },
): void {
  const { host } = new URL(url);
  if (feedHosts.includes(host)) return;
  const named = feedHosts.length === 0 ? "is not set" : `names ${feedHosts.join(", ")}`;
  throw new UserError(
    `The feed ${url} lies at ${host}, which may not be asked: PAPERBOY_FEED_HOSTS ${named}. To allow it, set PAPERBOY_FEED_HOSTS=${[...feedHosts, host].join(",")}`,
  );
}
