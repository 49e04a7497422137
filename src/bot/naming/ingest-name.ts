import { writtenAclId, writtenS2Id } from "../../corpus/identifiers/catalogue-id.ts";
import { addressKeys } from "../../corpus/identifiers/paper-address.ts";
import { arxivIdOf } from "../../corpus/identifiers/paper-id.ts";
import type { Reference } from "../../corpus/identifiers/reference.ts";

/** What the service says of an address of it, as `ingest` takes it. */
function nameByKey(key: string): string | undefined {
  const [, kind = "", id = ""] = /^(acl|s2|openalex|pmid|pmc):(.+)$/.exec(key) ?? [];
  switch (kind) {
    case "acl":
      return `s2:ACL:${writtenAclId(id)}`;
    case "s2":
      return `s2:${writtenS2Id(id)}`;
    case "pmid":
      return `s2:PMID:${id}`;
    case "pmc":
      return `s2:PMCID:${id}`;
    case "openalex":
      return `openalex:${id}`;
    default:
      return undefined;
  }
}

/** A word of a command line, in quotes where a shell would read it in another way. */
const quoted = (word: string): string =>
  /^[\w./:@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "")}'`;

/** What `paperboy ingest` takes in the paper by that a reference names; undefined where no service is asked for such. */
export function ingestName(reference: Reference): string | undefined {
  switch (reference.kind) {
    case "paper": {
      const arxivId = arxivIdOf(reference.id);
      return arxivId === undefined ? undefined : `arxiv:${arxivId}`;
    }
    case "doi":
      return quoted(`doi:${reference.doi}`);
    case "page":
      return addressKeys(reference.url)
        .flatMap((key) => nameByKey(key) ?? [])
        .map(quoted)[0];
    case "number":
      return undefined;
  }
}
