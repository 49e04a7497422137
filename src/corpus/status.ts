import type { PaperStatus, StatusKind } from "./paper.ts";

/** What a paper is called in a notice about itself. "This work" or "the drug" may be anything. */
const THE_PAPER = String.raw`this (?:arxiv )?(?:paper|submission|article|manuscript|preprint|e-print|eprint|version)`;

/** A sentence that says of the paper itself that it no longer stands. */
const NOTICE = new RegExp(
  String.raw`^\W*${THE_PAPER}(?: \([^)]*\))? (?:has been|is|was|has now been|is now|is being)(?: temporarily| hereby)? (withdrawn|removed|retracted|superseded)\b`,
  "i",
);

/** The same by the authors: "The authors have withdrawn this paper". */
const BY_AUTHORS = new RegExp(
  String.raw`^\W*the authors? ha(?:s|ve) (withdrawn|retracted) ${THE_PAPER}\b`,
  "i",
);

/** How a comment says it in short. A paper that was withdrawn from a conference is none. */
const IN_SHORT =
  /^\W*(?:(?:paper|submission|article)(?: is| has been)? )?(withdrawn|retracted|superseded by)(?=\s*[.!;:,]|\s*$| by\b| due\b| because\b| as\b| since\b| pending\b| (?:the )?(?:paper|article)\b| arxiv)/i;

/** The mark that journals put before a title. */
const TITLE_MARK =
  /^\s*(?:\[(withdrawn|retracted)(?: article| paper)?\]|(withdrawn|retracted|retraction)(?: article| paper| notice)?\s*:)/i;

/** An abstract that begins with a notice and is longer than this has more to say than that. */
const NOTICE_LENGTH = 600;

function kindOf(word: string): StatusKind {
  const lower = word.toLowerCase();
  if (lower.startsWith("retract")) return "retracted";
  return lower.startsWith("supersede") ? "superseded" : "withdrawn";
}

const found = (pattern: RegExp, words: string): PaperStatus | undefined => {
  const match = pattern.exec(words);
  const word = match?.slice(1).find((group) => group !== undefined);
  return word === undefined ? undefined : { kind: kindOf(word), words: words.trim() };
};

/** What a comment of the authors or of arXiv says of the paper's standing; undefined for any other comment. */
export function statusInComment(comment: string): PaperStatus | undefined {
  const sentences = comment.split(/(?<=[.;!])\s+/);
  for (const sentence of sentences) {
    const status = found(NOTICE, sentence) ?? found(BY_AUTHORS, sentence) ?? found(IN_SHORT, sentence);
    if (status !== undefined) return status;
  }
  return undefined;
}

/** A notice that stands where the abstract would; undefined for an abstract, even one about withdrawals. */
export function statusInAbstract(abstract: string): PaperStatus | undefined {
  const start = abstract.slice(0, NOTICE_LENGTH);
  return found(NOTICE, start) ?? found(BY_AUTHORS, start);
}

/** Whether an abstract is a notice and nothing else. */
export function isNotice(abstract: string): boolean {
  return abstract.length <= NOTICE_LENGTH && statusInAbstract(abstract) !== undefined;
}

/** The mark before a title: `RETRACTED: …`, `[Withdrawn] …`. */
export function statusInTitle(title: string): PaperStatus | undefined {
  return found(TITLE_MARK, title);
}
