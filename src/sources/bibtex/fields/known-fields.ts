const words = (text: string): readonly string[] => text.split(/\s+/);

/** Fields that are read. */
const READ = words(
  `abstract addendum address annotation annote archiveprefix art_number article-number articleno arxiv arxiv-id arxivid author
  author-keywords author_keywords bdsk-url-1 bdsk-url-2 booksubtitle booktitle code codeurl comment conference copyright crossref
  date day doi edition editor ee eid eissn entrysubtype eprint eprintclass eprinttype eventtitle github homepage howpublished
  hyphenation institution isbn issn issue journal journalsubtitle journaltitle keyword keywords langid language licence license
  link location maintitle month note number organization pages pdf primaryclass project publisher pubstate repo repository rights
  school series subtitle title type url urls version volume website webpage xdata year`,
);

/** Fields of BibTeX, biblatex and the programs that write them which say nothing that is kept of a paper. */
const PASSED = words(
  `added-at advisor affiliation affiliations afterword author+an bibsource biburl booktitleaddon chapter chapterurl citation-key
  coden collaboration creationdate correspondence_address1 date-added date-modified dblp document_type editora editoratype
  editortype eventdate eventtitleaddon file foreword funding groups howcited ids interhash intrahash isrn issue_date issuetitle
  jabref-fileid journal-iso journaltitleaddon key label lastchecked lccn local-url mendeley-groups mendeley-tags modificationdate
  mrclass mrnumber mrreviewer numpages month_numeric opt options origdate origlanguage orcid-numbers owner pagetotal pagination
  part pii pmcid pmid presort priority qualityassured printed ranking readstatus relatedtype related related researcherid-numbers
  sentences shorthand shortjournal shorttitle shortauthor slides sortkey sortname sorttitle sortyear source supp timestamp
  times-cited titleaddon translator unique-id urldate urlyear username video volumes volumetitle web-of-science-categories
  web-of-science-index date-modified-by place abbrev_source_title author_affiliations bdsk-file-1 bdsk-file-2 bdsk-file-3 venue
  adsnote adsurl zblnumber zbl eprintdate mainsubtitle maintitleaddon bookauthor day_numeric nationality holder indextitle
  introduction commentator annotator origlocation origpublisher origtitle reprinttitle pubmedid pmc keywords-plus
  research-areas cited-references number-of-cited-references usage-count-last-180-days usage-count-since-2013 doc-delivery-number
  author-email da oa web-of-science-oa journal-abbreviation`,
);

const KNOWN: ReadonlySet<string> = new Set([...READ, ...PASSED]);

/** Whether somebody knows a field, by its name. One that is switched off, `OPTnote`, is passed over as those are. */
export const isKnownField = (name: string): boolean =>
  KNOWN.has(name) || /^(?:opt|alt|bdsk-|__|x-)/.test(name);
