/** The paths of the pages that mails lead to; a page knows what stands behind them. */
export const CONFIRM_PATH = "/mail/confirm/";
export const LEAVE_PATH = "/mail/leave/";

const under = (url: string, path: string): string => url.replace(/\/$/, "") + path;

/** The page on which whoever reads an address confirms it. `url` is the public address of the pages. */
export const confirmLink = (url: string, token: string): string => under(url, CONFIRM_PATH + token);

/** The page on which whoever gets a digest ends it, which a mail program may ask by itself. */
export const leaveLink = (url: string, leave: string, digest: string): string =>
  under(url, `${LEAVE_PATH}${leave}/${encodeURIComponent(digest)}`);
