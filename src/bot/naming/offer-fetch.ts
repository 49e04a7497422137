import type { Reference } from "../../corpus/identifiers/reference.ts";
import { nameOf } from "../../corpus/identifiers/reference.ts";
import type { Authority, Caller, Services } from "../command.ts";
import { ingestName } from "./ingest-name.ts";
import type { Button } from "../reply.ts";

/** Whether somebody may add papers to what everybody searches: who may change what a channel gets. */
export async function authorityOf({ authority }: Caller): Promise<Authority> {
  return (await authority?.()) ?? { kind: "may" };
}

/** How a paper that is not here can come here: words behind “is not in this corpus.”, and what to press. */
export interface FetchOffer {
  readonly words: string;
  readonly buttons: readonly Button[];
}

/** The command line that takes the paper of a reference in, where one does; with a space before. */
export function commandLine(reference: Reference): string | undefined {
  const name = ingestName(reference);
  return name === undefined
    ? undefined
    : ` To take it in, type at a command line, where Paperboy runs: paperboy ingest ${name}`;
}

/** Offers to fetch a paper in one press, to those who may; undefined where no service that may be asked has such ids. */
export async function offerFetch(
  reference: Reference,
  { fetching, caller }: Pick<Services, "fetching" | "caller">,
): Promise<FetchOffer | undefined> {
  // Elsewhere, such as on a web page, nobody is known and no pace can be kept.
  const service = caller.place === undefined ? undefined : fetching?.serviceFor(reference);
  if (service === undefined) return undefined;
  const paper = nameOf(reference);
  const authority = await authorityOf(caller);
  switch (authority.kind) {
    case "may":
      return {
        words: ` It can be fetched from ${service}.`,
        buttons: [
          {
            kind: "run",
            label: `Fetch from ${service}`,
            key: "f",
            run: { command: "fetch", args: { paper } },
          },
        ],
      };
    case "may-not":
      return { words: ` From ${service} ${authority.who} can fetch it: fetch ${paper}`, buttons: [] };
    case "cannot":
      return { words: ` ${authority.why}`, buttons: [] };
  }
}
