/** An ISSN that is no part of a longer number: `1570-8268`, `15708268`. */
const ISSN = /(?<![\d-])\d{4}-?\d{3}[\dX](?![\d-])/gi;
/** An ISBN of ten or thirteen digits, with or without hyphens or spaces. */
const ISBN = /(?<![\d-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dX](?![\d-])/i;

/** Numbers of a series and of a book, which many forms keep under one name, some with words: `1234-567X (Electronic)`. */
export function readSerials(texts: readonly string[]): {
  readonly issn: string | undefined;
  readonly isbn: string | undefined;
} {
  const issns = texts.flatMap((text) => text.match(ISSN) ?? []);
  const rest = texts.map((text) => text.replace(ISSN, ";"));
  const isbns = rest.flatMap((text) => ISBN.exec(text)?.[0].trim() ?? []);
  return { issn: issns[0], isbn: isbns[0] };
}
