/** The forms of an entry, in the order in which they are offered. */
export const FORMATS = ["bibtex", "biblatex", "ris", "csl-json", "markdown", "text"] as const;
export type Format = (typeof FORMATS)[number];

/** How a file of a format ends in its name. */
export const FILE_ENDINGS: Readonly<Record<Format, string>> = {
  bibtex: "bib",
  biblatex: "bib",
  ris: "ris",
  "csl-json": "json",
  markdown: "md",
  text: "txt",
};

/** What formats are called. */
export const FORMAT_NAMES: Readonly<Record<Format, string>> = {
  bibtex: "BibTeX",
  biblatex: "biblatex",
  ris: "RIS",
  "csl-json": "CSL-JSON",
  markdown: "Markdown",
  text: "Text",
};
