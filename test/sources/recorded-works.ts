/**
 * Records of services that are asked for single papers. The works of Crossref have the shape of its REST API in 2026: the
 * retracted one as it is answered for 10.1016/S0140-6736(97)11096-0, without its references; the others are written after
 * what Crossref documents.
 */

const dateParts = (...parts: number[]) => ({ "date-parts": [parts] });

/** An article of a journal, with abstract, licences and a preprint. */
export const crossrefArticle = {
  indexed: { ...dateParts(2026, 3, 1), "date-time": "2026-03-01T08:00:00Z", timestamp: 1772352000000 },
  publisher: "Example University Press",
  "publisher-location": "Oxford",
  issue: "2",
  license: [
    { start: dateParts(2024, 3, 1), "content-version": "tdm", "delay-in-days": 0, URL: "https://e.org/tdm" },
    {
      start: dateParts(2024, 3, 1),
      "content-version": "vor",
      "delay-in-days": 0,
      URL: "https://creativecommons.org/licenses/by/4.0/",
    },
  ],
  "content-domain": { domain: ["e.org"], "crossmark-restriction": false },
  "short-container-title": ["J. Ex."],
  "published-print": dateParts(2024, 6),
  "published-online": dateParts(2024, 3, 7),
  DOI: "10.1234/JEX.2024.17",
  type: "journal-article",
  created: { ...dateParts(2024, 3, 7), "date-time": "2024-03-07T10:00:00Z", timestamp: 1709805600000 },
  page: "319-322",
  source: "Crossref",
  title: ["Learning <i>Escherichia coli</i> grammars"],
  subtitle: ["An example with <mml:math><mml:mi>n</mml:mi></mml:math> parts"],
  prefix: "10.1234",
  volume: "12",
  author: [
    { given: "Ada", family: "van der Berg", sequence: "first", affiliation: [{ name: "Somewhere" }] },
    { given: "John", family: "Doe", suffix: "Jr.", sequence: "additional", affiliation: [] },
    { name: "The Example Collaboration", sequence: "additional", affiliation: [] },
  ],
  abstract:
    "<jats:title>Abstract</jats:title><jats:sec><jats:title>Background</jats:title><jats:p>We learn <jats:italic>n</jats:italic>-grams &amp;amp; more in <jats:inline-formula><jats:alternatives><jats:tex-math>$$O(n^2)$$</jats:tex-math><mml:math><mml:mi>O</mml:mi></mml:math></jats:alternatives></jats:inline-formula>.</jats:p></jats:sec><jats:sec><jats:title>Results</jats:title><jats:p>It works.</jats:p></jats:sec>",
  member: "297",
  "container-title": ["Journal of Examples"],
  language: "en",
  issued: dateParts(2024, 3, 7),
  ISSN: ["1234-5678", "8765-4321"],
  "issn-type": [{ type: "print", value: "1234-5678" }],
  relation: {
    "has-preprint": [{ "id-type": "doi", id: "10.48550/arXiv.2401.00017", "asserted-by": "subject" }],
  },
  URL: "https://doi.org/10.1234/jex.2024.17",
  "is-referenced-by-count": 3,
};

/** A paper of a conference, in the proceedings of which only the year is known. */
export const crossrefProceedings = {
  publisher: "ACM",
  DOI: "10.1145/3442188.3445922",
  type: "proceedings-article",
  title: ["On the Dangers of Stochastic Parrots"],
  subtitle: ["Can Language Models Be Too Big? 🦜"],
  author: [{ given: "Emily M.", family: "Bender", sequence: "first", affiliation: [] }],
  editor: [{ given: "Ed", family: "Itor", sequence: "first", affiliation: [] }],
  event: { name: "FAccT '21: 2021 ACM Conference", location: "Virtual Event Canada", acronym: "FAccT '21" },
  "container-title": ["Proceedings of the 2021 ACM Conference on Fairness, Accountability, and Transparency"],
  issued: dateParts(2021),
  "published-print": dateParts(2021, 3, 3),
  ISBN: ["http://id.crossref.org/isbn/9781450383097"],
  page: "610-623",
};

/** A chapter, which names its series before its book, and an article's number in place of pages. */
export const crossrefChapter = {
  publisher: "Springer",
  DOI: "10.1007/978-3-319-24574-4_28",
  type: "book-chapter",
  title: ["U-Net"],
  "container-title": ["Lecture Notes in Computer Science", "MICCAI 2015"],
  issued: { "date-parts": [[null]] },
  "published-print": dateParts(2015),
  "article-number": "e17",
};

/** Retracted by its journal, as Retraction Watch told Crossref. */
export const crossrefRetracted = {
  publisher: "Elsevier BV",
  issue: "9103",
  DOI: "10.1016/s0140-6736(97)11096-0",
  type: "journal-article",
  title: ["Ileal-lymphoid-nodular hyperplasia"],
  author: [{ given: "AJ", family: "Wakefield", sequence: "first", affiliation: [] }],
  "container-title": ["The Lancet"],
  issued: dateParts(1998, 2),
  "updated-by": [
    {
      updated: { ...dateParts(2004, 3, 6), "date-time": "2004-03-06T00:00:00Z", timestamp: 1078531200000 },
      DOI: "10.1016/s0140-6736(04)15715-2",
      type: "correction",
      source: "retraction-watch",
      label: "Correction",
      "record-id": "5721",
    },
    {
      updated: { ...dateParts(2010, 2, 6), "date-time": "2010-02-06T00:00:00Z", timestamp: 1265414400000 },
      DOI: "10.1016/s0140-6736(10)60175-4",
      type: "retraction",
      source: "retraction-watch",
      label: "Retraction",
      "record-id": "5720",
    },
  ],
};

/** The notice about it, which is a work too. */
export const crossrefNotice = {
  DOI: "10.1016/s0140-6736(10)60175-4",
  type: "journal-article",
  title: ["Retraction—Ileal-lymphoid-nodular hyperplasia"],
  issued: dateParts(2010, 2),
  "update-to": [{ DOI: "10.1016/s0140-6736(97)11096-0", type: "retraction", label: "Retraction" }],
};

/** No paper. */
export const crossrefIssue = { DOI: "10.1234/issue", type: "journal-issue", title: ["Issue 2"] };

/** All works that the fake has. */
export const crossrefWorks = [
  crossrefArticle,
  crossrefProceedings,
  crossrefChapter,
  crossrefRetracted,
  crossrefNotice,
  crossrefIssue,
];

/** A work of OpenAlex: that of W2741809807, with its first authors and the beginning of its abstract. */
export const openAlexWork = {
  id: "https://openalex.org/W2741809807",
  doi: "https://doi.org/10.7717/peerj.4375",
  title: "The state of OA: a large-scale analysis of the prevalence and impact of Open Access articles",
  publication_year: 2018,
  publication_date: "2018-02-13",
  language: "en",
  type: "article",
  primary_location: {
    is_oa: true,
    landing_page_url: "https://doi.org/10.7717/peerj.4375",
    pdf_url: "https://peerj.com/articles/4375.pdf",
    source: {
      id: "https://openalex.org/S1983995261",
      display_name: "PeerJ",
      issn_l: "2167-8359",
      issn: ["2167-8359"],
      is_oa: true,
      host_organization: "https://openalex.org/P4310320104",
      host_organization_name: "PeerJ, Inc.",
      type: "journal",
    },
    license: "cc-by",
    version: "publishedVersion",
    is_accepted: true,
    is_published: true,
  },
  locations: [
    { landing_page_url: "https://doi.org/10.7717/peerj.4375", pdf_url: null, source: null, license: null },
    { landing_page_url: "https://europepmc.org/articles/pmc5815332", source: { type: "repository" } },
  ],
  authorships: [
    {
      author_position: "first",
      author: { id: "https://openalex.org/A1969205032", display_name: "Heather A. Piwowar", orcid: null },
      institutions: [{ id: "https://openalex.org/I4200000001", display_name: "Our Research" }],
      raw_author_name: "Heather Piwowar",
    },
    {
      author_position: "middle",
      author: { id: "https://openalex.org/A291762745", display_name: "Vincent Larivi\u00e8re" },
      institutions: [],
    },
  ],
  is_authors_truncated: false,
  biblio: { volume: "6", issue: null, first_page: "e4375", last_page: "e4375" },
  is_retracted: false,
  abstract_inverted_index: {
    Despite: [0],
    growing: [1],
    interest: [2],
    in: [3, 9],
    Open: [4],
    "Access,": [5],
    there: [6],
    is: [7],
    need: [8],
    it: [10],
  },
};

/** A preprint on arXiv of which only the year is known, and which was retracted. */
export const openAlexPreprint = {
  id: "https://openalex.org/W4385245566",
  doi: "https://doi.org/10.48550/arxiv.1706.03762",
  title: "Attention Is All You Need",
  publication_year: 2017,
  publication_date: "2017-01-01",
  type: "preprint",
  primary_location: {
    landing_page_url: "http://arxiv.org/abs/1706.03762",
    pdf_url: "https://arxiv.org/pdf/1706.03762",
    source: {
      display_name: "arXiv (Cornell University)",
      type: "repository",
      host_organization_name: "Cornell",
    },
    license: "other-oa",
  },
  locations: [],
  authorships: [{ author: { display_name: "Ashish Vaswani" } }],
  is_authors_truncated: true,
  biblio: { volume: null, issue: null, first_page: "1", last_page: "11" },
  is_retracted: true,
  abstract_inverted_index: null,
};

/** All works that the fake OpenAlex has. */
export const openAlexWorks = [openAlexWork, openAlexPreprint];

/** A paper of Semantic Scholar's Academic Graph, as its documentation has it: that of its own literature graph. */
export const s2Paper = {
  paperId: "649def34f8be52c8b66281af98ae884c09aef38b",
  externalIds: {
    MAG: "2963403405",
    ACL: "N18-3011",
    DBLP: "conf/naacl/AmmarGBBCDDEFHK18",
    DOI: "10.18653/V1/N18-3011",
    ArXiv: "1805.02262",
    CorpusId: 19170988,
  },
  url: "https://www.semanticscholar.org/paper/649def34f8be52c8b66281af98ae884c09aef38b",
  title: "Construction of the Literature Graph in Semantic Scholar",
  abstract: "We describe a deployed scalable system for organizing published scientific literature.",
  venue: "North American Chapter of the Association for Computational Linguistics",
  publicationVenue: {
    id: "01103732-3808-4930-b8e4-7e9e68d5c68d",
    name: "North American Chapter of the Association for Computational Linguistics",
    type: "conference",
    alternate_names: ["NAACL"],
    url: "https://www.aclweb.org/portal/naacl",
  },
  year: 2018,
  publicationDate: "2018-05-06",
  publicationTypes: ["JournalArticle", "Conference"],
  journal: { pages: "\n          84-91\n        ", volume: "3" },
  authors: [
    { authorId: "145585097", name: "Bridger Waleed Ammar" },
    { authorId: null, name: "Dirk Groeneveld" },
  ],
};

/** A preprint, which has its number on arXiv in the place of a volume. */
export const s2Preprint = {
  paperId: "f712fab0d58ae6492e3cdfc1933dae103ec12d5d",
  externalIds: { ArXiv: "2106.15928", DOI: "10.48550/arXiv.2106.15928", CorpusId: 235683434 },
  url: "https://www.semanticscholar.org/paper/f712fab0d58ae6492e3cdfc1933dae103ec12d5d",
  title: "Reinfection and low cross-immunity as drivers of epidemic resurgence",
  abstract: null,
  venue: "arXiv.org",
  publicationVenue: { name: "arXiv.org", type: null },
  year: 2021,
  publicationDate: null,
  publicationTypes: ["JournalArticle"],
  journal: { name: "ArXiv", volume: "abs/2106.15928" },
  authors: [],
};

/** All papers that the fake Semantic Scholar has. */
export const s2Papers = [s2Paper, s2Preprint];
