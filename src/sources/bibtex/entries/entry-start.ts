/** Types of entries that BibTeX, biblatex and its users' styles have; others must look like an entry besides. */
const TYPES = [
  "article|artwork|audio|bibnote|book|bookinbook|booklet|collection|comment|commentary|computer_program|conference",
  "data|dataset|electronic|eprint|image|inbook|incollection|inproceedings|inreference|jurisdiction|legislation|letter",
  "manual|mastersthesis|misc|movie|music|mvbook|mvcollection|mvproceedings|mvreference|online|patent|performance",
  "periodical|phdthesis|preamble|preprint|proceedings|reference|report|review|set|software|standard|string|suppbook",
  "suppcollection|suppperiodical|techreport|thesis|unpublished|video|webpage|www|xdata",
].join("|");

/** `@article{`, `@ Article (`, or of any other name `@name{key,`: a line of a program, `@dataclass(frozen=True)`, is none. */
const START = new RegExp(
  String.raw`^@[ \t]{0,8}(?:(?:${TYPES})\s{0,8}[{(]|[a-z][\w-]{0,29}\s{0,8}\{\s{0,8}[^\s{},="]{0,120}\s{0,8},)`,
  "i",
);

/** Whether an entry begins with this text, of which 256 characters are enough. */
export const isEntryStart = (text: string): boolean => START.test(text);
