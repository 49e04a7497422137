import { writtenAclId, writtenS2Id } from "../corpus/identifiers/catalogue-id.ts";
import { addressKeys, doiKeys } from "../corpus/identifiers/paper-address.ts";
import { arxivIdOf } from "../corpus/identifiers/paper-id.ts";
import type { Reference } from "../corpus/identifiers/reference.ts";
import type { LookupService } from "./lookup.ts";
import type { Selection } from "./selection.ts";

/** The services that are asked for single papers by their ids. */
export type PaperService = LookupService | "arxiv";

/** What is known of a paper that is not here: its ids, as they are told by a reference. */
interface Ids {
  readonly arxivId?: NonNullable<ReturnType<typeof arxivIdOf>>;
  readonly doi?: string;
  /** Ids of services, by the name in a key: `acl`, `s2`, `openalex`. */
  readonly named: ReadonlyMap<string, string>;
}

/** Ids of services among keys (paper-address.ts). */
function named(keys: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    keys.flatMap((key): [string, string][] => {
      const [, name = "", id = ""] = /^(acl|s2|openalex|pmid|pmc):(.+)$/.exec(key) ?? [];
      return name === "" ? [] : [[name, id]];
    }),
  );
}

function idsOf(reference: Reference): Ids | undefined {
  switch (reference.kind) {
    case "paper": {
      const arxivId = arxivIdOf(reference.id);
      return arxivId === undefined ? undefined : { arxivId, named: new Map() };
    }
    case "doi":
      return { doi: reference.doi, named: named(doiKeys(reference.doi)) };
    case "page":
      return { named: named(addressKeys(reference.url)) };
    case "number":
      return undefined;
  }
}

function semanticScholarId({ arxivId, doi, named: ids }: Ids): string | undefined {
  const own = ids.get("s2");
  if (own !== undefined) return writtenS2Id(own);
  const [pubmed, central] = [ids.get("pmid"), ids.get("pmc")];
  if (pubmed !== undefined) return `PMID:${pubmed}`;
  if (central !== undefined) return `PMCID:${central}`;
  if (arxivId !== undefined) return `ARXIV:${arxivId}`;
  const acl = ids.get("acl");
  if (acl !== undefined) return `ACL:${writtenAclId(acl)}`;
  return doi === undefined ? undefined : `DOI:${doi}`;
}

/** What a service is asked for, to have the paper of a reference; undefined where it takes no such ids. */
export function selectionAt(service: PaperService, reference: Reference): Selection | undefined {
  const ids = idsOf(reference);
  if (ids === undefined) return undefined;
  const { arxivId, doi } = ids;
  const by = (id: string | undefined): Selection | undefined =>
    id === undefined || service === "arxiv" ? undefined : { kind: "looked-up", service, id };
  switch (service) {
    case "arxiv":
      return arxivId === undefined ? undefined : { kind: "paper", id: arxivId };
    case "crossref":
      return by(doi);
    case "datacite":
      return by(doi ?? (arxivId && `10.48550/arxiv.${arxivId}`));
    case "openalex":
      return by(ids.named.get("openalex") ?? doi ?? (arxivId && `10.48550/arxiv.${arxivId}`));
    case "semantic-scholar":
      return by(semanticScholarId(ids));
  }
}
