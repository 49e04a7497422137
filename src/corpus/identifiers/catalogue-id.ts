/** A paper's id in the Anthology of the ACL: `P19-1001`, `2023.acl-long.1`. */
const ANTHOLOGY = /^(?:[a-z]\d\d-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)$/i;

/**
 * The address that stands for an id of a catalogue of papers: `acl:P19-1001` or `P19-1001` of the Anthology, `W2741809807` of
 * OpenAlex, `openreview:HJxYz…`, `PMID: 31978945`, `PMC7092803`, `CorpusId:215416146` and `s2:` with 40 digits of Semantic Scholar. Undefined for other text.
 */
export function catalogueAddress(text: string): string | undefined {
  const acl = text.replace(/^(?:s2:)?acl:\s*/i, "");
  if (ANTHOLOGY.test(acl)) return `https://aclanthology.org/${acl}`;
  const work = /^(?:openalex:\s*)?(w\d{7,15})$/i.exec(text)?.[1];
  if (work !== undefined) return `https://openalex.org/${work.toUpperCase()}`;
  const review = /^openreview:\s*([\w-]{6,20})$/i.exec(text)?.[1];
  if (review !== undefined) return `https://openreview.net/forum?id=${review}`;
  const pubmed = /^(?:s2:)?(?:pmid|pubmed)\s*:?\s*(\d{1,9})$/i.exec(text)?.[1];
  if (pubmed !== undefined) return `https://pubmed.ncbi.nlm.nih.gov/${pubmed}/`;
  const central = /^(?:(?:s2:)?pmcid\s*:?\s*(?:pmc)?|pmc)(\d{5,9})$/i.exec(text)?.[1];
  if (central !== undefined) return `https://pmc.ncbi.nlm.nih.gov/articles/PMC${central}/`;
  const corpus = /^(?:s2:)?corpus ?id:\s*(\d{1,15})$/i.exec(text)?.[1];
  if (corpus !== undefined) return `https://api.semanticscholar.org/CorpusID:${corpus}`;
  const hash = /^(?:s2:)?([0-9a-f]{40})$/i.exec(text)?.[1];
  return hash === undefined ? undefined : `https://www.semanticscholar.org/paper/${hash.toLowerCase()}`;
}

/** An id of the Anthology of the ACL as it is written there: those of before 2020 in capitals. */
export const writtenAclId = (id: string): string => (/^[a-z]\d\d-/.test(id) ? id.toUpperCase() : id);

/** Semantic Scholar's own ids are hashes of 40 digits and numbers. */
export const writtenS2Id = (id: string): string => (/^\d{1,39}$/.test(id) ? `CorpusId:${id}` : id);
