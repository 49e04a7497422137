/** How a service writes the id of a paper into its addresses. */
interface Service {
  readonly hosts: RegExp;
  /** The id, with its service in front, out of the decoded path and the query; undefined for other pages. */
  readonly key: (path: string, query: URLSearchParams) => string | undefined;
}

/** The first group of a pattern behind a name, in lower case: `acl:p19-1001`. */
const found =
  (name: string, ...patterns: readonly RegExp[]) =>
  (path: string): string | undefined => {
    const id = patterns.flatMap((pattern) => pattern.exec(path)?.slice(1).filter(Boolean).join("/") ?? [])[0];
    return id === undefined ? undefined : `${name}:${id.toLowerCase()}`;
  };

const pubmed = found("pmid", /^\/(?:pubmed\/)?(\d{1,9})(?:\/|$)/i);
const central = found("pmc", /\/articles\/(?:PMC)?(\d{1,9})(?:\/|$)/i);

const SERVICES: readonly Service[] = [
  {
    hosts: /(?:^|\.)(?:aclanthology\.org|aclweb\.org|aclanthology\.info)$/,
    key: found(
      "acl",
      /\/([a-z]\d\d-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)(?:v\d+)?(?:\.pdf|\.bib|\.xml|\.endf|\/|$)/i,
    ),
  },
  {
    hosts: /^openreview\.net$/,
    key(path, query) {
      const id = query.get("id");
      const isPaper = /^\/(?:references\/)?(?:forum|pdf|attachment|revisions)\b/.test(path);
      return isPaper && id !== null ? `openreview:${id}` : undefined;
    },
  },
  {
    hosts: /^(?:(?:api|explore)\.)?openalex\.org$/,
    key: (path) => found("openalex", /\/(w\d{1,15})\/?$/i)(path)?.replace(/w\d+$/, (id) => id.toUpperCase()),
  },
  {
    hosts: /(?:^|\.)semanticscholar\.org$/,
    key(path) {
      const [, head, rest] = /^\/([0-9a-f]{4})\/([0-9a-f]{36})\.pdf$/i.exec(path) ?? [];
      if (head !== undefined && rest !== undefined) return `s2:${(head + rest).toLowerCase()}`;
      return found("s2", /corpusid[:/](\d+)/i, /\/([0-9a-f]{40})(?:\/|$)/i)(path);
    },
  },
  { hosts: /^pubmed\.ncbi\.nlm\.nih\.gov$/, key: pubmed },
  { hosts: /^pmc\.ncbi\.nlm\.nih\.gov$/, key: central },
  { hosts: /^(?:m\.)?ncbi\.nlm\.nih\.gov$/, key: (path) => central(path) ?? pubmed(path) },
  {
    hosts: /^europepmc\.org$/,
    key: (path) =>
      found("pmid", /\/(?:article|abstract)\/med\/(\d{1,9})/i)(path) ??
      found("pmc", /\/(?:article|articles|abstract)\/(?:pmc\/)?PMC(\d{1,9})/i)(path),
  },
  {
    hosts: /^ieeexplore\.ieee\.org$/,
    key: (path, query) =>
      found("ieee", /\/document\/(\d+)/, /\/iel\d+\/\d+\/\d+\/0*(\d+)\.pdf/)(path) ??
      found("ieee", /^(\d+)$/)(query.get("arnumber") ?? ""),
  },
  { hosts: /(?:^|\.)sciencedirect\.com$/, key: found("pii", /\/pii\/([A-Z0-9]{10,20})/i) },
  { hosts: /^proceedings\.mlr\.press$/, key: found("pmlr", /^\/(v\d+)\/([a-z0-9-]+?)(?:\.html|\/|$)/i) },
  {
    hosts: /(?:^|\.)jmlr\.org$/,
    key: found("jmlr", /^\/papers\/(?:v|volume)(\d+)\/([a-z0-9-]+?)(?:\.html|\/|$)/i),
  },
  {
    hosts: /^(?:papers|proceedings)\.(?:nips|neurips)\.cc$/,
    key: found(
      "neurips",
      /\/(?:hash|file)\/([0-9a-f]{32})-/i,
      /^\/paper\/(\d+-[a-z0-9-]+?)(?:\.pdf|\.html|\/|$)/i,
    ),
  },
  {
    hosts: /^openaccess\.thecvf\.com$/,
    key: found("cvf", /\/([A-Za-z0-9_'.+-]+_paper)\.(?:html|pdf)$/),
  },
];

/** The hosts of services, for whoever looks for addresses that lack `https://`. */
export const SERVICE_HOSTS =
  /(?:[a-z0-9-]+\.)*(?:aclanthology\.org|aclweb\.org|openreview\.net|openalex\.org|semanticscholar\.org|ncbi\.nlm\.nih\.gov|europepmc\.org|ieeexplore\.ieee\.org|sciencedirect\.com|mlr\.press|jmlr\.org|nips\.cc|neurips\.cc|thecvf\.com|zenodo\.org|biorxiv\.org|medrxiv\.org|nature\.com|acm\.org|springer\.com|wiley\.com|pnas\.org)/i;

/** What stands in every address that may have a key of a service: a quick look before it is read. */
export const MAY_BE_OF_SERVICE =
  /acl|openreview|openalex|semanticscholar|ncbi|europepmc|ieee|sciencedirect|mlr|nips|neurips|thecvf/i;

/** The keys that services' addresses give: each is of one paper. */
export const SERVICE_KEY = /^(?:acl|openreview|openalex|s2|pmid|pmc|ieee|pii|pmlr|jmlr|neurips|cvf):/;

/**
 * What says that an address of a service means the same paper as another one, with its service in front: `acl:p19-1001`,
 * `openreview:HJx…`, `pmid:31978945`. Undefined for all other addresses.
 */
export function serviceKey(url: URL): string | undefined {
  const host = url.hostname.toLowerCase().replace(/^www\./, "");
  const service = SERVICES.find(({ hosts }) => hosts.test(host));
  if (service === undefined) return undefined;
  let path = url.pathname;
  try {
    path = decodeURIComponent(path);
  } catch {
    // It is read as it stands.
  }
  return service.key(path, url.searchParams);
}
