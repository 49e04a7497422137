/** What `@string` defines, and the months. */
export interface Abbreviations {
  /** What an abbreviation stands for; undefined for one that is not defined. */
  readonly find: (name: string) => string | undefined;
  readonly define: (name: string, value: string) => void;
  /** Whether it was not asked before about this one. */
  readonly isNews: (name: string) => boolean;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Characters that all abbreviations of a file may have together, and one of them: more is no abbreviation. */
const MAX_ALL = 4 * 1024 * 1024;
const MAX_ONE = 10_000;
/** So many that are not defined are told. */
const MAX_UNKNOWN = 1000;

/** The abbreviations of a file. What is defined again has its new meaning from there on, as in BibTeX. */
export function createAbbreviations(): Abbreviations {
  const known = new Map(MONTHS.map((month) => [month, month]));
  const unknown = new Set<string>();
  let size = 0;
  return {
    find: (name) => known.get(name.toLowerCase()),
    define(name, value) {
      size += name.length + value.length;
      if (value.length <= MAX_ONE && size <= MAX_ALL) known.set(name, value);
    },
    isNews(name) {
      if (unknown.size >= MAX_UNKNOWN || unknown.has(name)) return false;
      unknown.add(name);
      return true;
    },
  };
}
