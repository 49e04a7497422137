import { integer } from "../options.ts";
import type { Button, Invocation } from "../reply.ts";

/** Papers in one reply. */
export const PAGE_SIZE = 5;

/** Papers a program may ask for at once. */
const MAX_LIMIT = 100;

/** The options that lists share: which page, and how many papers on it. */
export const pageOptions = {
  page: integer({ description: "Page of the list", min: 1, max: 10_000, fallback: 1, internal: true }),
  limit: integer({
    description: `Papers on a page (1 to ${MAX_LIMIT})`,
    min: 1,
    max: MAX_LIMIT,
    fallback: PAGE_SIZE,
    internal: true,
  }),
};

/** The part of a list that a page shows: `offset` from 0. */
export function pageWindow({ page, limit }: { page: number; limit: number }): {
  offset: number;
  limit: number;
} {
  return { offset: (page - 1) * limit, limit };
}

/** Buttons to the pages before and after this one; none where all fits on one page. */
export function pageButtons(
  run: Invocation,
  { page, limit }: { page: number; limit: number },
  total: number,
): Button[] {
  const to = (label: string, key: string, target: number): Button => ({
    kind: "run",
    label,
    key,
    run: {
      ...run,
      args: { ...run.args, page: String(target), ...(limit === PAGE_SIZE ? {} : { limit: String(limit) }) },
    },
  });
  return [
    ...(page > 1 ? [to("Previous", "p", page - 1)] : []),
    ...(page * limit < total ? [to("Next", "n", page + 1)] : []),
  ];
}

/** `1-5 of 329`. */
export function pageRange(
  { page, limit }: { page: number; limit: number },
  shown: number,
  total: number,
): string {
  const first = (page - 1) * limit + 1;
  return shown === 1 ? `${first} of ${total}` : `${first}–${first + shown - 1} of ${total}`;
}
