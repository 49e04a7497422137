/** Records of DataCite in the shape of its REST API (support.datacite.org/reference/get_dois-id), written after its schema 4.5. */

/** Software at Zenodo, with an abstract in HTML. */
export const dataCiteSoftware = {
  id: "10.5281/zenodo.3509134",
  type: "dois",
  attributes: {
    doi: "10.5281/zenodo.3509134",
    identifiers: [],
    creators: [
      {
        name: "van der Berg, Ada",
        nameType: "Personal",
        givenName: "Ada",
        familyName: "van der Berg",
        affiliation: ["Somewhere"],
        nameIdentifiers: [],
      },
      {
        name: "The pandas development team",
        nameType: "Organizational",
        affiliation: [],
        nameIdentifiers: [],
      },
      { name: "Doe, John", affiliation: [], nameIdentifiers: [] },
    ],
    titles: [
      { title: "Pandas by another name", titleType: "AlternativeTitle" },
      { title: "pandas-dev/pandas: Pandas" },
    ],
    publisher: "Zenodo",
    container: {},
    publicationYear: 2024,
    subjects: [
      { subject: "data analysis" },
      {
        subject: "FOS: Computer and information sciences",
        subjectScheme: "Fields of Science and Technology (FOS)",
      },
    ],
    contributors: [],
    dates: [
      { date: "2024-01-20", dateType: "Issued" },
      { date: "2024-01-21T10:00:00Z", dateType: "Updated" },
    ],
    language: "en",
    types: {
      ris: "COMP",
      bibtex: "misc",
      citeproc: "article",
      schemaOrg: "SoftwareSourceCode",
      resourceTypeGeneral: "Software",
    },
    relatedIdentifiers: [],
    version: "v2.2.0",
    rightsList: [
      {
        rights: "BSD 3-Clause",
        rightsUri: "https://opensource.org/licenses/BSD-3-Clause",
        rightsIdentifier: "bsd-3-clause",
      },
    ],
    descriptions: [{ description: "<p>Tables &amp; <em>series</em>.</p>", descriptionType: "Abstract" }],
    url: "https://zenodo.org/doi/10.5281/zenodo.3509134",
    state: "findable",
  },
};

/** A preprint, as arXiv registers it. */
export const dataCitePreprint = {
  id: "10.48550/arxiv.1706.03762",
  type: "dois",
  attributes: {
    doi: "10.48550/arxiv.1706.03762",
    creators: [{ name: "Vaswani, Ashish", nameType: "Personal", givenName: "Ashish", familyName: "Vaswani" }],
    titles: [{ title: "Attention Is All You Need" }],
    publisher: { name: "arXiv" },
    publicationYear: 2017,
    subjects: [{ subject: "Computation and Language (cs.CL)" }],
    dates: [
      { date: "2017-06-12T17:57:34Z", dateType: "Submitted", dateInformation: "v1" },
      { date: "2017-06", dateType: "Available" },
    ],
    types: { resourceTypeGeneral: "Preprint", citeproc: "article" },
    version: "7",
    rightsList: [],
    descriptions: [],
    url: "https://arxiv.org/abs/1706.03762",
  },
};

/** A chapter of which little is known. */
const dataCiteChapter = {
  id: "10.18420/informatik2020_01",
  type: "dois",
  attributes: {
    doi: "10.18420/INFORMATIK2020_01",
    creators: [],
    titles: [{ title: "Wombats im Kontext" }],
    publisher: "Gesellschaft für Informatik",
    publicationYear: 2021,
    container: { type: "Series", title: "INFORMATIK 2020", firstPage: "1", lastPage: "9", volume: "P-307" },
    types: { resourceTypeGeneral: "ConferencePaper" },
  },
};

export const dataCiteDois: readonly object[] = [dataCiteSoftware, dataCitePreprint, dataCiteChapter];
